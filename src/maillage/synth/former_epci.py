"""EPCI before their mergers: the larger communautés de communes were two."""

from dataclasses import dataclass

import numpy as np

from maillage.synth.codes import groupement_siren
from maillage.synth.country import Country
from maillage.synth.graph import Index, sum_by
from maillage.synth.growth import grow, spread_centres
from maillage.synth.names import of

FORMER_YEAR = 2014
FIRST_ABSORBED = 20_000  # numbers of the groupements that disappeared
SPLIT_FROM = 12  # former communes


@dataclass(frozen=True)
class FormerEpci:
    """A groupement of the former vintage; ``communes`` are chief places."""

    siren: str
    name: str
    nature: str
    communes: tuple[int, ...]


def former_epcis(country: Country) -> list[FormerEpci]:
    """Composition of the former vintage, on its own communes."""
    then = country.composition.then
    chiefs, commune = np.unique(then, return_inverse=True)
    epci = country.groupings.epci[country.commune[chiefs]]
    graph = country.places.graph.merge(commune, len(chiefs))
    population = sum_by(commune, country.settlement.population)
    found = []
    for unit, siren in enumerate(country.epci_siren):
        inside = np.flatnonzero(epci == unit)
        nature = country.groupings.nature[unit]
        if nature != "CC" or len(inside) < SPLIT_FROM or unit % 2:
            found.append(FormerEpci(siren, country.epci_name[unit], nature, tuple(chiefs[inside])))
            continue
        xy = country.places.xy[chiefs[inside]]
        centres = spread_centres(xy, np.argsort(-population[inside])[:1], 2)
        side = grow(graph.restrict(inside), xy, centres, np.ones(2))
        kept, gone = chiefs[inside[side == 0]], chiefs[inside[side == 1]]
        found.append(FormerEpci(siren, _name(country, kept), nature, tuple(kept)))
        absorbed = groupement_siren(FIRST_ABSORBED + unit)
        found.append(FormerEpci(absorbed, _name(country, gone), nature, tuple(gone)))
    return found


def _name(country: Country, chiefs: Index) -> str:
    centre = chiefs[np.argmax(country.settlement.population[chiefs])]
    return f"CC {of(country.former_name[centre].label)}"
