"""The life of a contract goes along the table, and says all that keeps it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.contracts.world import AT, TODAY

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import JournalEntry
from maillage.accounts.perms import RIGHTS
from maillage.common.errors import InputError
from maillage.contracts.actions.contracts import create_contract, edit_contract
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.actions.life import DECIDES, Answers, advance
from maillage.contracts.actions.parties import add_party, record_signature
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.texts import freeze_text, withdraw_text
from maillage.contracts.footprints import footprint
from maillage.contracts.life import GUARDS, next_steps
from maillage.contracts.models import Contract
from maillage.contracts.models.contracts import STATUSES
from maillage.contracts.reading import facts_of
from maillage.contracts.snapshot import parties_of
from maillage.contracts.tables import ACTS, DECISION_KINDS, STEPS
from maillage.contracts.tables import STATUSES as LABELS

COPIL = Authority("copil", TODAY, "Compte rendu du 2 mars 2026")


def test_the_table_is_whole():
    assert tuple(LABELS) == STATUSES
    named = {g for step in STEPS.values() for g in step.guards} | {
        g for a in ACTS.values() for g in a
    }
    assert named == set(GUARDS)
    for step in STEPS.values():
        assert step.to in LABELS
        assert step.right in RIGHTS
        assert ("authority" in step.asks) == (step.id in DECIDES)
    assert set(DECIDES.values()) <= set(DECISION_KINDS)
    reached = {step.to for step in STEPS.values()} | {"preparing"}
    assert reached == set(LABELS)


@pytest.mark.parametrize(
    ("status", "step"),
    [(s, id) for s in STATUSES for id, step in STEPS.items() if s not in step.sources],
)
def test_no_step_is_taken_from_elsewhere(world, status, step):
    world.contract.status = status
    Contract.objects.filter(pk=world.contract.pk).update(
        status=status,
        signed_on=TODAY, in_force_on=TODAY, starts_on=TODAY, ends_on=TODAY + timedelta(days=9),
        method_agreed_on=TODAY, ended_on=TODAY, ended_reason="x", final_review="x",
    )  # fmt: skip
    with pytest.raises(InputError, match="ne peut pas passer"):
        advance(
            contract=world.contract,
            revision=world.contract.revision,
            step=step,
            on=TODAY,
            by=world.state,
            at=AT,
        )


def test_all_that_is_missing_is_said_at_once(world):
    sign_method, draft, refuse = next_steps(facts_of(world.contract, TODAY))
    assert (draft.step.to, draft.blocked) == ("drafting", ("Le périmètre n’est pas arrêté.",))
    assert sign_method.blocked == (
        "Le périmètre n’est pas arrêté.",
        "La collectivité qui porte le contrat n’est pas dite.",
        "L’accord de méthode attend la signature de l’État et du représentant des collectivités.",
    )
    assert refuse.blocked == ()
    with pytest.raises(InputError) as error:
        advance(
            contract=world.contract,
            revision=world.contract.revision,
            step="sign_method",
            on=TODAY,
            by=world.state,
            at=AT,
        )
    assert all(sentence in str(error.value) for sentence in sign_method.blocked)


def test_three_epcis_and_the_state_co_sign(world):
    """In force only with every required signature, each recorded with its mandate."""
    contract = world.drafting()
    version = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    *first, last = parties_of(contract)
    for party in first:
        world.sign(party, version)
    advance(
        contract=contract, revision=contract.revision, step="sign", on=TODAY, by=world.state, at=AT
    )
    with pytest.raises(InputError, match="Il manque la signature de CA d’Aval"):
        advance(
            contract=contract,
            revision=contract.revision,
            step="enter_force",
            on=TODAY,
            by=world.state,
            at=AT,
        )
    world.sign(last, version)
    advance(
        contract=contract,
        revision=contract.revision,
        step="enter_force",
        on=TODAY,
        by=world.state,
        at=AT,
    )
    version.refresh_from_db()
    assert contract.status == "in_force"
    assert version.in_force_on == TODAY
    signed = JournalEntry.objects.filter(contract_id=contract.pk, object_kind="signature")
    assert [line.after["organisation"] for line in signed.order_by("id")[2:]] == [
        "Préfecture du Nord", "CC d’Amont", "CC du Milieu", "CA d’Aval",
    ]  # fmt: skip


def test_a_text_can_be_written_again_until_somebody_signs(world):
    contract = world.drafting()
    first = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    withdraw_text(version=first, by=world.lead, at=AT)
    second = freeze_text(contract=contract, committed=(), by=world.lead, at=AT)
    assert (first.number, second.number) == (1, 1)
    party = parties_of(contract)[0]
    with pytest.raises(InputError, match="n’attend pas"):
        world.sign(party, first)
    world.sign(party, second)
    with pytest.raises(InputError, match="porte déjà une signature"):
        withdraw_text(version=second, by=world.lead, at=AT)


def test_a_signature_to_come_is_not_recorded(world):
    party = parties_of(world.prepared())[0]
    with pytest.raises(InputError, match="une fois donnée"):
        record_signature(
            party=party, version=None, signed_on=TODAY + timedelta(days=1), signatory="X",
            by=world.lead, at=AT,
        )  # fmt: skip


def test_expiry_extension_and_closing(world):
    contract, _ = world.in_force()
    with pytest.raises(InputError, match="court jusqu’au 31\u00a0décembre 2031"):
        advance(
            contract=contract,
            revision=contract.revision,
            step="expire",
            on=TODAY,
            by=world.state,
            at=AT,
        )
    late = AT.replace(year=2032)
    advance(
        contract=contract,
        revision=contract.revision,
        step="expire",
        on=late.date(),
        by=world.state,
        at=late,
    )
    with pytest.raises(InputError) as error:
        advance(
            contract=contract,
            revision=contract.revision,
            step="extend",
            on=late.date(),
            by=world.state,
            at=late,
        )
    assert "référence" in str(error.value)
    assert "échéance" in str(error.value)
    answers = Answers(authority=COPIL, ends_on=date(2032, 12, 31))
    advance(
        contract=contract,
        revision=contract.revision,
        step="extend",
        on=late.date(),
        by=world.state,
        at=late,
        answers=answers,
    )
    assert contract.status == "extended"
    assert contract.decisions.get().kind == "extension"
    closing = Answers(authority=COPIL, text="Quarante-trois opérations, dont trente achevées.")
    advance(
        contract=contract,
        revision=contract.revision,
        step="close",
        on=late.date(),
        by=world.state,
        at=late,
        answers=closing,
    )
    assert contract.status == "closed"
    assert next_steps(facts_of(contract, late.date())) == []


def test_renewed_by_a_successor(world):
    contract, _ = world.in_force()
    answers = Answers(authority=COPIL)
    with pytest.raises(InputError, match="prendre la suite"):
        advance(
            contract=contract,
            revision=contract.revision,
            step="renew",
            on=TODAY,
            by=world.state,
            at=AT,
            answers=answers,
        )
    create_contract(kind="crte", name="La suite", previous=contract, by=world.lead, at=AT)
    advance(
        contract=contract,
        revision=contract.revision,
        step="renew",
        on=TODAY,
        by=world.state,
        at=AT,
        answers=answers,
    )
    assert contract.status == "renewed"


@pytest.mark.parametrize(
    "half",
    [
        {"status": "signed"},
        {"status": "in_force", "signed_on": TODAY},
        {"status": "closed"},
        {"status": "refused"},
        {"status": "lost"},
        {"starts_on": TODAY, "ends_on": TODAY},
        {"status": "method_agreed"},
    ],
)
def test_half_states_are_impossible(world, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=world.contract.pk).update(**half)


def test_two_people_never_lose_a_change(world):
    contract, seen = world.contract, world.contract.revision
    edit_contract(contract=contract, revision=seen, changes={"name": "A"}, by=world.lead, at=AT)
    mine = {"name": "B", "project": "Le mien"}
    with pytest.raises(ConflictError) as error:
        edit_contract(contract=contract, revision=seen, changes=mine, by=world.state, at=AT)
    assert error.value.now == {"name": "A", "project": ""}
    assert error.value.mine == mine
    contract.refresh_from_db()
    assert contract.name == "A"


def test_a_signed_contract_keeps_its_dates_and_perimeter(world):
    contract, _ = world.in_force()
    with pytest.raises(InputError, match="clause"):
        edit_contract(
            contract=contract, revision=contract.revision, changes={"ends_on": date(2040, 1, 1)},
            by=world.lead, at=AT,
        )  # fmt: skip
    area = footprint(world.geography, "200000001")
    with pytest.raises(InputError, match="par avenant"):
        set_perimeter(
            contract=contract,
            revision=contract.revision,
            area=area,
            since=TODAY,
            by=world.lead,
            at=AT,
        )
    with pytest.raises(InputError, match="par avenant"):
        add_party(
            contract=contract, organisation=world.epcis[3], capacity="epci", by=world.lead, at=AT
        )


def test_names_make_addresses_that_differ(db):
    made = [create_contract(kind="crte", name="L’Été", by=None, at=AT).slug for _ in range(3)]
    assert made == ["crte-lete", "crte-lete-2", "crte-lete-3"]
