"""``maillage serve``: the site, on this machine unless told otherwise."""

import socket
from importlib import import_module
from pathlib import Path

import click

from maillage.cli import options
from maillage.cli.editions import open_current
from maillage.cli.group import ExitCode, Refusal


@click.command(options_metavar="[OPTIONS]", short_help="Sert le site dans un navigateur.")
@options.editions
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADRESSE", help="Adresse d’écoute."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port d’écoute.",
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Nombre de processus.",
)
def serve(editions: Path, host: str, port: int, workers: int) -> None:
    """Sert le site de l’édition courante ; une édition construite entre-temps y paraît seule."""
    open_current(editions)
    _refuse_taken(host, port)
    click.echo(f"Maillage est ouvert sur http://{host}:{port} (Ctrl+C pour fermer).")
    # Named, as Django and Granian name it: a face does not import what configures it.
    import_module("maillage.config.serve").serve(editions, host, port, workers)


def _refuse_taken(host: str, port: int) -> None:
    """Says plainly what the server would say in a traceback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"le port {port} de {host} n’est pas libre ({error.strerror}). "
                "Remède : choisissez-en un autre avec --port."
            )
            raise Refusal(message, ExitCode.REFUSED) from error
