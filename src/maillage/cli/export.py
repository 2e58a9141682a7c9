"""``maillage export``: the figures of a whole mesh in one file."""

from pathlib import Path

import click

from maillage.cli import options
from maillage.cli.editions import open_current
from maillage.cli.progress import steps
from maillage.common.errors import InputError
from maillage.common.files import byte_size
from maillage.common.french import number
from maillage.documents.batch import BATCH_FORMATS, write_batch
from maillage.documents.formats import CSV, EXCEL_CSV, Format
from maillage.observatory.whole_mesh import Sought, expected


@click.command(
    options_metavar="[OPTIONS]",
    short_help="Écrit les chiffres de toute une maille dans un fichier.",
)
@click.option(
    "--mesh", "level", default="epci", show_default=True, metavar="MAILLE", help="Des territoires."
)
@click.option(
    "--flow", "flows", multiple=True, metavar="FLUX", help="Famille ; répétable. Toutes sinon."
)
@click.option(
    "--year",
    "years",
    multiple=True,
    type=int,
    metavar="ANNÉE",
    help="Répétable ; la plus récente de chaque famille sinon.",
)
@click.option(
    "--indicator",
    "indicators",
    multiple=True,
    metavar="CODE",
    help="Répétable ; à défaut stables, entrants, sortants, solde.",
)
@click.option("--excel", is_flag=True, help="CSV pour Excel : points-virgules, virgules décimales.")
@click.option("--force", is_flag=True, help="Remplace le fichier s’il existe.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FICHIER")
@options.editions
@options.quiet
def export(
    level: str,
    flows: tuple[str, ...],
    years: tuple[int, ...],
    indicators: tuple[str, ...],
    excel: bool,
    force: bool,
    file: Path,
    editions: Path,
    quiet: bool,
) -> None:
    """Écrit dans FICHIER une ligne par territoire, flux, année et indicateur.

    Le nom du fichier dit son format : .csv, .xlsx ou .parquet.
    """
    format = _format(file, excel)
    if file.exists() and not force:
        raise InputError(
            problem="ce fichier existe déjà.",
            remedy="donnez un autre nom, ou ajoutez --force pour le remplacer.",
            file=str(file),
        )
    edition = open_current(editions)
    known = tuple(card for card in edition.catalog.flows if edition.flow_years(card))
    sought = Sought(level, flows or known, years, indicators)
    with steps(quiet=quiet) as tell:
        tell(f"{number(expected(edition, sought))} chiffres à écrire")
        write_batch(edition, sought, format, file)
    click.echo(f"{file} : {byte_size(file.stat().st_size)}.")


def _format(file: Path, excel: bool) -> Format:
    found = BATCH_FORMATS.get(file.suffix.removeprefix("."))
    if found is None or (excel and found is not CSV):
        raise click.UsageError("Le nom du fichier finit par .csv, .xlsx ou .parquet.")
    return EXCEL_CSV if excel else found
