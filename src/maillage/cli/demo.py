"""``maillage demo``: contracts, people and operations invented for the fictional country."""

import os
from importlib import import_module
from pathlib import Path

import click

from maillage.cli import options
from maillage.cli.editions import open_current
from maillage.cli.group import ExitCode, Refusal
from maillage.common.errors import InputError
from maillage.common.french import counted


@click.command(options_metavar="[OPTIONS]", short_help="Invente les contrats du pays fictif.")
@options.editions
def demo(editions: Path) -> None:
    """Invente, pour le pays fictif, des contrats à chaque étape de leur vie, leurs opérations,
    leurs financements et les comptes pour les essayer.

    Refait une seconde fois, ne change rien. La base est celle de MAILLAGE_DATABASE, sinon le
    fichier du dossier MAILLAGE_VAR.
    """
    edition = open_current(editions)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    # Named, as Django and Granian name it: a face does not import what configures it.
    made_by = import_module("maillage.config.demo")
    try:
        made = made_by.demonstration(edition)
    except InputError as error:
        raise Refusal(str(error), ExitCode.REFUSED) from error
    said = f"{counted(made.contracts, 'contrat')} et {counted(made.operations, 'opération')}"
    click.echo(f"Pays fictif : {said}{', inventés' if made.new else ', déjà là'}.")
