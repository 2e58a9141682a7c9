"""What figures need to be quoted: their unit, their universe, their source."""

from collections.abc import Iterator

from maillage.cli.tables import Cell, Measure
from maillage.common.french import euros
from maillage.observatory.citation import SourceCited, UnitCited, UniverseCited


def amount(value: float | None, unit: UnitCited) -> Cell:
    """Euros by millions for eyes, in full for a spreadsheet; anything else as it is."""
    return Measure(value, euros(value)) if unit.id == "eur" else value


def universe_notes(universe: UniverseCited) -> Iterator[str]:
    """What the figures cover, and that they are partial where they are."""
    yield f"Champ : {universe.label}."
    if universe.partial:
        yield "Chiffres partiels : les échanges au-delà du champ ne sont pas dans le fichier."


def source_notes(source: SourceCited) -> Iterator[str]:
    """Files to quote, fiction and estimates said."""
    for file in source.files:
        producer = f" ({file.producer})" if file.producer else ""
        yield f"Source : {file.title}{producer}, {file.file}."
    if source.estimated:
        yield "Estimation : cette famille n’est pas mesurée, elle est déduite d’autres sources."
    if source.fictional:
        yield "Données fictives : ce territoire n’existe pas."
