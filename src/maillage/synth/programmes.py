"""Which communes and EPCI take part in the national programmes, and the nature park."""

from dataclasses import dataclass

import numpy as np

from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.scales import stream


@dataclass(frozen=True, eq=False)
class Programmes:
    """Communes by programme, and Territoires d'industrie as lists of EPCI."""

    heart_of_town: Index  # Action cœur de ville
    small_towns: Index  # Petites villes de demain
    villages: Index  # Villages d'avenir
    industry: tuple[Index, ...]
    park: Index  # communes of the regional nature park, in the mountain


def choose_programmes(country: Country) -> Programmes:
    """Middle towns, small towns that serve a rural EPCI, villages, neighbouring industrial EPCI."""
    rng = stream(country.seed, "programmes")
    population, size = country.population, len(country.code)
    by_size = np.argsort(-population, kind="stable")
    seats = country.epci_seat
    rural = seats[(population[seats] < 15_000)]
    villages = np.flatnonzero(population < 1_500)
    return Programmes(
        heart_of_town=np.sort(by_size[1 : 1 + max(4, size // 160)]),
        small_towns=np.sort(rng.permutation(rural)[: max(6, size // 25)]),
        villages=np.sort(rng.permutation(villages)[: max(6, size // 15)]),
        industry=_industry(country, rng),
        park=_park(country),
    )


def _industry(country: Country, rng: np.random.Generator) -> tuple[Index, ...]:
    """An EPCI and two neighbours, for one EPCI in eight."""
    chosen = rng.permutation(country.scale.epcis)[: max(3, country.scale.epcis // 8)]
    return tuple(
        np.sort(np.r_[unit, country.epci_graph.near(int(unit))[:2]]) for unit in np.sort(chosen)
    )


def _park(country: Country) -> Index:
    """High communes around the highest one, whatever EPCI and département they are in."""
    high = country.places.mountain[country.chief]
    summit = int(np.argmax(high))
    near = np.hypot(*(country.xy - country.xy[summit]).T) < 0.45 * country.land.radius
    return np.flatnonzero(near & (high > 0.5))
