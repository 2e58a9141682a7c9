"""Composition of the EPCI as the DGCL publishes it: csv in cp1252, thousands set by a space."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.codes import commune_siren
from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows

COMPOSITION = (
    "dept;siren;raison_sociale;nature_juridique;mode_financ;nb_membres;total_pop_tot;total_pop_mun;"
    "dep_com;insee;siren_membre;nom_membre;ptot_2025;pmun_2025"
)
COLUMNS = COMPOSITION.count(";") + 1


def write_epci(country: Country, out: Path) -> None:
    path = out / "epci" / f"perimetre-epci-a-fp_{COG}.csv"
    write_rows(path, COMPOSITION, _rows(country), separator=";", encoding="cp1252", newline="\r\n")


def _rows(country: Country) -> Iterator[tuple[object, ...]]:
    groups = country.groupings
    total = [
        int(people) + int(people) // 70 + unit % 7 for unit, people in enumerate(country.population)
    ]
    for epci, siren in enumerate(country.epci_siren):
        members = np.flatnonzero(groups.epci == epci)
        members = members[np.argsort(-country.population[members], kind="stable")]
        head = (
            country.departement_of(int(members[0])),
            siren,
            country.epci_name[epci],
            groups.nature[epci],
            "FA" if groups.nature[epci] == "CC" and epci % 5 == 0 else "FPU",
            len(members),
            _spaced(sum(total[unit] for unit in members)),
            _spaced(int(country.population[members].sum())),
        )
        for unit in members:
            yield (
                *head,
                country.departement_of(int(unit)),
                country.code[unit],
                commune_siren(country.code[unit]),
                country.name[unit].label,
                _spaced(total[unit]),
                _spaced(int(country.population[unit])),
            )
    yield ("",) * COLUMNS


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
