"""Lists of perimeters that territories draw up: SCoT, nature parks, contrats de ruralité."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.cooperation import Cooperation, Groupement
from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows
from maillage.synth.names import of
from maillage.synth.programmes import Programmes

RURAL_CONTRACTS = "id;lib;perimetre;nbcom;info1;EPCI;lib_epci;nature;part"
SIGNED = "Date de signature : 15 mars 2017"


def write_perimeters(
    country: Country, cooperation: Cooperation, programmes: Programmes, out: Path
) -> None:
    folder = out / "programmes"
    scot = folder / f"liste-scot_{COG}.csv"
    write_rows(scot, "id_scot,lib_scot,siren_groupement", _scot(country, cooperation))
    park = folder / f"liste-pnr_{COG}.csv"
    write_rows(park, "id_pnr,lib_pnr,insee_com", _park(country, programmes))
    contracts = folder / f"contrats_ruralite_2019_epci{COG}.csv"
    rows = _rural_contracts(country, cooperation)
    write_rows(contracts, RURAL_CONTRACTS, rows, separator=";")


def _scot(country: Country, cooperation: Cooperation) -> Iterator[tuple[str, ...]]:
    """A SCoT for each pôle and each PETR outside them."""
    held: set[int] = set()
    for rank, group in enumerate((*cooperation.poles, *cooperation.petr), start=1):
        for unit in (unit for unit in group.members if unit not in held):
            yield f"scot-{rank:03d}", f"SCoT {_short(group)}", country.epci_siren[unit]
        held |= set(group.members)


def _short(group: Groupement) -> str:
    """« du Pays de X », without the kind of the groupement."""
    return group.name.removeprefix("PETR ").removeprefix("Pôle métropolitain ")


def _park(country: Country, programmes: Programmes) -> Iterator[tuple[str, ...]]:
    if not len(programmes.park):
        return
    largest = programmes.park[np.argmax(country.population[programmes.park])]
    name = f"Parc naturel régional {of(country.name[largest].label)}"
    for commune in programmes.park:
        yield "pnr-01", name, country.code[commune]


def _rural_contracts(country: Country, cooperation: Cooperation) -> Iterator[tuple[object, ...]]:
    for rank, group in enumerate(cooperation.petr, start=1):
        members = [unit for unit in group.members if country.groupings.nature[unit] == "CC"]
        count = int(np.isin(country.groupings.epci, members).sum())
        for unit in members:
            epci = (country.epci_siren[unit], country.epci_name[unit])
            yield f"CR{rank:04d}", group.name, "PETR", count, SIGNED, *epci, "CC", 1.0
