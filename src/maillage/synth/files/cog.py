"""Insee's official geographic code: communes, movements, départements, régions, passage table,
and legal populations."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows
from maillage.synth.names import Name

COMMUNE = "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT"
MOVEMENT = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP"
)
DEPARTEMENT = "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE"
REGION = "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE"
POPULATION = "REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT"
RENAMED, CREATED_AGAIN, NEW_COMMUNE, SEAT_MOVED = 10, 21, 32, 50  # MOD


def write_cog(country: Country, out: Path) -> None:
    """The five files of the official geographic code, at the target vintage."""
    folder = out / "cog"
    crlf = {"newline": "\r\n"}
    write_rows(folder / f"v_commune_{COG}.csv", COMMUNE, _communes(country), **crlf)
    write_rows(folder / f"v_mvtcommune_{COG}.csv", MOVEMENT, _movements(country), **crlf)
    write_rows(folder / f"v_departement_{COG}.csv", DEPARTEMENT, _departements(country), **crlf)
    write_rows(folder / f"v_region_{COG}.csv", REGION, _regions(country), **crlf)
    passage = folder / f"table_passage_com_historique_{COG}.csv"
    write_rows(passage, "DEPCOM_HIST,DEPCOM", _passage(country))


def write_populations(country: Country, out: Path) -> None:
    """Legal populations: municipal, counted apart, total."""
    path = out / "cog" / "donnees_communes_popleg.csv"
    write_rows(path, POPULATION, _populations(country), separator=";", newline="\r\n")


def _named(name: Name) -> tuple[int, str, str, str]:
    return name.tncc, name.plain, name.enriched, name.label


def _communes(country: Country) -> Iterator[tuple[object, ...]]:
    for unit, (code, name) in enumerate(zip(country.code, country.name, strict=True)):
        departement = country.departement_of(unit)
        region = country.region_of(unit)
        arrondissement, canton = country.arrondissement_code[unit], country.canton_code[unit]
        territory = f"{departement}D"
        place = ("COM", code, region, departement, territory, arrondissement)
        yield (*place, *_named(name), canton, "")
    for node in country.delegated:
        parent = country.code[country.commune[node]]
        none = ("", "", "", "")
        former = _named(country.former_name[node])
        yield ("COMD", country.place_code[node], *none, *former, "", parent)


def _movements(country: Country) -> Iterator[tuple[object, ...]]:
    """Newest first, as published."""
    composition = country.composition
    yield from _mergers(country)
    for node in composition.split:
        before = ("COM", country.place_code[node], *_named(country.former_name[node]))
        for part in np.flatnonzero(composition.then == node):
            after = ("COM", country.place_code[part], *_named(country.place_name[part]))
            yield (CREATED_AGAIN, "2023-01-01", *before, *after)
    for node in composition.renamed:
        code = country.place_code[node]
        before = ("COM", code, *_named(country.former_name[node]))
        after = ("COM", code, *_named(country.place_name[node]))
        yield (RENAMED, "2021-01-01", *before, *after)


def _mergers(country: Country) -> Iterator[tuple[object, ...]]:
    """New communes; where the seat moved afterwards, the commune first had the code of another."""
    composition = country.composition
    for rank, chief in enumerate(composition.merged):
        date = f"{2024 - rank % 3}-01-01"
        members = np.flatnonzero(composition.now == chief)
        name = _named(country.place_name[chief])
        after = ("COM", country.place_code[chief], *name)
        if chief in composition.moved:
            seat = members[np.argmax(country.settlement.population[members])]
            first = ("COM", country.place_code[seat], *name)
            yield (SEAT_MOVED, "2024-07-01", *first, *after)
            after = first
        for node in members:
            former = _named(country.former_name[node])
            code = country.place_code[node]
            yield (NEW_COMMUNE, date, "COM", code, *former, *after)
            yield (NEW_COMMUNE, date, "COM", code, *former, "COMD", code, *former)


def _departements(country: Country) -> Iterator[tuple[object, ...]]:
    for unit in sorted(
        range(len(country.departement_code)), key=country.departement_code.__getitem__
    ):
        code, name = country.departement_code[unit], country.departement_name[unit]
        chef_lieu = country.chef_lieu[unit]
        region = country.region_of(chef_lieu)
        yield (code, region, country.code[chef_lieu], *_named(name))


def _regions(country: Country) -> Iterator[tuple[object, ...]]:
    for unit, (code, name) in enumerate(zip(country.region_code, country.region_name, strict=True)):
        inside = np.flatnonzero(country.groupings.region == unit)
        chef_lieu = inside[np.argmax(country.population[inside])]
        yield (code, country.code[chef_lieu], *_named(name))


def _passage(country: Country) -> Iterator[tuple[str, str]]:
    """Every code ever used, and the commune it now belongs to."""
    now = (country.code[unit] for unit in country.commune)
    yield from sorted(zip(country.place_code, now, strict=True))


def _populations(country: Country) -> Iterator[tuple[object, ...]]:
    for unit, code in enumerate(country.code):
        departement = country.groupings.departement[unit]
        region = country.groupings.region[unit]
        people = int(country.population[unit])
        apart = people // 70 + unit % 7
        yield (
            country.region_code[region],
            country.region_name[region].label,
            country.departement_code[departement],
            country.arrondissement_code[unit][-1],
            country.canton_code[unit][-2:],
            code[2:],
            code,
            country.name[unit].label,
            people,
            apart,
            people + apart,
        )
