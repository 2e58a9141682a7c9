"""A signature recorded by mistake: withdrawn with its reason until the text is concluded."""

import pytest
from tests.contracts.world import AT, TODAY

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.life import advance
from maillage.contracts.actions.parties import remove_party, withdraw_signature
from maillage.contracts.actions.texts import freeze_text, withdraw_text
from maillage.contracts.models import Party, Signature
from maillage.contracts.reading import facts_of
from maillage.contracts.snapshot import parties_of


def take_back(world, signature, reason="Ce n’est pas la bonne collectivité."):
    withdraw_signature(signature=signature, reason=reason, by=world.lead, at=AT)


def test_it_binds_nobody_any_more_and_stays_in_the_journal(world):
    contract = world.drafting()
    version = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    party = parties_of(contract)[0]
    given = world.sign(party, version)
    assert party.organisation.name in facts_of(contract, TODAY).signed
    take_back(world, given)
    assert party.organisation.name not in facts_of(contract, TODAY).signed
    assert not version.signatures.filter(party=party).exists()
    kept = Signature.every.get(pk=given.pk)
    assert (kept.signatory, kept.withdrawn_at) == (given.signatory, AT)
    line = JournalEntry.objects.get(verb="signature_withdrawn")
    assert line.before["signatory"] == given.signatory
    assert line.after["reason"] == "Ce n’est pas la bonne collectivité."
    again = world.sign(party, version)
    assert [one.pk for one in version.signatures.filter(party=party)] == [again.pk]


def test_the_text_may_then_be_written_again_and_the_party_removed(world):
    contract = world.drafting()
    version = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    party = parties_of(contract)[3]
    given = world.sign(party, version)
    with pytest.raises(InputError):
        withdraw_text(version=version, by=world.lead, at=AT)
    take_back(world, given)
    withdraw_text(version=version, by=world.lead, at=AT)
    party.refresh_from_db()
    remove_party(party=party, revision=party.revision, by=world.lead, at=AT)
    assert Party.objects.get(pk=party.pk).until == TODAY  # its history names it


def test_a_method_accord_until_it_is_concluded(world):
    contract = world.prepared()
    first, second = parties_of(contract)[:2]
    taken_back = world.sign(first, None)
    take_back(world, taken_back)
    kept = [world.sign(first, None), world.sign(second, None)]
    advance(
        contract=contract, revision=contract.revision, step="sign_method", on=TODAY,
        by=world.state, at=AT,
    )  # fmt: skip
    with pytest.raises(InputError, match="conclu"):
        take_back(world, Signature.objects.get(pk=kept[0].pk))


def test_neither_without_a_reason_nor_once_in_force(world):
    contract = world.drafting()
    version = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    given = [world.sign(party, version) for party in parties_of(contract)]
    with pytest.raises(InputError, match="raison"):
        take_back(world, given[0], reason="  ")
    for step in ("sign", "enter_force"):
        contract.refresh_from_db()
        advance(
            contract=contract, revision=contract.revision, step=step, on=TODAY,
            by=world.state, at=AT,
        )  # fmt: skip
    with pytest.raises(InputError, match="avenant"):
        take_back(world, given[0])
    assert Signature.objects.filter(version=version).count() == len(given)
