"""A comparison as people read it: a line an indicator, its reference, its drawing, in words."""

from dataclasses import dataclass

from maillage.common.french import measure, number
from maillage.observatory.answers.compare import ComparedRow, ComparedValue, Comparison, Spread
from maillage.wording.figures import signed_amount

#: What a page shows first, with a drawing; the rest is one table below. In order.
ESSENTIAL = (
    *("employment_concentration", "self_containment", "in_rate", "first_destination_share"),
    *("origin_reach", "presence_ratio", "entry_share", "exit_share", "net_migration_rate"),
    *("turnover_rate", "relative_balance", "destinations_per_hundred_origins"),
)
DRAWN = 8


@dataclass(frozen=True)
class Cell:
    """A value as text; ``grade`` A to D or None."""

    text: str
    known: bool
    grade: str | None


@dataclass(frozen=True)
class Reference:
    """Median, quartiles and pooled value of the group, as text; ``group`` counts and names it."""

    median: str
    quartiles: str
    pooled: str
    group: str
    usual: bool  # the group is that of most lines: the page names it once


@dataclass(frozen=True)
class Line:
    """One indicator. ``said``: a sentence a territory, where each stands in the group."""

    row: ComparedRow
    cells: tuple[Cell, ...]
    reference: Reference | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class ComparisonText:
    """``group`` is that of most lines; empty where nothing is comparable."""

    first: tuple[Line, ...]
    others: tuple[Line, ...]
    group: str
    everyone: str


def comparison_text(comparison: Comparison) -> ComparisonText:
    groups = [_group(row.spread) for row in comparison.rows if row.spread]
    usual = max(groups, key=groups.count, default="")
    order = {id: rank for rank, id in enumerate(ESSENTIAL)}
    flows = comparison.year is not None
    chosen = [row for row in comparison.rows if not flows or row.id in order]
    if flows:
        chosen = sorted(chosen, key=lambda row: order[row.id])[:DRAWN]
    drawn = {row.id for row in chosen}
    names = [territory.name for territory in comparison.territories]
    everyone = next((row.spread.everyone for row in comparison.rows if row.spread), "")
    return ComparisonText(
        first=tuple(_line(row, names, usual) for row in chosen),
        others=tuple(_line(row, names, usual) for row in comparison.rows if row.id not in drawn),
        group=usual,
        everyone=everyone,
    )


def _line(row: ComparedRow, names: list[str], usual: str) -> Line:
    found = row.spread
    return Line(
        row=row,
        cells=tuple(_cell(row, value) for value in row.values),
        reference=None if found is None else _reference(row, found, usual),
        said=() if found is None else tuple(_said(row, found, names)),
    )


def value_text(row: ComparedRow, value: float | None) -> str:
    """A value of an indicator, with its unit."""
    if value is not None and row.unit == "flow":
        return signed_amount(value, "") if row.id == "net" else number(value)
    return measure(value, row.unit, row.decimals)


def _cell(row: ComparedRow, value: ComparedValue) -> Cell:
    return Cell(value_text(row, value.value), value.value is not None, value.precision.grade)


def _reference(row: ComparedRow, found: Spread, usual: str) -> Reference:
    group = _group(found)
    return Reference(
        median=value_text(row, found.median),
        quartiles=f"{value_text(row, found.q1)} à {value_text(row, found.q3)}",
        pooled="" if found.pooled is None else value_text(row, found.pooled),
        group=group,
        usual=group == usual,
    )


def _group(found: Spread) -> str:
    return f"{number(found.n)} {found.several}"


def _said(row: ComparedRow, found: Spread, names: list[str]) -> list[str]:
    """« CC du Val : 38,0 %, plus que 70 des 87 communautés de communes »."""
    return [
        f"{name} : {value_text(row, value.value)}, {_place(below, found)}"
        for name, value, below in zip(names, row.values, found.below, strict=True)
        if below is not None
    ]


def _place(below: int, found: Spread) -> str:
    if not below:
        return f"aucune valeur plus basse parmi les {_group(found)}"
    return f"plus que {number(below)} des {_group(found)}"
