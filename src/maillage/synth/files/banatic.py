"""Banatic: the list of groupements, and the members of those that join other groupements."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.cooperation import Cooperation, Groupement
from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows

GROUPEMENTS = "siren;libelle;region_code;departement_code;nature;population"
MEMBERS = (
    "dept,siren,raison_sociale,nature_juridique,mode_financ,arret_competences,"
    "siren_membre,nom_membre,type_membre"
)


def write_banatic(country: Country, cooperation: Cooperation, out: Path) -> None:
    folder = out / "banatic"
    syndicates = (*cooperation.petr, *cooperation.poles)
    rows = [*_epcis(country), *(_row(country, group) for group in syndicates)]
    write_rows(folder / f"banatic_groupements_{COG}.csv", GROUPEMENTS, rows, separator=";")
    members = [row for group in syndicates for row in _members(country, group)]
    write_rows(folder / f"banatic_syndicats_membres_{COG}.csv", MEMBERS, members)


def _epcis(country: Country) -> Iterator[tuple[object, ...]]:
    for unit in range(country.scale.epcis):
        nature = country.groupings.nature[unit]
        yield _row(
            country, Groupement(country.epci_siren[unit], country.epci_name[unit], nature, (unit,))
        )


def _row(country: Country, group: Groupement) -> tuple[object, ...]:
    departement, region, inside = _seat(country, group)
    population = int(country.population[inside].sum())
    return (group.siren, group.name, region, departement, group.nature, population)


def _members(country: Country, group: Groupement) -> Iterator[tuple[object, ...]]:
    departement, _, _ = _seat(country, group)
    head = (departement, group.siren, group.name, group.nature, "", "01/01/2017")
    for unit in group.members:
        yield (*head, country.epci_siren[unit], country.epci_name[unit], "Groupement")


def _seat(country: Country, group: Groupement) -> tuple[str, str, list[int]]:
    seats = country.epci_seat[list(group.members)]
    chief = int(seats[np.argmax(country.population[seats])])
    inside = np.flatnonzero(np.isin(country.groupings.epci, group.members)).tolist()
    departement = country.departement_of(chief)
    return departement, country.region_of(chief), inside
