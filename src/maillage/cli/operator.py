"""``maillage operator``: the first account, of whoever runs the site."""

import os
from importlib import import_module

import click

from maillage.cli.group import ExitCode, Refusal
from maillage.common.errors import InputError


@click.command(options_metavar="[OPTIONS]", short_help="Ouvre le compte de l’exploitant du site.")
@click.option("--email", required=True, metavar="ADRESSE", help="Adresse électronique.")
@click.option("--name", required=True, metavar="NOM", help="Nom affiché.")
@click.password_option(
    prompt="Mot de passe",
    confirmation_prompt="Le même, une seconde fois",
    metavar="TEXTE",
    help="Demandé au clavier s’il n’est pas donné.",
)
def operator(email: str, name: str, password: str) -> None:
    """Ouvre le compte de l’exploitant, qui invite ensuite les premières personnes du site.

    La base est celle de MAILLAGE_DATABASE, sinon le fichier du dossier MAILLAGE_VAR.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    # Named, as Django and Granian name it: a face does not import what configures it.
    import_module("maillage.config.serve").prepare()
    # The models can be read once Django is set up, not before.
    accounts = import_module("maillage.accounts.actions.accounts")
    now = import_module("django.utils.timezone").localtime
    try:
        accounts.open_operator(email=email, name=name, password=password, at=now())
    except InputError as error:
        raise Refusal(str(error), ExitCode.REFUSED) from error
    click.echo(f"Le compte de {name} est ouvert : connectez-vous avec {email}.")
