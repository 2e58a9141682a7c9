"""Each kind of contract has its own parties, its own words, its own length."""

from datetime import date

import pytest
from tests.contracts.world import AT, THREE, TODAY

from maillage.common.errors import InputError
from maillage.contracts.actions.contracts import create_contract, edit_contract
from maillage.contracts.actions.life import advance
from maillage.contracts.actions.parties import add_party
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.actions.texts import freeze_text
from maillage.contracts.footprints import footprint
from maillage.contracts.life import Facts, missing
from maillage.contracts.snapshot import build_snapshot, parties_of
from maillage.contracts.tables import CAPACITIES, KINDS
from maillage.documents.papers.contract import contract_paper


def step(world, contract, name):
    advance(
        contract=contract, revision=contract.revision, step=name, on=TODAY, by=world.lead, at=AT
    )


def written(world, kind):
    """A contract of that kind, of two EPCI, without any method accord, up to its drafting."""
    by = world.lead
    contract = create_contract(kind=kind, name="Ville et vallées", by=by, at=AT)
    area = footprint(world.geography, THREE)
    set_perimeter(contract=contract, revision=0, area=area, since=TODAY, by=by, at=AT)
    for body in world.epcis[:2]:
        add_party(contract=contract, organisation=body, capacity="epci", by=by, at=AT)
    axe = add_node(contract=contract, parent=None, title="Alimentation", by=by, at=AT)
    add_node(contract=contract, parent=axe, title="Circuits courts", by=by, at=AT)
    changes = {
        "lead": world.epcis[0], "starts_on": TODAY, "ends_on": date(2029, 1, 1),
        "state_of_play": "Une ville, des vallées.",
    }  # fmt: skip
    contract.refresh_from_db()
    edit_contract(contract=contract, revision=contract.revision, changes=changes, by=by, at=AT)
    step(world, contract, "start_drafting")
    return contract


def test_a_reciprocity_contract_is_signed_without_the_state(world):
    contract = written(world, "reciprocite")
    assert contract.method_agreed_on is None
    version = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    first, second = parties_of(contract)
    world.sign(first, version)
    with pytest.raises(InputError, match="Deux territoires, EPCI ou PETR, doivent avoir signé"):
        step(world, contract, "sign")
    world.sign(second, version)
    step(world, contract, "sign")
    step(world, contract, "enter_force")
    assert contract.status == "in_force"
    paper = contract_paper(build_snapshot(contract), version, (), fictional=True)
    assert "s’engagent l’un envers l’autre" in paper["opening"]
    assert not paper["with_state"]


def test_a_crte_waits_for_the_state(world):
    with pytest.raises(InputError, match="L’État n’est pas partie au contrat"):
        freeze_text(contract=written(world, "crte"), committed=(), by=world.lead, at=AT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_who_binds_it_in_words_that_fit(kind):
    rules = KINDS[kind].binds
    assert all(set(rule.any) <= set(CAPACITIES) and rule.least > 0 for rule in rules)
    facts = Facts(status="drafting", today=TODAY, kind=kind)
    for guard, said in (
        ("binding_parties_are_there", [rule.absent for rule in rules]),
        ("binding_parties_have_signed", [rule.unsigned for rule in rules]),
    ):
        assert missing((guard,), facts) == (" ".join(said),)
    assert ("État" in KINDS[kind].opening) == KINDS[kind].with_state


def test_the_usual_end_follows_the_kind():
    assert KINDS["crte"].usual_end(date(2026, 1, 1)) == date(2031, 12, 31)
    assert KINDS["reciprocite"].usual_end(date(2024, 2, 29)) == date(2027, 2, 28)
