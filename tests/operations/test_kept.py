"""What is kept for ever, said to the database itself: neither rewritten nor removed."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from tests.contracts.world import AT, TODAY, make_world

from maillage.accounts.journal import record
from maillage.accounts.models import JournalEntry
from maillage.accounts.triggers import KEPT
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.papers import attach_minutes, attach_signed_copy
from maillage.contracts.models import Decision, Signature
from maillage.governance.actions.committees import create_committee
from maillage.governance.actions.held import correct, record_attendance, record_minutes
from maillage.governance.actions.meetings import call_meeting
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.actions.operations import open_operation

#: Columns of kept rows that say where they stand, and move: they have rules of their own.
MOVE = {
    "contracts_contractversion": {"in_force_on", "superseded_on", "withdrawn_at"},
    "contracts_signature": {"withdrawn_at"},  # with its reason, which is sealed
    "governance_meeting": {
        *("revision", "starts_at", "place", "formation", "status", "note", "guests"),
        *("convened_on", "cancelled_reason"),
    },
}


@pytest.fixture
def kept(db):
    """One row at least in every table."""
    world = make_world()
    contract, _ = world.in_force()
    record_decision(
        contract=contract, kind="funding", authority=Authority("copil", TODAY, "CR 1"),
        by=world.lead, at=AT,
    )  # fmt: skip
    open_operation(contract=contract, title="Halte", by=world.lead, at=AT)
    freeze_maquette(
        contract=contract, year=2026, decided_on=date(2026, 3, 1), instance="copil",
        reference="CR 2", by=world.lead, at=AT,
    )  # fmt: skip
    _held(contract, world)
    return world


def _held(contract, world) -> None:
    """A meeting whose minutes are recorded, then corrected."""
    by = world.lead
    committee = create_committee(contract=contract, kind="copil", by=by, at=AT)
    day = AT - timedelta(days=9)
    meeting = call_meeting(committee=committee, starts_at=day, by=by, at=AT)
    came = {"revision": meeting.revision, "came": {}, "guests": "", "by": by, "at": AT}
    record_attendance(meeting=meeting, **came)
    record_minutes(
        meeting=meeting, revision=meeting.revision, reference="CR 3", document=None, by=by, at=AT
    )
    correct(meeting=meeting, text="Lire « douze ».", by=by, at=AT)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_column_is_written_once_or_said_to_move():
    """A column added later is not left out by mistake."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    assert set(KEPT) >= {"accounts_journalentry", "contracts_contractversion"}
    for kept in KEPT.values():
        columns = {field.column for field in tables[kept.table]._meta.concrete_fields} - {"id"}
        declared = {*kept.columns, *kept.sealed} | MOVE.get(kept.table, set())
        assert columns == declared, kept.table


@pytest.mark.parametrize("table", sorted(KEPT))
def test_the_database_refuses_to_rewrite_and_to_remove(kept, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        count = cursor.fetchone()[0]
    assert count
    for column in KEPT[table].columns:
        with pytest.raises(DatabaseError, match="written once"):
            run(f'UPDATE {table} SET "{column}" = "{column}"')
    with pytest.raises(DatabaseError, match="never removed"):
        run(f"DELETE FROM {table}")


def test_minutes_and_signed_copies_are_joined_once(kept):
    pdf = ContentFile(b"%PDF-1.7", "x.pdf")
    decision = Decision.objects.filter(document="").first()
    signature = Signature.objects.filter(scan="").first()
    attach_minutes(decision=decision, document=pdf, by=kept.lead, at=AT)
    attach_signed_copy(signature=signature, scan=pdf, by=kept.lead, at=AT)
    for model, column in ((Decision, "document"), (Signature, "scan")):
        rows = model.objects.exclude(**{column: ""})
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            rows.update(**{column: "autre.pdf"})


def test_a_signature_is_withdrawn_once(kept):
    signature = Signature.objects.first()
    Signature.objects.filter(pk=signature.pk).update(withdrawn_at=AT, withdrawn_reason="Doublon.")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Signature.every.filter(pk=signature.pk).update(withdrawn_reason="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tests_that_commit_are_emptied_and_the_locks_put_back(turn):
    """Each turn finds nothing of the former, and the refusals in place."""
    assert not JournalEntry.objects.exists()
    record(by=None, at=AT, verb="added", kind="organisation", id=turn)
    for sql in ("UPDATE {} SET verb = 'x'", "DELETE FROM {}"):
        with pytest.raises(DatabaseError, match=r"written once|never removed"):
            run(sql.format("accounts_journalentry"))
    assert JournalEntry.objects.get().verb == "added"
