"""A contract past its term, and the one that takes over from it."""

from datetime import date, timedelta

import pytest
from tests.contracts.world import AT, TODAY, make_world
from tests.operations.world import line, operation

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.actions.life import Answers, advance
from maillage.contracts.actions.parties import edit_party
from maillage.contracts.models import Contract
from maillage.contracts.reading import facts_of
from maillage.contracts.snapshot import parties_of, perimeter_of
from maillage.operations.actions import attached
from maillage.operations.actions.successors import open_successor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def follow(world, contract):
    return open_successor(
        contract=contract, kind="crte", name="Trois vallées 2032-2037",
        ends_on=date(2037, 12, 31), by=world.lead, at=AT,
    )  # fmt: skip


def test_it_takes_what_goes_on(world):
    """Perimeter, strategy under its own keys, parties to confirm, unfinished operations linked to
    those they continue; their money stays where it was programmed."""
    contract, _ = world.in_force()
    node = contract.strategy.get(kind="orientation")
    alive = operation(
        contract, "Voie verte", (world.epcis[1], world.epcis[0]), orientation_id=node.pk,
        phase="study", status="finished", cotech_opinion="favourable", cotech_on=TODAY,
    )  # fmt: skip
    attached.link_indicator(
        operation=alive, name="Cyclistes", question="results", target="900", by=None, at=AT
    )
    line(alive)
    operation(contract, "Faite", phase="operation", status="finished")
    operation(contract, "Abandonnée", status="dropped")
    made = follow(world, contract)
    assert (made.status, made.previous, made.starts_on) == (
        "preparing", contract, date(2032, 1, 1),
    )  # fmt: skip
    assert perimeter_of(made).communes == perimeter_of(contract).communes
    assert set(made.places.values_list("place")) == set(contract.places.values_list("place"))
    [kept] = made.operations.all()
    assert (kept.title, kept.continues, kept.stage, kept.cotech_opinion) == (
        "Voie verte", alive, "project", "",
    )  # fmt: skip
    assert [pilot.organisation for pilot in kept.pilots.all()] == [world.epcis[1], world.epcis[0]]
    assert (kept.orientation.contract, kept.orientation.title) == (made, node.title)
    assert [one.target for one in kept.indicators.all()] == ["900"]
    assert not kept.lines.exists()
    assert alive.lines.count() == 1
    assert {party.to_confirm for party in parties_of(made)} == {True}
    told = JournalEntry.objects.filter(verb__in=("took_over", "followed"))
    assert set(told.values_list("contract_id", flat=True)) == {made.pk, contract.pk}


def test_its_parties_are_confirmed_one_by_one(world):
    contract, _ = world.in_force()
    made = follow(world, contract)
    first, *others = parties_of(made)
    facts = facts_of(made, TODAY)
    assert facts.to_confirm == tuple(party.organisation.name for party in (first, *others))
    edit_party(party=first, revision=0, changes={}, by=world.lead, at=AT)
    assert first.organisation.name not in facts_of(made, TODAY).to_confirm


def test_the_former_contract_is_renewed_by_its_own_step(world):
    contract, _ = world.in_force()
    follow(world, contract)
    contract.refresh_from_db()
    advance(
        contract=contract, revision=contract.revision, step="renew", on=TODAY, by=world.state,
        at=AT, answers=Answers(Authority("copil", TODAY, "CR 12")),
    )  # fmt: skip
    assert Contract.objects.get(pk=contract.pk).status == "renewed"


def test_only_one_takes_over_and_only_from_a_signed_contract(world):
    contract = world.drafting()
    with pytest.raises(InputError, match="en vigueur ou arrivé à échéance"):
        follow(world, contract)
    Contract.objects.filter(pk=contract.pk).update(
        status="in_force", signed_on=TODAY, in_force_on=TODAY
    )
    follow(world, contract)
    with pytest.raises(InputError, match="prend déjà la suite"):
        follow(world, contract)


def test_past_its_term(world):
    contract, _ = world.in_force()
    after = contract.ends_on + timedelta(days=1)
    assert [contract.is_past_term(day) for day in (contract.ends_on, after)] == [False, True]
    contract.status = "extended"
    assert contract.is_past_term(after)
    contract.status = "expired"
    assert not contract.is_past_term(after)
