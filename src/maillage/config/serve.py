"""The site as one command: tables made, static files gathered, then Granian on WSGI."""

import os
from pathlib import Path

import django
from django.core.management import call_command
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

#: Requests one process answers at once; the arrays they read are shared.
THREADS = 4


def serve(editions: Path, host: str, port: int, workers: int = 1) -> None:
    """Serves the current edition of a folder until the process is told to stop.

    The listening address is added to the names the site answers to, unless ``MAILLAGE_HOSTS``
    says which those are.
    """
    os.environ["MAILLAGE_EDITIONS"] = str(editions.resolve())
    os.environ.setdefault("MAILLAGE_HOSTS", f"127.0.0.1 localhost [::1] {host}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    prepare()
    Server(
        "maillage.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
    ).serve()


def prepare() -> None:
    """Brings the tables up to date; copies static files, named by their content and compressed,
    where the site serves them from."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
