"""Groupings beyond the EPCI: PETR, pôles métropolitains, contracts with the State."""

from dataclasses import dataclass

import numpy as np

from maillage.synth.codes import groupement_siren
from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.growth import grow, spread_centres
from maillage.synth.names import of
from maillage.synth.scales import stream

FIRST_SYNDICATE = 50_000  # numbers of groupements below are EPCI
PETR_SIZE, CONTRACT_SIZE = 4, 1.6  # EPCI, about
LEAST_PETR = 2


@dataclass(frozen=True)
class Groupement:
    """A syndicate of EPCI (numbers of the country's EPCI)."""

    siren: str
    name: str
    nature: str  # PETR, POLEM
    members: tuple[int, ...]


@dataclass(frozen=True)
class Contract:
    """A CRTE: whole EPCI, then communes that sign for themselves. ``signed``: ISO date or empty."""

    code: str
    name: str
    members: tuple[int, ...]
    communes: tuple[int, ...]
    signed: str


@dataclass(frozen=True)
class Cooperation:
    petr: tuple[Groupement, ...]
    poles: tuple[Groupement, ...]
    contracts: tuple[Contract, ...]


def invent_cooperation(country: Country) -> Cooperation:
    petr = _petr(country)
    return Cooperation(petr, _poles(country), _contracts(country, petr))


def _clusters(country: Country, units: Index, size: float) -> list[Index]:
    """Groups of neighbouring EPCI among ``units``, of about ``size``, within a région."""
    seats = country.epci_seat
    region = country.groupings.region[seats]
    clusters = []
    for number in range(country.scale.regions):
        inside = units[region[units] == number]
        if not len(inside):
            continue
        xy = country.xy[seats[inside]]
        count = max(1, round(len(inside) / size))
        centres = spread_centres(xy, np.zeros(1, dtype=np.int64), count)
        owner = grow(country.epci_graph.restrict(inside), xy, centres, np.ones(count))
        clusters += [inside[owner == rank] for rank in range(count)]
    return clusters


def _petr(country: Country) -> tuple[Groupement, ...]:
    """Rural EPCI that carry a common project; every other group stays without."""
    nature = np.array(country.groupings.nature)
    clusters = _clusters(country, np.flatnonzero(nature == "CC"), PETR_SIZE)
    kept = [c for rank, c in enumerate(clusters) if rank % 2 == 0 and len(c) >= LEAST_PETR]
    return tuple(_syndicate(country, rank, members, "PETR") for rank, members in enumerate(kept))


def _poles(country: Country) -> tuple[Groupement, ...]:
    """A pôle métropolitain joins each métropole and the urban EPCI that touch it."""
    nature = np.array(country.groupings.nature)
    poles = []
    for rank, metropole in enumerate(np.flatnonzero(nature == "METRO")):
        around = country.epci_graph.near(int(metropole))
        urban = around[np.isin(nature[around], ("CA", "CU"))]
        chosen = urban if len(urban) else around[:2]
        members = np.sort(np.r_[metropole, chosen])
        poles.append(_syndicate(country, 10_000 + rank, members, "POLEM"))
    return tuple(poles)


def _syndicate(country: Country, rank: int, members: Index, nature: str) -> Groupement:
    seats = country.epci_seat[members]
    centre = country.name[seats[np.argmax(country.population[seats])]].label
    kind = "PETR du Pays" if nature == "PETR" else "Pôle métropolitain"
    siren = groupement_siren(FIRST_SYNDICATE + rank)
    return Groupement(siren, f"{kind} {of(centre)}", nature, tuple(members.tolist()))


def _contracts(country: Country, petr: tuple[Groupement, ...]) -> tuple[Contract, ...]:
    """One contract a PETR, one an urban EPCI, one for one to three of the others; one of them
    straddles two régions, and each commune without EPCI joins the contract next to it."""
    nature = np.array(country.groupings.nature)
    taken = np.zeros(len(nature), dtype=bool)
    taken[[unit for group in petr for unit in group.members]] = True
    groups = [np.array(group.members) for group in petr]
    groups += [np.array([unit]) for unit in np.flatnonzero(~taken & (nature != "CC"))]
    groups += _clusters(country, np.flatnonzero(~taken & (nature == "CC")), CONTRACT_SIZE)
    groups = _join_across(country, groups)
    lonely = _lonely(country, groups)
    return tuple(_contract(country, groups, rank, lonely) for rank in range(len(groups)))


def _join_across(country: Country, groups: list[Index]) -> list[Index]:
    """Makes one contract of the two smallest groups that touch over a région border."""
    region = country.groupings.region[country.epci_seat]
    owner = np.zeros(country.scale.epcis, dtype=np.int64)
    for rank, members in enumerate(groups):
        owner[members] = rank
    one, other = country.epci_graph.pairs
    over = region[one] != region[other]
    size = np.array([len(members) for members in groups])
    first, second = owner[one[over]], owner[other[over]]
    chosen = int(np.argmin(size[first] + size[second]))
    pair = (int(first[chosen]), int(second[chosen]))
    rest = [members for rank, members in enumerate(groups) if rank not in pair]
    return [*rest, np.sort(np.concatenate([groups[rank] for rank in pair]))]


def _lonely(country: Country, groups: list[Index]) -> dict[int, list[int]]:
    """Communes that sign for themselves, by rank of contract: those without EPCI, and three of
    the métropole that also joined the contract next door (they hold two contracts)."""
    epci = country.groupings.epci
    owner = np.full(country.scale.epcis, -1, dtype=np.int64)
    for rank, members in enumerate(groups):
        owner[members] = rank
    metropole = country.groupings.nature.index("METRO")
    extra: dict[int, list[int]] = {}
    for commune in [*np.flatnonzero(epci < 0).tolist(), *np.flatnonzero(epci == metropole)]:
        around = epci[country.graph.near(int(commune))]
        around = around[(around >= 0) & (around != metropole)]
        twice = sum(epci[c] == metropole for some in extra.values() for c in some)
        if len(around) and (epci[commune] < 0 or twice < 3):
            extra.setdefault(int(owner[around[0]]), []).append(int(commune))
    return extra


def _contract(
    country: Country, groups: list[Index], rank: int, lonely: dict[int, list[int]]
) -> Contract:
    seats = country.epci_seat[groups[rank]]
    chief = int(seats[np.argmax(country.population[seats])])
    region = country.region_of(chief)
    departement = country.departement_of(chief)
    rng = stream(country.seed, "contract", rank)
    day, month = int(rng.integers(1, 29)), int(rng.integers(1, 13))
    return Contract(
        code=f"crte-{region}-{departement}-{rank + 1}",
        name=f"CRTE {of(country.name[chief].label)}",
        members=tuple(groups[rank].tolist()),
        communes=tuple(lonely.get(rank, ())),
        signed="" if rank == len(groups) - 2 else f"{2021 + rank % 2}-{month:02d}-{day:02d}",
    )
