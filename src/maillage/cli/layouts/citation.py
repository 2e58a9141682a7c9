"""What figures need to be quoted: their unit, their universe, their source."""

from collections.abc import Iterator

from maillage.cli.tables import Cell, Measure
from maillage.common.french import euros
from maillage.engine.dataset import Coverage
from maillage.observatory.citation import SourceCited, UnitCited, UniverseCited


def amount(value: float | None, unit: UnitCited) -> Cell:
    """Euros by millions for eyes, in full for a spreadsheet; anything else as it is."""
    return Measure(value, euros(value)) if unit.id == "eur" else value


def universe_notes(universe: UniverseCited) -> Iterator[str]:
    """What the figures cover, and what of the territory or of its exchanges they leave out."""
    yield f"Champ : {universe.label}."
    coverage = universe.coverage
    crossing = {coverage.outgoing, coverage.incoming}
    if is_outside(universe):
        yield "Ce territoire n’en fait pas partie : le fichier n’en dit rien."
        return
    if coverage.internal is Coverage.PARTIAL:
        yield "Une partie du territoire est hors du champ : ce qui y reste est un minimum."
    if crossing == {Coverage.ABSENT}:
        yield "Le fichier s’arrête aux limites du champ : entrées et sorties n’y sont pas."
    elif universe.partial:
        yield "Chiffres partiels : les échanges au-delà du champ ne sont pas dans le fichier."


def is_outside(universe: UniverseCited) -> bool:
    """Whether the files tell nothing at all of the territory."""
    told = universe.coverage
    return {told.internal, told.outgoing, told.incoming} == {Coverage.ABSENT}


def source_notes(source: SourceCited) -> Iterator[str]:
    """Files to quote, fiction and estimates said."""
    for file in source.files:
        producer = f" ({file.producer})" if file.producer else ""
        yield f"Source : {file.title}{producer}, {file.file}."
    if source.estimated:
        yield "Estimation : cette famille n’est pas mesurée, elle est déduite d’autres sources."
    if source.fictional:
        yield "Données fictives : ce territoire n’existe pas."
