"""Groupings and contracts: contiguous members, and the oddities of the published files."""

from pathlib import Path

from maillage.synth.cooperation import invent_cooperation
from maillage.synth.country import Country
from maillage.synth.former_epci import former_epcis

from .conftest import read


def test_petr_are_rural_and_disjoint(country: Country) -> None:
    petr = invent_cooperation(country).petr
    members = [unit for group in petr for unit in group.members]
    assert len(members) == len(set(members)) > 0
    assert {country.groupings.nature[unit] for unit in members} == {"CC"}
    assert all(len(group.members) >= 2 for group in petr)


def test_every_epci_has_one_contract(country: Country) -> None:
    contracts = invent_cooperation(country).contracts
    members = sorted(unit for contract in contracts for unit in contract.members)
    assert members == list(range(30))
    assert [contract.signed for contract in contracts].count("") == 1


def test_one_contract_straddles_two_regions(country: Country) -> None:
    region = country.groupings.region[country.epci_seat]
    spans = [len(set(region[list(c.members)])) for c in invent_cooperation(country).contracts]
    assert spans.count(2) == 1


def test_published_contracts_show_several_ids_communes_alone_and_no_signature(
    country: Country, demo_mirror: Path
) -> None:
    folder = demo_mirror / "programmes"
    communes = read(folder / "liste-crte-com2025-20250717.csv")
    assert any(" ; " in row["id_crte"] for row in communes)
    assert {row["insee_com"] for row in communes} == set(country.code)
    groupements = read(folder / "liste-crte-grpt2025-20250717.csv")
    assert any(row["nature_juridique"] == "COM" and not row["siren_epci"] for row in groupements)
    assert any(not row["date_signature"] for row in groupements)


def test_former_epci_cover_the_former_communes_once(country: Country) -> None:
    former = former_epcis(country)
    chiefs = [chief for group in former for chief in group.communes]
    assert len(chiefs) == len(set(chiefs))
    assert len(former) > 30
    assert len({group.siren for group in former}) == len(former)
    alone = len(set(country.composition.then)) - len(chiefs)
    assert alone == country.scale.without_epci
