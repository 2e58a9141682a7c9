"""What lies deeper in a flow, as rows and sentences: years, categories, ties, indicators."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.common.french import counted, measure, number, percent, signed
from maillage.observatory.answers.evolution import Change, Evolution, YearFigures
from maillage.observatory.answers.indicators import Breakdown, IndicatorFigure
from maillage.observatory.answers.links import Link, LinkIndicator, Links
from maillage.observatory.answers.structure import Place, StructureLink
from maillage.wording.figures import Figure, absent, amount, figure, signed_amount

#: Figures of a balance, as a page names them.
FIGURES = {"internal": "Stables", "incoming": "Entrants", "outgoing": "Sortants", "net": "Solde"}
LINKS = 15  # that a table of ties holds
#: Indicators of a tie that a table has room for.
TIES = ("dependence", "partner_dependence", "association_ratio")


@dataclass(frozen=True)
class YearRow:
    """One year; ``compared``: it may be set beside the newest."""

    year: int
    figures: tuple[Figure, ...]  # in the order of FIGURES
    question: str
    compared: bool


@dataclass(frozen=True)
class CategoryRow:
    """One category: its figures, and the widths of its bars in percent of the longest."""

    label: str
    key: str
    stay: str
    out: str
    into: str
    widths: tuple[float, float, float]


@dataclass(frozen=True)
class TieRow:
    """A directed link: what it is, what size and distance foretell, what the analyses keep."""

    id: str
    name: str
    way: str
    weight: Figure
    expected: str
    ratio: str
    more: bool
    kept: bool
    beyond_chance: bool


@dataclass(frozen=True)
class Column:
    """An indicator of a tie, as the head of a column."""

    id: str
    title: str
    reading: str


@dataclass(frozen=True)
class TieTable:
    """Partners, and what each indicator says of the tie; ``refusal``: French, why there is none."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, str, tuple[Figure, ...]], ...]  # id (may be empty), name, values
    refusal: str
    note: str


@dataclass(frozen=True)
class IndicatorRow:
    """``place``: French, where comparable territories stand; empty without any."""

    id: str
    title: str
    question: str
    value: str
    grade: str | None
    reading: str
    place: str


def year_rows(evolution: Evolution) -> tuple[YearRow, ...]:
    """Ascending."""
    apart = {one.first for one in evolution.not_compared}
    return tuple(
        YearRow(y.year, _year_figures(y, evolution.unit.id), y.question, y.year not in apart)
        for y in evolution.years
    )


def changes_told(evolution: Evolution) -> tuple[str, ...]:
    """What changed since the oldest year that compares, and why the others do not."""
    oldest = min((change.first for change in evolution.changes), default=0)
    since = [change for change in evolution.changes if change.first == oldest]
    told = [_change(change, evolution.unit.id) for change in since]
    told += [f"{one.first} et {one.last} : {one.reason}" for one in evolution.not_compared]
    return tuple(told)


def category_rows(breakdown: Breakdown, unit: str) -> tuple[CategoryRow, ...]:
    """Categories that the territory knows, in the order of the file."""
    triples = list(zip(breakdown.internal, breakdown.outgoing, breakdown.incoming, strict=True))
    longest = max((max(triple) for triple in triples), default=0.0) or 1.0
    return tuple(
        CategoryRow(
            label=label,
            key=f"{breakdown.dimension}:{code}",
            stay=amount(stay, unit),
            out=amount(out, unit),
            into=amount(into, unit),
            widths=(100 * stay / longest, 100 * out / longest, 100 * into / longest),
        )
        for code, label, (stay, out, into) in zip(
            breakdown.codes, breakdown.labels, triples, strict=True
        )
        if stay or out or into
    )


def tie_rows(place: Place, unit: str) -> tuple[TieRow, ...]:
    """The heaviest links that touch the territory."""
    return tuple(_tie(link, unit) for link in place.links[:LINKS])


def tie_table(links: Links) -> TieTable:
    """The ties that a table has room for."""
    kept = [n for n, one in enumerate(links.indicators) if one.id in TIES]
    shown = [links.indicators[n] for n in kept]
    return TieTable(
        columns=tuple(Column(one.id, one.title, one.reading) for one in shown),
        rows=tuple(
            (
                link.id,
                link.name,
                tuple(_cell(link, n, one) for n, one in zip(kept, shown, strict=True)),
            )
            for link in links.links
        ),
        refusal=links.refusal,
        note=links.note,
    )


def _cell(link: Link, n: int, one: LinkIndicator) -> Figure:
    value, grade = link.values[n], link.precision[n].grade
    text = measure(value, one.unit, one.decimals)
    return Figure(text, value is not None, grade=grade, fragile=grade == "D")


def place_told(place: Place) -> tuple[str, ...]:
    """Dominance and multiple linkage, in sentences."""
    if place.dominant is None:
        told = ["Aucun territoire de même niveau ne le domine."]
    else:
        told = [f"Son premier flux sortant va vers {place.dominant.name}, qui le domine."]
    if place.dominated:
        names = ", ".join(named.name for named in place.dominated)
        several = counted(len(place.dominated), "territoire")
        told.append(f"Il domine {several} dont il reçoit le premier flux : {names}.")
    reach = counted(
        place.significant_destinations, "destination significative", "destinations significatives"
    )
    told.append(f"L’analyse des liaisons multiples lui trouve {reach}.")
    return tuple(told)


def indicator_rows(figures: Iterable[IndicatorFigure]) -> tuple[IndicatorRow, ...]:
    """In their order."""
    return tuple(
        IndicatorRow(
            id=one.id,
            title=one.title,
            question=one.question,
            value=one.label or measure(one.value, one.unit, one.decimals),
            grade=one.precision.grade,
            reading=one.reading,
            place=_standing(one),
        )
        for one in figures
    )


def _year_figures(year: YearFigures, unit: str) -> tuple[Figure, ...]:
    return tuple(_year_figure(year, name, unit) for name in FIGURES)


def _year_figure(year: YearFigures, name: str, unit: str) -> Figure:
    value = getattr(year, name)
    if name == "net":
        known = value is not None
        return Figure(signed_amount(value, unit) if known else "non donné", known=known)
    coverage = getattr(year.universe.coverage, name)
    if value is None:
        return absent(coverage)
    return figure(value, unit, getattr(year.precision, name), coverage)


def _change(change: Change, unit: str) -> str:
    moved = signed_amount(change.absolute, unit)
    rate = change.annual_rate
    yearly = "" if rate is None or moved == "0" else f", soit {signed(100 * rate, 1)} % par an"
    beyond = change.beyond_chance if change.standard_error else None  # a full count has no chance
    sure = {
        True: " ; l’écart dépasse ce que le sondage explique",
        False: " ; le sondage suffit à expliquer cet écart",
        None: "",
    }[beyond]
    return f"{FIGURES[change.figure]} de {change.first} à {change.last} : {moved}{yearly}{sure}."


def _tie(link: StructureLink, unit: str) -> TieRow:
    ratio = link.residual
    return TieRow(
        id=link.partner.id,
        name=link.partner.name,
        way="vers" if link.outgoing else "depuis",
        weight=figure(link.weight, unit, link.precision),
        expected=amount(link.expected, unit),
        ratio="" if ratio is None else f"× {number(ratio, 2)}",
        more=ratio is not None and ratio > 1,
        kept=link.kept,
        beyond_chance=link.beyond_chance,
    )


def _standing(one: IndicatorFigure) -> str:
    found = one.benchmark
    if found is None or one.label:
        return ""
    middle = measure(found.median, one.unit, one.decimals)
    below = percent(found.rank, 0)
    return f"médiane {middle} ; {below} des {number(found.n)} comparables sont au-dessous"
