"""The values of a stock for an edition, one set a year and a level."""

from dataclasses import dataclass, replace

from maillage.catalog.cards import StockCard
from maillage.engine.dataset import SourceFile, StockValues
from maillage.sources.layouts import Context
from maillage.sources.layouts.stocks.placing import (
    COMMUNE,
    Placed,
    mesh_of,
    place_on_communes,
    place_on_mesh,
)
from maillage.sources.layouts.stocks.sums import StockSums
from maillage.sources.mirror import MatchedFile


@dataclass(frozen=True)
class Level:
    """The mesh a table is published at; ``year`` when it is not that of the values."""

    name: str = COMMUNE
    year: int | None = None


@dataclass(frozen=True, eq=False)
class ReadStock:
    """One stock of one year, and the sums it was made of."""

    values: StockValues
    sums: StockSums
    placed: Placed


def read_stock(
    card: StockCard, sums: StockSums, level: Level, file: MatchedFile, context: Context, rows: int
) -> list[ReadStock]:
    """One item a year of the sums; ``rows`` are those of the file."""
    return [
        _of_year(card, sums.of_year(year), year, level, file, context, rows) for year in sums.years
    ]


def _of_year(
    card: StockCard,
    sums: StockSums,
    year: int,
    level: Level,
    file: MatchedFile,
    context: Context,
    rows: int,
) -> ReadStock:
    geography = context.bundle.geography
    dated = replace(file, year=file.year or year)
    notes: tuple[str, ...] = ()
    if level.name == COMMUNE:
        placed = place_on_communes(sums, context.bundle, dated.cog, additive=card.additive)
        level_year = geography.cog
    else:
        mesh, is_asked = mesh_of(geography, level.name, level.year or year, file.name)
        placed = place_on_mesh(sums, mesh)
        level_year = mesh.year
        if level.year and not is_asked:
            notes = (f"Valeur publiée pour la composition de {level.year}.",)
    values = StockValues(
        stock=card.id,
        year=card.year or year,
        level=level.name,
        level_year=level_year,
        values=placed.values,
        suppressed=placed.suppressed,
        source=SourceFile(file.card.id, file.name, file.sha256, rows, dated.cog),
        fictional=geography.fictional,
        lower_bound=placed.lower_bound,
        notes=notes,
    )
    return ReadStock(values, sums, placed)
