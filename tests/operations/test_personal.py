"""What people may ask of the site: all that is kept about them, then that it be erased."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from tests.contracts.world import AT, make_world

from maillage.accounts.actions.accounts import DELETED, delete_account
from maillage.accounts.actions.invitations import invite
from maillage.accounts.actions.links import make_link
from maillage.accounts.export import PERSONAL, everything_about
from maillage.accounts.models import AccountSession, Person, RecoveryCode
from maillage.governance.actions.committees import add_member, create_committee
from maillage.operations.actions.attached import attach, comment
from maillage.operations.actions.intakes import start_intake
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.actions.operations import open_operation
from maillage.operations.actions.proposals import make_proposal_link, propose
from maillage.operations.actions.views import make_feed, save_view
from maillage.operations.filters import read_filters
from maillage.operations.models import Proposal
from maillage.participation.about import About
from maillage.participation.actions import leave_remark

DAY = AT.date()
TEXTS = (models.CharField, models.TextField, models.JSONField)


def points_at_a_person(field) -> bool:
    """By a key, or by an address."""
    return field.related_model is Person or isinstance(field, models.EmailField)


def test_every_column_that_points_at_a_person_is_exported_or_says_why_not():
    own = {f"accounts.Person.{field.name}" for field in Person._meta.concrete_fields}
    found = own | {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if points_at_a_person(field)
    }
    said = set(PERSONAL["exported"]) | set(PERSONAL["left_out"])
    said |= {f"accounts.Person.{name}" for name in PERSONAL["account"].values()}
    assert found - said == set(), "exportez ces colonnes, ou dites pourquoi (personal.yaml)"
    assert said - found == set(), "ces colonnes n’existent plus"
    assert all(len(reason) > 20 for reason in PERSONAL["left_out"].values())


@pytest.fixture
def everywhere(db, settings, tmp_path):
    """Léa, of whom every table keeps something."""
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    by, (contract, _) = world.lead, world.in_force()
    person = Person.objects.get(pk=by.person_id)
    body = world.epcis[0]
    someone = {"organisation": body, "role": "elected", "contract_id": contract.pk}
    invite(email="maire@exemple.fr", name="Le maire", by=by, at=AT, **someone)
    invite(email=person.email.upper(), name="Léa", by=world.state, at=AT, **someone)
    make_link(contract_id=contract.pk, label="Élus", days=9, by=by, at=AT)
    operation = open_operation(contract=contract, title="Halte", by=by, at=AT)
    comment(operation=operation, text="Le terrain est acquis.", by=by, at=AT)
    attach(operation=operation, name="plan.pdf", content=b"%PDF-1.7 x", by=by, at=AT)
    freeze_maquette(
        contract=contract, year=2026, decided_on=DAY, instance="copil", reference="CR 2", by=by,
        at=AT,
    )  # fmt: skip
    start_intake(contract=contract, name="a.csv", content=b"Titre;B\nx;y\n", by=by, at=AT)
    link, _ = make_proposal_link(contract=contract, label="Communes", days=9, by=by, at=AT)
    propose(
        link=link, title="Four", description="À pain.", owner="Arcy", contact=person.email, at=AT
    )
    save_view(contract=contract, name="Retards", filters=read_filters({}), by=by, at=AT)
    make_feed(by=by, at=AT)
    about = About(page="/", subject="")
    leave_remark(about=about, text="Faux.", name="Léa", email=person.email, edition="", at=AT)
    committee = create_committee(contract=contract, kind="copil", by=by, at=AT)
    add_member(
        committee=committee, organisation=body, name="Léa", email=person.email, since=DAY, by=by,
        at=AT,
    )  # fmt: skip
    RecoveryCode.objects.create(person=person, digest="empreinte-secrète")
    AccountSession.objects.create(
        session_key="clef-secrète", session_data="", expire_date=AT + timedelta(days=9),
        person=person, agent="Firefox",
    )  # fmt: skip
    return person


def test_the_export_says_all_of_it_and_no_secret(everywhere):
    told = everything_about(everywhere)
    empty = {one["section"] for one in PERSONAL["exported"].values() if not told[one["section"]]}
    assert empty == set()
    assert told["commentaires"][0]["texte"] == "Le terrain est acquis."
    assert told["invitations_envoyées"][0]["à"] == "Le maire"
    assert told["invitations_reçues"][0]["rôle"] == "elected"
    assert told["remarques_en_attente"][0]["texte"] == "Faux."
    text = json.dumps(told, ensure_ascii=False)
    assert "secrète" not in text
    assert "maire@exemple.fr" not in text


def test_somebody_else_is_not_in_it(everywhere):
    other = Person.objects.exclude(pk=everywhere.pk).get()
    told = everything_about(other)
    assert [one["à"] for one in told["invitations_envoyées"]] == ["Léa"]
    assert told["commentaires"] == told["sessions"] == told["invitations_reçues"] == []


def test_a_deleted_account_leaves_neither_name_nor_address(everywhere):
    """Nowhere but on the fiche that came from that address, and on the seat they held in a
    committee: both say who answered."""
    name, email = everywhere.name, everywhere.email
    delete_account(person=everywhere, at=AT)
    left = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS)
        for text in model._base_manager.values_list(field.name, flat=True)
        if email.lower() in str(text).lower() or name in str(text)
    }
    assert left <= {("operations.Proposal", "contact"), ("governance.Member", "email")}
    assert Proposal.objects.filter(contact=email).exists()
    told = everything_about(everywhere)
    assert told["nom"] == DELETED
    assert told["filtres_gardés"] == told["agenda"] == told["sessions"] == []
    assert told["commentaires"], "ce qui fut dit reste, sans nom"
