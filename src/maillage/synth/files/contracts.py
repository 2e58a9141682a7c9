"""CRTE as the ANCT publishes them: the list, the communes, the groupements."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.codes import commune_siren
from maillage.synth.cooperation import Contract, Cooperation
from maillage.synth.country import Country
from maillage.synth.files.tables import write_rows

EDITION = "20250717"
LIST = "id_crte,lib_crte,date_signature"
COMMUNES = "insee_com,lib_com,id_crte,lib_crte"
GROUPEMENTS = (
    "insee_reg,lib_reg,dep_chef_file,lib_dep,id_crte,lib_crte,type_grp_crte,"
    "siren_groupement,lib_groupement,nature_juridique,siren_epci,date_signature"
)
SEVERAL = " ; "  # between the contracts of one commune


def write_crte(country: Country, cooperation: Cooperation, out: Path) -> None:
    folder, contracts = out / "programmes", cooperation.contracts
    rows = [(contract.code, contract.name, contract.signed) for contract in contracts]
    write_rows(folder / f"liste-crte-{EDITION}.csv", LIST, rows)
    communes = folder / f"liste-crte-com2025-{EDITION}.csv"
    write_rows(communes, COMMUNES, _communes(country, contracts))
    groupements = [row for contract in contracts for row in _groupements(country, contract)]
    write_rows(folder / f"liste-crte-grpt2025-{EDITION}.csv", GROUPEMENTS, groupements)


def _communes(
    country: Country, contracts: tuple[Contract, ...]
) -> Iterator[tuple[str, str, str, str]]:
    held: dict[int, list[Contract]] = defaultdict(list)
    for contract in contracts:
        inside = np.flatnonzero(np.isin(country.groupings.epci, contract.members)).tolist()
        for commune in {*inside, *contract.communes}:
            held[commune].append(contract)
    for commune in sorted(held):
        codes = SEVERAL.join(contract.code for contract in held[commune])
        names = SEVERAL.join(contract.name for contract in held[commune])
        yield country.code[commune], country.name[commune].label, codes, names


def _groupements(country: Country, contract: Contract) -> Iterator[tuple[str, ...]]:
    region, departement = contract.code.split("-")[1:3]
    region_name = country.region_name[country.region_code.index(region)].label
    departement_name = country.departement_name[country.departement_code.index(departement)].label
    kind = "mono" if len(contract.members) + len(contract.communes) == 1 else "pluri"
    head = (region, region_name, departement, departement_name, contract.code, contract.name, kind)
    signed = "-".join(reversed(contract.signed.split("-")))
    for unit in contract.members:
        siren, nature = country.epci_siren[unit], country.groupings.nature[unit]
        yield (*head, siren, country.epci_name[unit], nature, siren, signed)
    for commune in contract.communes:
        code = country.code[commune]
        epci = country.groupings.epci[commune]
        parent = country.epci_siren[epci] if epci >= 0 else ""
        name = country.name[commune].label
        yield (*head, commune_siren(code), name, "COM", parent, signed)
