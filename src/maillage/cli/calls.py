"""``maillage appels``: the national calls for projects, brought in by whoever runs the site."""

import os
from importlib import import_module
from pathlib import Path

import click

from maillage.cli.group import ExitCode, Refusal
from maillage.common.errors import InputError
from maillage.common.french import counted


@click.command(
    "appels",
    options_metavar="[OPTIONS]",
    short_help="Importe les appels à projets nationaux.",
)
@click.argument(
    "file", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def calls(file: Path) -> None:
    """Lit un tableau d’appels à projets (.csv, .xlsx ou .ods), proposés à tous les contrats.

    Les colonnes sont celles du modèle, sur la page « Appels à projets » d’un contrat. Le même appel
    (nom et financeur) est mis à jour. Une ligne à corriger n’entre pas, et la commande le dit.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    # Named, as Django and Granian name it: a face does not import what configures it.
    import_module("maillage.config.serve").prepare()
    acts = import_module("maillage.operations.actions.project_calls")
    grids = import_module("maillage.operations.intake.grids")
    reading = import_module("maillage.operations.project_calls.reading")
    now = import_module("django.utils.timezone").localtime
    try:
        rows = reading.read_calls(grids.read_grids(file.read_bytes(), file.name))
        good = [row.values for row in rows if not row.problems]
        added, changed = acts.add_calls(contract=None, rows=good, by=None, at=now())
    except InputError as error:
        raise Refusal(str(error), ExitCode.REFUSED) from error
    click.echo(
        f"{counted(added, 'appel ajouté', 'appels ajoutés')}, {counted(changed, 'modifié')}."
    )
    wrong = [row for row in rows if row.problems]
    for row in wrong:
        click.echo(f"Ligne {row.row}, à corriger : {' ; '.join(row.problems)}.", err=True)
    if wrong:
        raise Refusal("certaines lignes ne sont pas entrées.", ExitCode.REFUSED)
