"""Statistical zonings of the communes: density, attraction areas, employment zones, basins."""

from dataclasses import dataclass

import numpy as np
import shapely

from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.growth import grow, spread_centres
from maillage.territory.geography import FloatArray

NONE = -1
DENSITY = (
    "Grands centres urbains",
    "Centres urbains intermédiaires",
    "Petites villes",
    "Ceintures urbaines",
    "Bourgs ruraux",
    "Rural à habitat dispersé",
    "Rural à habitat très dispersé",
)
CENTRALITY = (
    "Communes non centre",
    "Centre local d'équipements et de services",
    "Centre intermédiaire d'équipements et de services",
    "Centre structurant d'équipements et de services",
    "Centre majeur d'équipements et de services",
)


@dataclass(frozen=True, eq=False)
class Zoning:
    """Commune-level zonings; areas are numbered by their centre commune, -1 for none."""

    density: Index  # rank in DENSITY
    centrality: Index  # rank in CENTRALITY
    urban_unit: Index
    attraction: Index
    employment: Index
    basin: Index


def draw_zoning(country: Country) -> Zoning:
    centres = _centres(country)
    unit = _around(country, centres, reach=1_500, floor=2_000)
    return Zoning(
        density=_density(country, centres),
        centrality=np.digitize(country.population, (1_500, 4_000, 12_000, 60_000)),
        urban_unit=unit,
        attraction=_around(country, centres, reach=4_500, floor=0),
        employment=_grown(country, max(4, country.scale.epcis // 4)),
        basin=_grown(country, round(1.35 * country.scale.epcis)),
    )


def _centres(country: Country) -> Index:
    """Communes of the towns, largest agglomeration first."""
    settlement = country.settlement
    communes = country.commune[settlement.town]
    first = np.sort(np.unique(communes, return_index=True)[1])
    return np.asarray(communes[first])


def _density(country: Country, centres: Index) -> Index:
    population = country.population
    dense = population / (shapely.area(country.shapes) / 1e6)
    rank: Index = np.digitize(-dense, (-25.0,)) + 5
    rank[population > 2_000] = 4
    rank[dense > 300] = 3
    rank[centres[population[centres] > 4_000]] = 2
    rank[(dense > 700) & (population > 9_000)] = 1
    rank[(dense > 1_300) & (population > 15_000)] = 0
    return rank


def _around(country: Country, centres: Index, reach: float, floor: int) -> Index:
    """Communes near a town of an extent that grows with it; those under ``floor`` stay out."""
    size = country.settlement.agglomeration[: len(centres)]
    gap = _gaps(country, centres) / (reach * (size / 20_000) ** 0.33)
    nearest = np.argmin(gap, axis=1)
    inside = gap[np.arange(len(gap)), nearest] < 1.6
    area = np.where(inside & (country.population >= floor), centres[nearest], NONE)
    seats = centres[country.population[centres] >= floor]
    area[seats] = seats
    return np.asarray(area)


def _gaps(country: Country, centres: Index) -> FloatArray:
    gap = np.empty((len(country.code), len(centres)), dtype=np.float32)
    for rank, centre in enumerate(centres):
        gap[:, rank] = np.hypot(*(country.xy - country.xy[centre]).T)
    return gap.astype(np.float64)


def _grown(country: Country, count: int) -> Index:
    """A partition into ``count`` contiguous zones around the main towns."""
    chosen = _centres(country)[:count]
    centres = spread_centres(country.xy, chosen, count)
    reach = 1 + 0.3 * np.log1p(country.population[centres] / 8_000)
    return np.asarray(centres[grow(country.graph, country.xy, centres, reach)])
