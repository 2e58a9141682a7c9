"""Figures of every unit of a mesh, family after family and year after year: one line a figure.

Nothing is computed for one unit that is not computed for all: margins are read, the battery is
evaluated at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.coverage import FlowCoverage, flow_coverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSum
from maillage.engine.mesh_flow import IN, MOVED, OUT, SAME, MeshFlow
from maillage.engine.precision import NOT_GIVEN, Precision, net_precision, precision
from maillage.engine.secrecy import SecrecyStatus, secrecy
from maillage.observatory.asked import flow_card
from maillage.observatory.balance import secrecy_rule
from maillage.observatory.citation import SourceCited, cite_source, cite_unit
from maillage.observatory.indicator_precision import level_precisions
from maillage.observatory.level_battery import level_battery, territory_cards
from maillage.territory.geography import Mesh
from maillage.territory.units import unit_id

#: Figures of a balance, by the word one asks them with.
FIGURES = {
    "stables": "Stables",
    "entrants": "Entrants",
    "sortants": "Sortants",
    "solde": "Solde",
}


@dataclass(frozen=True)
class Sought:
    """What to give: a mesh, families, years (none: the newest of each), figures and indicators.

    Without figure nor indicator, the four figures of a balance.
    """

    level: str
    flows: tuple[str, ...]
    years: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitFigure:
    """One figure of one unit. ``value`` is None for the reason of ``status`` (French)."""

    id: str
    name: str
    flow: str
    flow_title: str
    year: int
    indicator: str
    title: str
    value: float | None
    unit: str  # that of cards: share, eur…; empty: a count
    unit_label: str
    decimals: int
    status: str
    precision: Precision
    universe: str
    source: SourceCited


def whole_mesh(edition: Edition, sought: Sought) -> Iterator[UnitFigure]:
    """By family, year, figure then unit. NotFoundError and InputError come before the first."""
    mesh = _mesh(edition, sought.level)
    cards = [flow_card(edition, flow).id for flow in sought.flows]
    chosen = sought.indicators or tuple(FIGURES)
    _check(edition, cards, chosen)
    metas = [meta for flow in cards for meta in _metas(edition, flow, sought.years)]
    if not metas:
        raise NotFoundError("Aucune de ces familles n’a de fichier pour ces années.")
    return _figures(edition, mesh, metas, chosen)


def expected(edition: Edition, sought: Sought) -> int:
    """How many figures ``whole_mesh`` will give."""
    units = len(_mesh(edition, sought.level).codes)
    chosen = sought.indicators or tuple(FIGURES)
    flows = [flow_card(edition, flow).id for flow in sought.flows]
    return sum(
        units * len(_of_flow(edition, flow, chosen)) * len(_metas(edition, flow, sought.years))
        for flow in flows
    )


def _figures(
    edition: Edition, mesh: Mesh, metas: Sequence[FlowMeta], chosen: tuple[str, ...]
) -> Iterator[UnitFigure]:
    for meta in metas:
        yield from _OneFile(edition, mesh, meta).figures(chosen)


def _mesh(edition: Edition, level: str) -> Mesh:
    known = sorted({mesh.level for mesh in edition.geography.meshes})
    if level not in known:
        raise NotFoundError(
            f"La maille « {level[:40]} » est inconnue. Mailles possibles : {listing(known)}."
        )
    return edition.geography.mesh(level)


def _check(edition: Edition, flows: list[str], chosen: tuple[str, ...]) -> None:
    known = {id for flow in flows for id in territory_cards(edition, flow)} | set(FIGURES)
    unknown = [id for id in chosen if id not in known]
    if unknown:
        raise InputError(
            problem="aucune de ces familles n’a cet indicateur.",
            remedy="la page Méthode donne le code de chacun.",
            value=unknown[0],
        )


def _of_flow(edition: Edition, flow: str, chosen: tuple[str, ...]) -> list[str]:
    cards = territory_cards(edition, flow)
    return [id for id in chosen if id in FIGURES or id in cards]


def _metas(edition: Edition, flow: str, years: tuple[int, ...]) -> list[FlowMeta]:
    known = edition.flow_years(flow)
    kept = [year for year in known if year in years] if years else known[-1:]
    return [edition.meta(flow, year) for year in kept]


class _OneFile:
    """Every unit through one flow and year."""

    def __init__(self, edition: Edition, mesh: Mesh, meta: FlowMeta) -> None:
        self.edition, self.mesh, self.meta = edition, mesh, meta
        self.flow: MeshFlow = edition.mesh_flow(meta.flow, meta.year, mesh.level)
        self.source = cite_source(edition, meta)
        self.rule = secrecy_rule(edition, meta)
        geography = edition.geography
        units = range(len(mesh.codes))
        self.ids = [unit_id(geography, mesh, unit) for unit in units]
        self.reach = [flow_coverage(meta.universe, mesh.unit_members(unit)) for unit in units]

    def figures(self, chosen: tuple[str, ...]) -> Iterator[UnitFigure]:
        for id in _of_flow(self.edition, self.meta.flow, chosen):
            yield from self._margins(id) if id in FIGURES else self._indicator(id)

    def _margins(self, id: str) -> Iterator[UnitFigure]:
        unit = cite_unit(self.edition, self.meta)
        shown = unit.id if unit.id == "eur" else ""
        for number in range(len(self.ids)):
            value, known, status = self._net(number) if id == "solde" else self._sum(number, id)
            yield self._figure(number, id, FIGURES[id], value, shown, unit.label, 0, status, known)

    def _sum(self, number: int, id: str) -> tuple[float | None, Precision, str]:
        coverage = self._coverage(self.reach[number], id)
        found = self._cells(number, id)
        secret = secrecy(found, self.rule, self.meta.unit).status
        if coverage is Coverage.ABSENT:
            return None, NOT_GIVEN, "non couvert"
        if secret is SecrecyStatus.HIDDEN:
            return None, NOT_GIVEN, "secret statistique"
        least = coverage is Coverage.PARTIAL or secret is SecrecyStatus.INCOMPLETE
        return found.weight, precision(found, self.meta), "au moins" if least else ""

    def _net(self, number: int) -> tuple[float | None, Precision, str]:
        """Only where both directions are whole, as « balance » gives it."""
        reach = self.reach[number]
        out, into = (self.flow.margins[way].at(number) for way in (OUT, IN))
        if reach.crossing is not Coverage.COMPLETE:
            return None, NOT_GIVEN, "non donné"
        if (out + into).hidden:
            return None, NOT_GIVEN, "secret statistique"
        return into.weight - out.weight, net_precision(into, out, self.meta), ""

    def _cells(self, number: int, id: str) -> CellSum:
        margins = self.flow.margins
        if id == "stables":
            return margins[SAME].at(number) + margins[MOVED].at(number)
        return margins[IN if id == "entrants" else OUT].at(number)

    def _coverage(self, reach: FlowCoverage, id: str) -> Coverage:
        names = {"stables": reach.internal, "entrants": reach.incoming, "sortants": reach.outgoing}
        return names[id]

    def _indicator(self, id: str) -> Iterator[UnitFigure]:
        """A file that cuts exchanges gives no ratio: see ``observatory.refusals``."""
        battery = level_battery(self.edition, self.meta.flow, self.meta.year, self.mesh.level)
        card = battery.cards[id]
        values, sure = battery.values.get(id), self._precisions
        for number in range(len(self.ids)):
            cut = self.reach[number].crossing is not Coverage.COMPLETE
            value = np.nan if values is None or cut else float(values[number])
            known = not np.isnan(value)
            missing = "non donné, le fichier coupe les échanges" if cut else "sans objet ou inconnu"
            yield self._figure(
                number,
                id,
                card.title,
                value if known else None,
                card.unit.value,
                card.unit_label,
                card.decimals,
                self._left_out(number) if known else missing,
                sure[id][number] if known else NOT_GIVEN,
            )

    @cached_property
    def _precisions(self) -> Mapping[str, Sequence[Precision]]:
        return level_precisions(self.edition, self.meta, self.mesh.level)

    def _left_out(self, number: int) -> str:
        margins = (margin.at(number) for margin in self.flow.margins)
        hidden = any(margin.hidden for margin in margins)
        return "sans les cases secrètes" if hidden else ""

    def _figure(
        self,
        number: int,
        id: str,
        title: str,
        value: float | None,
        unit: str,
        unit_label: str,
        decimals: int,
        status: str,
        known: Precision,
    ) -> UnitFigure:
        meta, reach = self.meta, self.reach[number]
        label = "ensemble du pays" if meta.universe.national else listing(reach.labels)
        return UnitFigure(
            id=self.ids[number],
            name=self.mesh.names[number],
            flow=meta.flow,
            flow_title=self.edition.catalog.flows[meta.flow].title,
            year=meta.year,
            indicator=id,
            title=title,
            value=value,
            unit=unit,
            unit_label=unit_label,
            decimals=decimals,
            status=status,
            precision=known,
            universe=label or "hors du champ",
            source=self.source,
        )
