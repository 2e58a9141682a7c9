"""EPCI, départements, régions and arrondissements: who belongs to what."""

from dataclasses import dataclass, replace

import numpy as np

from maillage.synth.graph import Graph, Index, sum_by
from maillage.synth.growth import absorb_smallest, grow, spread_centres
from maillage.synth.scales import Scale
from maillage.synth.straddling import NONE, leave_out, straddle
from maillage.territory.geography import FloatArray

METROPOLE, URBAINE, AGGLOMERATION = 400_000, 250_000, 50_000  # legal thresholds, inhabitants
AGGLOMERATION_CENTRE = 15_000


@dataclass(frozen=True, eq=False)
class Groupings:
    """Unit of each commune, numbered from 0 (``epci`` is -1 for a commune without any)."""

    epci: Index
    nature: tuple[str, ...]  # of each EPCI: METRO, CU, CA, CC
    departement: Index
    region: Index
    arrondissement: Index  # numbered within the whole country

    def reordered(self, order: Index) -> "Groupings":
        """The same for communes taken in another order."""
        return replace(
            self,
            epci=self.epci[order],
            departement=self.departement[order],
            region=self.region[order],
            arrondissement=self.arrondissement[order],
        )


def group(
    graph: Graph,
    xy: FloatArray,
    population: FloatArray,
    town: Index,
    coastal: Index,
    scale: Scale,
    seed: int,
) -> Groupings:
    """Grows EPCI around towns, départements and régions from whole EPCI; then a few EPCI lend
    communes to the département next door, and a few coastal communes stay alone."""
    epci = _epcis(graph, xy, population, town, scale)
    departement = _departements(graph, xy, population, epci, scale)
    region = _regions(graph, xy, population, departement, scale)
    departement = straddle(graph, epci, departement, region, scale)
    epci = leave_out(epci, population, coastal, scale, seed)
    return Groupings(
        epci=epci,
        nature=_natures(epci, population),
        departement=departement,
        region=region[departement],
        arrondissement=_arrondissements(graph, xy, population, departement),
    )


def _epcis(
    graph: Graph, xy: FloatArray, population: FloatArray, town: Index, scale: Scale
) -> Index:
    spare = scale.epcis + max(4, scale.epcis // 6)
    centres = spread_centres(xy, town[: round(0.7 * scale.epcis)], spare)
    reach = 1 + 0.45 * np.log1p(population[centres] / 8_000)
    owner = grow(graph, xy, centres, reach)
    return absorb_smallest(graph, owner, population, scale.epcis)


def _departements(
    graph: Graph, xy: FloatArray, population: FloatArray, epci: Index, scale: Scale
) -> Index:
    """Département of each commune: whole EPCI, of even area rather than population."""
    middle = _middles(xy, epci, np.ones(len(epci)))
    near = graph.merge(epci, scale.epcis)
    biggest = np.argsort(-sum_by(epci, population), kind="stable")[:1]
    spare = scale.departements + max(2, scale.departements // 6)
    centres = spread_centres(middle, biggest, spare)
    owner = grow(near, middle, centres, np.ones(spare))
    extent = np.bincount(epci).astype(np.float64)
    return absorb_smallest(near, owner, extent, scale.departements)[epci]


def _regions(
    graph: Graph, xy: FloatArray, population: FloatArray, departement: Index, scale: Scale
) -> Index:
    """Région of each département."""
    middle = _middles(xy, departement, np.ones(len(departement)))
    near = graph.merge(departement, scale.departements)
    biggest = np.argsort(-sum_by(departement, population), kind="stable")[:1]
    spare = min(scale.regions + 1, scale.departements)
    owner = grow(near, middle, spread_centres(middle, biggest, spare), np.ones(spare))
    extent = np.bincount(departement).astype(np.float64)
    return absorb_smallest(near, owner, extent, scale.regions)


def _middles(xy: FloatArray, unit: Index, weight: FloatArray) -> FloatArray:
    total = sum_by(unit, weight)
    return np.column_stack([sum_by(unit, weight * axis) / total for axis in xy.T])


def _natures(epci: Index, population: FloatArray) -> tuple[str, ...]:
    """Legal nature from the thresholds; the largest that is no métropole is always a CU."""
    member = epci != NONE
    total = sum_by(epci[member], population[member])
    centre = np.zeros(len(total))
    np.maximum.at(centre, epci[member], population[member])
    natures = np.full(len(total), "CC", dtype="U5")
    natures[(total >= AGGLOMERATION) & (centre >= AGGLOMERATION_CENTRE)] = "CA"
    natures[(total >= URBAINE) & (natures == "CA")] = "CU"
    natures[(total >= METROPOLE) & (natures == "CU")] = "METRO"
    largest = np.argmax(np.where(natures == "METRO", 0, total))
    natures[largest] = "CU" if natures[largest] == "CA" else natures[largest]
    return tuple(natures.tolist())


def _arrondissements(
    graph: Graph, xy: FloatArray, population: FloatArray, departement: Index
) -> Index:
    """Three or so arrondissements a département, grown inside it."""
    arrondissement = np.zeros(len(departement), dtype=np.int64)
    offset = 0
    for unit in range(departement.max() + 1):
        inside = np.flatnonzero(departement == unit)
        count = min(3, len(inside))
        biggest = np.argsort(-population[inside], kind="stable")[:1]
        centres = spread_centres(xy[inside], biggest, count)
        arrondissement[inside] = offset + grow(
            graph.restrict(inside), xy[inside], centres, np.ones(count)
        )
        offset += count
    return arrondissement
