"""``maillage editions``: what each edition of a folder holds, and which one is being served."""

from collections import defaultdict
from pathlib import Path

import click

from maillage.cli import options
from maillage.cli.tables import Sheet, show
from maillage.common.errors import InputError, NotFoundError
from maillage.common.files import byte_size
from maillage.engine.edition import Edition, current_edition
from maillage.engine.editions import EditionSummary, list_editions


@click.command(options_metavar="[OPTIONS]", short_help="Liste les éditions construites.")
@options.editions
@options.output
def editions(editions: Path, output: str) -> None:
    """Liste les éditions d’un dossier, la courante en tête, avec les flux et les années de chacune.

    Une édition est un dossier qui ne change plus : on peut la copier, l’archiver ou la supprimer.
    """
    found = list_editions(editions)
    if not found:
        open_current(editions)
    headings = ("Édition", "Courante", "COG", "EPCI", "Données", "Flux", "Taille")
    rows = [
        (
            edition.id[:12],
            "oui" if edition.current else "",
            str(edition.cog),
            str(edition.epci_year or ""),
            "fictives" if edition.fictional else "officielles",
            _flows(edition),
            byte_size(edition.size),
        )
        for edition in found
    ]
    sheet = Sheet(f"Éditions de {editions}", headings, rows)
    show([sheet], [_record(edition) for edition in found], output)


def open_current(editions: Path) -> Edition:
    """The edition being served. NotFoundError when there is none that can be read."""
    try:
        return current_edition(editions)
    except InputError as error:
        raise NotFoundError(str(error)) from error


def _flows(edition: EditionSummary) -> str:
    years: dict[str, list[int]] = defaultdict(list)
    for flow, year in edition.flows:
        years[flow].append(year)
    return ", ".join(f"{flow} {' '.join(map(str, sorted(all)))}" for flow, all in years.items())


def _record(edition: EditionSummary) -> dict[str, object]:
    return {
        "id": edition.id,
        "current": edition.current,
        "path": str(edition.path),
        "cog": edition.cog,
        "epci_year": edition.epci_year,
        "fictional": edition.fictional,
        "flows": [{"flow": flow, "year": year} for flow, year in edition.flows],
        "size": edition.size,
    }
