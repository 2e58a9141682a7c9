"""Every unit of a mesh through one flow and year: nothing is computed one unit at a time."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np

from maillage.common.errors import NotFoundError
from maillage.common.french import listing
from maillage.engine.coverage import FlowCoverage, flow_coverage
from maillage.engine.dataset import Coverage
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSum
from maillage.engine.mesh_flow import IN, MOVED, OUT, SAME, MeshFlow
from maillage.engine.precision import NOT_GIVEN, Precision, net_precision, precision
from maillage.engine.secrecy import SecrecyStatus, secrecy
from maillage.observatory.answers.mesh_figures import UnitFigure
from maillage.observatory.balance import secrecy_rule
from maillage.observatory.citation import cite_unit
from maillage.observatory.indicator_precision import level_precisions
from maillage.observatory.level_battery import level_battery
from maillage.territory.units import unit_id

#: Figures of a balance, by the word one asks them with.
FIGURES = {
    "stables": "Stables",
    "entrants": "Entrants",
    "sortants": "Sortants",
    "solde": "Solde",
}


@lru_cache(maxsize=8)
def mesh_file(edition: Edition, level: str, flow: str, year: int) -> "MeshFile":
    """NotFoundError when the edition keeps no sums of that file on that mesh."""
    return MeshFile(edition, level, flow, year)


class MeshFile:
    """Every unit through one flow and year."""

    def __init__(self, edition: Edition, level: str, flow: str, year: int) -> None:
        meta, mesh = edition.meta(flow, year), edition.geography.mesh(level)
        self.edition, self.mesh, self.meta = edition, mesh, meta
        self.flow = _mesh_flow(edition, level, flow, year)
        self.rule = secrecy_rule(edition, meta)
        geography = edition.geography
        units = range(len(mesh.codes))
        self.ids = [unit_id(geography, mesh, unit) for unit in units]
        self.reach = [flow_coverage(meta.universe, mesh.unit_members(unit)) for unit in units]

    def figures(self, id: str) -> Iterator[UnitFigure]:
        """One figure or indicator, unit by unit."""
        return self._margins(id) if id in FIGURES else self._indicator(id)

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
        return "sans les cases secrètes" if self._everything(number).hidden else ""

    def _everything(self, number: int) -> CellSum:
        same, moved, out, into = (margin.at(number) for margin in self.flow.margins)
        return same + moved + out + into

    def _secrecy(self, number: int, id: str) -> SecrecyStatus:
        """Of the cells a figure is made of: all those of the unit for a balance or an indicator."""
        one = id in FIGURES and id != "solde"
        cells = self._cells(number, id) if one else self._everything(number)
        return secrecy(cells, self.rule, self.meta.unit).status

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
            year=meta.year,
            indicator=id,
            title=title,
            value=value,
            unit=unit,
            unit_label=unit_label,
            decimals=decimals,
            status=status,
            precision=known,
            secrecy=self._secrecy(number, id),
            universe=label or "hors du champ",
        )


def _mesh_flow(edition: Edition, level: str, flow: str, year: int) -> MeshFlow:
    try:
        return edition.mesh_flow(flow, year, level)
    except KeyError as error:
        told = f"Ce millésime ne garde pas les flux de la maille « {level} »."
        raise NotFoundError(told) from error
