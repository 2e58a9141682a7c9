"""EPCI that own or pay sign the contract themselves (R001): read from its operations."""

from datetime import timedelta

import pytest
from tests.contracts.world import AT, TODAY, make_world
from tests.operations.world import line, operation

from maillage.accounts.models import Organisation
from maillage.common.errors import InputError
from maillage.contracts.actions.parties import add_party, edit_party
from maillage.contracts.actions.texts import freeze_text
from maillage.contracts.commitments import unsigned
from maillage.contracts.models import Party
from maillage.operations.committed import committed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def freeze(world, contract):
    return freeze_text(contract=contract, committed=committed(contract), by=world.lead, at=AT)


def test_the_text_waits_for_each_epci_that_pilots_or_pays(world):
    """Each is named with what it does; once a party whose signature is required, it no longer
    keeps the text."""
    contract, outsider, party = world.drafting(), world.epcis[3], None
    other = Organisation.objects.create(name="CC du Phare", nature="cc")
    trail = operation(contract, "Voie verte", (outsider,))
    line(trail, "epci", funder_id=other.pk)
    with pytest.raises(InputError) as refused:
        freeze(world, contract)
    said = str(refused.value)
    assert f"{outsider.name} pilote « Voie verte » : sa signature est à requérir." in said
    assert "CC du Phare co-finance « Voie verte »" in said
    for body in (outsider, other):
        party = add_party(
            contract=contract, organisation=body, capacity="epci", required=False,
            by=world.lead, at=AT,
        )  # fmt: skip
        party.refresh_from_db()
    with pytest.raises(InputError, match="CC du Phare co-finance"):
        freeze(world, contract)
    for party in Party.objects.filter(contract=contract, required=False):
        edit_party(
            party=party, revision=party.revision, changes={"required": True}, by=world.lead, at=AT
        )
    assert freeze(world, contract).number == 1


def test_what_binds_nobody(world):
    """An operation « hors CRTE » or dropped, a line refused, a draft, an owner that is no EPCI."""
    contract, outsider = world.drafting(), world.epcis[3]
    operation(contract, "Ailleurs", (outsider,), outside=True)
    operation(contract, "Abandonnée", (outsider,), status="dropped")
    kept = operation(
        contract, "Halle", (Organisation.objects.create(name="Arcy", nature="commune"),)
    )
    line(kept, "epci", funder_id=outsider.pk, refused_on=TODAY - timedelta(days=3))
    line(kept, "epci", kind="draft", funder_id=outsider.pk)
    assert [one.name for one in committed(contract)] == ["Arcy"]
    assert freeze(world, contract).number == 1


def test_after_signature_it_asks_for_an_avenant(world):
    contract, version = world.in_force()
    operation(contract, "Voie verte", (world.epcis[3],))
    operation(contract, "Halle", (world.epcis[0],))
    [found] = unsigned(committed(contract), version)
    assert found.told == "CC des Îles pilote « Voie verte »"
