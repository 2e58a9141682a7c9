"""``maillage build``: a folder of official files into an edition, and the account of each file."""

from pathlib import Path

import click

from maillage.cli import options
from maillage.cli.progress import steps
from maillage.cli.tables import show


@click.command(options_metavar="[OPTIONS]", short_help="Construit une édition.")
@click.option(
    "--mirror",
    type=options.Folder(exists=True),
    default=Path("var/mirror"),
    show_default=True,
    envvar="MAILLAGE_MIRROR",
    help="Dossier des fichiers officiels (variable MAILLAGE_MIRROR).",
)
@options.editions
@options.cards
@click.option(
    "--cog",
    type=click.IntRange(2003, 2100),
    default=2025,
    show_default=True,
    metavar="ANNÉE",
    help="Géographie des communes de l’édition.",
)
@click.option(
    "--epci-year",
    type=click.IntRange(2003, 2100),
    default=2025,
    show_default=True,
    metavar="ANNÉE",
    help="Composition des EPCI.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    metavar="MOTEUR",
    help="Moteur de calcul : duckdb, ou spark pour une grappe de machines.",
)
@click.option("--strict", is_flag=True, help="Échoue dès qu’un fichier est refusé.")
@options.output
@options.quiet
def build(
    mirror: Path,
    editions: Path,
    cards: Path | None,
    cog: int,
    epci_year: int,
    engine: str,
    strict: bool,
    output: str,
    quiet: bool,
) -> None:
    """Lit chaque fichier reconnu du dossier et publie une édition, d’un coup ou pas du tout.

    Un fichier mauvais est refusé en entier, avec sa raison ; les autres font l’édition. Le compte
    rendu dit, fichier par fichier, ce qui est placé et ce qui ne l’est pas : le total se retrouve.
    """
    # Imported on use, so that the other commands start without it.
    from maillage.cli.layouts.account import account_record, account_sheet
    from maillage.sources.build import build as build_edition

    with steps(quiet=quiet) as progress:
        result = build_edition(
            mirror,
            editions,
            cards=cards,
            cog=cog,
            epci_year=epci_year,
            engine=engine,
            strict=strict,
            progress=progress,
        )
    show([account_sheet(result)], account_record(result), output)
