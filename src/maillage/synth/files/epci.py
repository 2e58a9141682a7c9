"""Composition of the EPCI as the DGCL publishes it: csv in cp1252, thousands set by a space."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.codes import commune_siren
from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows
from maillage.synth.former_epci import FORMER_YEAR, former_epcis
from maillage.synth.graph import sum_by

COMPOSITION = (
    "dept;siren;raison_sociale;nature_juridique;mode_financ;nb_membres;total_pop_tot;total_pop_mun;"
    "dep_com;insee;siren_membre;nom_membre;ptot_2025;pmun_2025"
)
FORMER = "siren;nom;nature;fiscalite;nb_com;ptot;pmun;insee;siren_com;nom_com;ptot_com;pmun_com"
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


def write_former_epci(country: Country, out: Path) -> None:
    """The same before the mergers, in the layout of that time, gzipped."""
    plain = out / "epci" / f"epci_{FORMER_YEAR}.csv"
    write_rows(plain, FORMER, _former_rows(country), separator=";")
    packed = plain.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    plain.unlink()


def _former_rows(country: Country) -> Iterator[tuple[object, ...]]:
    then = country.composition.then
    people = sum_by(then, country.settlement.population, len(then)).astype(np.int64)
    for group in former_epcis(country):
        total = sum(int(people[chief]) for chief in group.communes)
        count = len(group.communes)
        head = (group.siren, group.name, group.nature, "FPU", count, total + total // 70, total)
        for chief in group.communes:
            code, name = country.place_code[chief], country.former_name[chief].label
            here = int(people[chief])
            yield (*head, code, commune_siren(code), name, here + here // 70, here)
