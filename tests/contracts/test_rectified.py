"""A decision recorded wrongly: kept as it was, put right by another that points at it."""

import pytest
from django.db import DatabaseError, transaction
from tests.contracts.world import AT, TODAY, make_world

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.actions.decisions import (
    Authority,
    record_decision,
    rectify_decision,
)
from maillage.contracts.history import line_of
from maillage.contracts.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided():
    world = make_world()
    contract, _ = world.in_force()
    made = record_decision(
        contract=contract, kind="funding", authority=Authority("copil", TODAY, "CR 1"),
        subject="Douze mille euros", by=world.lead, at=AT,
    )  # fmt: skip
    return world, made


def rectify(world, decision, reason="Le montant était faux.", subject="Treize mille euros"):
    return rectify_decision(
        decision=decision, kind="funding", authority=Authority("copil", TODAY, "CR 1"),
        subject=subject, reason=reason, by=world.lead, at=AT,
    )  # fmt: skip


def test_both_are_readable_and_point_at_each_other(decided):
    world, first = decided
    second = rectify(world, first)
    first = Decision.objects.get(pk=first.pk)
    assert first.subject == "Douze mille euros"
    assert first.rectified_by == second
    assert (second.rectifies, second.reason) == (first, "Le montant était faux.")


def test_the_journal_says_what_changed_and_why(decided):
    world, first = decided
    rectify(world, first)
    line = line_of(JournalEntry.objects.filter(object_kind="decision", verb="rectified").get())
    assert line.sentence == "Décision rectifiée"
    assert ("Ce qui est décidé", "Douze mille euros", "Treize mille euros") in line.details
    assert ("Motif", "", "Le montant était faux.") in line.details


def test_it_has_a_reason_and_comes_once(decided):
    world, first = decided
    with pytest.raises(InputError, match="se motive"):
        rectify(world, first, reason=" ")
    second = rectify(world, first)
    with pytest.raises(InputError, match="déjà rectifiée"):
        rectify(world, first)
    third = rectify(world, second, subject="Quatorze mille euros")
    assert [row.subject for row in (third, third.rectifies, third.rectifies.rectifies)] == [
        "Quatorze mille euros", "Treize mille euros", "Douze mille euros",
    ]  # fmt: skip


def test_the_base_itself_keeps_both(decided):
    world, first = decided
    second = rectify(world, first)
    acts = (
        lambda: Decision.objects.filter(pk=first.pk).update(subject="Autre"),
        lambda: Decision.objects.filter(pk=second.pk).update(reason="Autre"),
        lambda: Decision.objects.filter(pk=second.pk).update(rectifies=None),
        lambda: Decision.objects.filter(pk=second.pk).update(votes_for=9),
        lambda: Decision.objects.create(
            contract=first.contract, instance="copil", kind="funding", decided_on=TODAY,
            reference="CR", subject="Sans rien rectifier", reason="Motif",
        ),
    )  # fmt: skip
    for act in acts:
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
