"""Those whom the State grants money to: communes and EPCI as they were, and départements."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage.synth.codes import groupement_siren
from maillage.synth.country import Country
from maillage.synth.former_epci import FormerEpci, former_epcis
from maillage.synth.graph import sum_by
from maillage.synth.names import of

COMMUNE, EPCI, DEPARTEMENT = LEVELS = ("commune", "epci", "conseil_departemental")
UNKNOWN = 30_000  # number of a groupement that no other file mentions


@dataclass(frozen=True)
class Owner:
    """Who may be granted money: its code of the year, its name, where it is."""

    level: str
    code: str
    name: str
    departement: str
    population: int
    communes: tuple[int, ...]  # chief places


def owners(country: Country) -> list[Owner]:
    """By level, in order of code. Every EPCI of the former vintage, since mergers are never all
    known to those who keep the list, then one that no other file mentions."""
    found = [*_communes(country), *_epcis(country), _unknown(country), *_departements(country)]
    return sorted(found, key=lambda owner: (LEVELS.index(owner.level), owner.code))


def _communes(country: Country) -> Iterator[Owner]:
    people = _people(country)
    for chief in np.unique(country.composition.then).tolist():
        home = country.departement_of(int(country.commune[chief]))
        code, name = country.place_code[chief], country.former_name[chief].label
        yield Owner(COMMUNE, code, name, home, people[chief], (chief,))


def _people(country: Country) -> list[int]:
    """Inhabitants of each commune of the former vintage, by chief place."""
    then = country.composition.then
    return [int(n) for n in sum_by(then, country.settlement.population, len(then))]


def _epcis(country: Country) -> Iterator[Owner]:
    people = _people(country)
    for group in former_epcis(country):
        total = sum(people[chief] for chief in group.communes)
        yield Owner(EPCI, group.siren, group.name, _home(country, group), total, group.communes)


def _home(country: Country, group: FormerEpci) -> str:
    return country.departement_of(int(country.commune[group.communes[0]]))


def _unknown(country: Country) -> Owner:
    """It bears the name of a delegated commune of its first département."""
    chief = int(country.delegated[0])
    home = country.departement_of(int(country.commune[chief]))
    name = f"CC {of(country.former_name[chief].label)} et de ses environs"
    return Owner(EPCI, groupement_siren(UNKNOWN), name, home, 4_200, (chief,))


def _departements(country: Country) -> Iterator[Owner]:
    for unit, code in enumerate(country.departement_code):
        inside = np.flatnonzero(country.groupings.departement == unit)
        total = int(country.population[inside].sum())
        chiefs = tuple(country.chief[inside].tolist())
        name = country.departement_name[unit].label
        yield Owner(DEPARTEMENT, code, name, code, total, chiefs)
