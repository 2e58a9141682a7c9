"""What the second page of a flow shows: years, categories, ties and indicators."""

from dataclasses import dataclass

from maillage.common.errors import NotFoundError
from maillage.drawing.year_chart import YearChart, year_chart
from maillage.observatory.answers.evolution import Evolution
from maillage.observatory.answers.indicators import IndicatorFigure, Indicators
from maillage.observatory.answers.structure import Structure
from maillage.observatory.evolution import evolution
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.structure import structure
from maillage.web.flow_content import FlowContent
from maillage.wording.comparing import ESSENTIAL
from maillage.wording.depths import (
    FIGURES,
    LINKS,
    CategoryRow,
    IndicatorRow,
    TieRow,
    TieTable,
    YearRow,
    category_rows,
    changes_told,
    indicator_rows,
    place_told,
    tie_rows,
    tie_table,
    year_rows,
)


@dataclass(frozen=True)
class FlowDepths:
    """Rows and sentences are empty where the answers have none."""

    structure: Structure
    evolution: Evolution
    indicators: Indicators
    place: tuple[str, ...]
    ties: tuple[TieRow, ...]
    tie_table: TieTable
    years: tuple[YearRow, ...]
    year_charts: tuple[tuple[str, str, YearChart], ...]  # name of the figure, its way, its bars
    changes: tuple[str, ...]
    categories: tuple[tuple[str, tuple[CategoryRow, ...]], ...]  # by dimension
    rows: tuple[IndicatorRow, ...]  # those of this flow, and the essential ones of any
    others: tuple[IndicatorRow, ...]


def flow_depths(content: FlowContent) -> FlowDepths | None:
    """None where the flow is known between units of a mesh only: these questions need communes."""
    edition, perimeter, card = content.edition, content.perimeter, content.card
    balance = content.flow.balance
    year, unit, mesh = balance.year, balance.unit.id, balance.mesh
    try:
        found = structure(edition, card.id, perimeter, year=year)
        battery = indicators(edition, card.id, perimeter, year=year)
    except NotFoundError:
        return None
    through = evolution(edition, card.id, perimeter)
    broken_down = ((one.title, category_rows(one, unit)) for one in battery.breakdowns)
    return FlowDepths(
        structure=found,
        evolution=through,
        indicators=battery,
        place=place_told(found.place) if found.place else (),
        ties=tie_rows(found.place, unit) if found.place else (),
        tie_table=tie_table(links(edition, card.id, perimeter, year=year, mesh=mesh, limit=LINKS)),
        years=year_rows(through),
        year_charts=_charts(through),
        changes=changes_told(through),
        categories=tuple((title, rows) for title, rows in broken_down if rows),
        rows=indicator_rows(one for one in battery.figures if _first(one)),
        others=indicator_rows(one for one in battery.figures if not _first(one)),
    )


def _first(figure: IndicatorFigure) -> bool:
    return figure.family == "flow" or figure.id in ESSENTIAL


def _charts(through: Evolution) -> tuple[tuple[str, str, YearChart], ...]:
    """One a figure that is never negative; none for a single year."""
    apart = {one.first for one in through.not_compared}
    ways = {"internal": "stay", "incoming": "in", "outgoing": "out"}
    drawn = (
        (
            FIGURES[name],
            way,
            year_chart([(y.year, getattr(y, name), y.year not in apart) for y in through.years]),
        )
        for name, way in ways.items()
    )
    several = len(through.years) > 1
    return tuple((name, way, chart) for name, way, chart in drawn if chart and several)
