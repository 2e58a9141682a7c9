"""An avenant is a difference that becomes the next version; the signed one never changes."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from tests.contracts.world import AT, EPCIS, THREE, TODAY, geography

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.contracts.actions.avenants import (
    abandon_avenant,
    differences,
    edit_avenant,
    enforce_avenant,
    freeze_avenant,
    open_an_avenant,
)
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.imports import import_contract
from maillage.contracts.actions.parties import add_party, remove_party
from maillage.contracts.actions.perimeters import propose_perimeter
from maillage.contracts.actions.strategy import add_node, edit_node, remove_node
from maillage.contracts.actions.texts import adopt_signed_text
from maillage.contracts.footprints import footprint
from maillage.contracts.models import ContractVersion
from maillage.contracts.models.versions import ImmutableError
from maillage.contracts.reading import signatories
from maillage.contracts.snapshot import build_snapshot, digest, drift, needing, parties_of

COPIL = Authority("copil", TODAY, "Compte rendu du 2 mars 2026", "favourable", TODAY)
FOUR = f"{THREE}+200000004"


def opened(world):
    contract, version = world.in_force()
    avenant = open_an_avenant(
        contract=contract, title="Accueil des Îles", purpose="", by=world.lead, at=AT
    )
    return contract, version, avenant


def test_an_avenant_adds_an_epci(world):
    contract, first, avenant = opened(world)
    signed = json.dumps(first.snapshot, sort_keys=True)
    area = footprint(world.geography, FOUR)
    propose_perimeter(
        contract=contract, revision=contract.revision, area=area, by=world.lead, at=AT
    )
    add_party(
        contract=contract,
        organisation=world.epcis[3],
        capacity="epci",
        by=world.lead,
        at=AT,
    )
    assert len(parties_of(contract)) == 4
    avenant.refresh_from_db()
    with pytest.raises(InputError, match="Aucune décision ne fonde"):
        freeze_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    record_decision(
        contract=contract, kind="avenant", authority=COPIL, avenant=avenant, by=world.state, at=AT
    )
    second = freeze_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    with pytest.raises(InputError, match="Il manque les signatures de"):
        enforce_avenant(
            avenant=avenant, revision=avenant.revision, on=TODAY, by=world.state, at=AT, area=area
        )
    assert len(signatories(contract, second)) == 5
    for party in signatories(contract, second):
        world.sign(party, second)
    enforce_avenant(
        avenant=avenant, revision=avenant.revision, on=TODAY, by=world.state, at=AT, area=area
    )
    first.refresh_from_db()
    second.refresh_from_db()
    contract.refresh_from_db()
    assert (first.number, first.superseded_on) == (1, TODAY)
    assert (second.number, second.in_force_on) == (2, TODAY)
    assert json.dumps(first.snapshot, sort_keys=True) == signed
    assert digest(first.snapshot) == first.digest
    assert "200000004" in second.snapshot["members"]
    assert contract.territory == "pays"  # the four EPCI are the whole country
    assert len(parties_of(contract)) == 5
    assert drift(second.snapshot, build_snapshot(contract), with_operations=False) == []
    assert contract.places.filter(place="200000004").exists()


def test_drift_is_sorted_by_procedure_and_by_operations(world):
    contract, version, _ = opened(world)
    node = contract.strategy.get(kind="orientation")
    edit_node(
        node=node, revision=node.revision, changes={"text": "Précision."}, by=world.lead, at=AT
    )
    add_node(contract=contract, parent=None, title="Énergie", by=world.lead, at=AT)
    operations = {"op-1": {"title": "Une passerelle", "status": "en cours"}}
    changes = drift(version.snapshot, build_snapshot(contract, operations), with_operations=True)
    assert [c.section for c in needing(changes, "none")] == ["strategy"]
    assert [c.section for c in needing(changes, "avenant")] == ["strategy"]
    assert [c.section for c in needing(changes, "copil")] == ["operations"]
    unseen = drift(version.snapshot, build_snapshot(contract), with_operations=False)
    assert {c.section for c in unseen} == {"strategy"}


def test_what_is_left_out_stays_as_signed(world):
    contract, _, avenant = opened(world)
    add_node(contract=contract, parent=None, title="Énergie", by=world.lead, at=AT)
    add_node(contract=contract, parent=None, title="Santé", by=world.lead, at=AT)
    health = next(c.key for c in differences(avenant) if c.after["title"] == "Santé")
    edit_avenant(
        avenant=avenant,
        revision=0,
        title="Énergie",
        purpose="",
        left_out=[health],
        by=world.lead,
        at=AT,
    )
    record_decision(
        contract=contract, kind="avenant", authority=COPIL, avenant=avenant, by=world.state, at=AT
    )
    second = freeze_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    titles = {node["title"] for node in second.snapshot["strategy"].values()}
    assert "Énergie" in titles
    assert "Santé" not in titles


def test_a_party_leaves_with_an_avenant_it_signs(world):
    contract, _, avenant = opened(world)
    leaving = parties_of(contract)[-1]
    remove_party(party=leaving, revision=leaving.revision, by=world.lead, at=AT)
    avenant.refresh_from_db()
    record_decision(
        contract=contract, kind="avenant", authority=COPIL, avenant=avenant, by=world.state, at=AT
    )
    second = freeze_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    assert leaving in signatories(contract, second)
    for party in signatories(contract, second):
        world.sign(party, second)
    enforce_avenant(avenant=avenant, revision=avenant.revision, on=TODAY, by=world.state, at=AT)
    assert leaving not in parties_of(contract)


def test_an_abandoned_avenant_leaves_nothing(world):
    contract, version, avenant = opened(world)
    propose_perimeter(
        contract=contract,
        revision=contract.revision,
        area=footprint(world.geography, FOUR),
        by=world.lead,
        at=AT,
    )
    add_party(contract=contract, organisation=world.epcis[3], capacity="epci", by=world.lead, at=AT)
    with pytest.raises(InputError, match="déjà en cours"):
        open_an_avenant(contract=contract, title="Autre", purpose="", by=world.lead, at=AT)
    with pytest.raises(ConflictError):
        abandon_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    avenant.refresh_from_db()
    abandon_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    living = build_snapshot(contract, proposed=True)
    assert drift(version.snapshot, living, with_operations=False) == []


def test_a_frozen_version_never_changes(world):
    _, version = world.in_force()
    version.snapshot = {}
    with pytest.raises(ImmutableError):
        version.save()
    version.refresh_from_db()
    for act in (version.delete, ContractVersion.objects.all().delete):
        with pytest.raises(ImmutableError):
            act()
    with pytest.raises(ImmutableError):
        ContractVersion.objects.update(snapshot={})
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        QuerySet(ContractVersion).update(snapshot={})
    with pytest.raises(IntegrityError), transaction.atomic():
        QuerySet(ContractVersion).update(withdrawn_at=AT)


def test_a_contract_signed_elsewhere_takes_its_text(world):
    contract = import_contract(
        kind="crte", name="Ancien", area=footprint(geography(), THREE), code="crte-01-1",
        signed_on=TODAY.replace(year=2021), ends_on=TODAY.replace(year=2027), by=world.state, at=AT,
    )  # fmt: skip
    assert contract.status == "in_force"
    assert [p.organisation.name for p in parties_of(contract)] == list(EPCIS.values())[:3]
    version = adopt_signed_text(contract=contract, by=world.state, at=AT)
    assert version.number == 1
    assert version.in_force_on == TODAY.replace(year=2021)
    with pytest.raises(InputError, match="sans version"):
        adopt_signed_text(contract=contract, by=world.state, at=AT)


def test_a_strategy_is_taken_down_from_its_leaves(world):
    contract = world.prepared()
    axe = contract.strategy.get(kind="axe")
    orientation = contract.strategy.get(kind="orientation")
    assert (axe.number, orientation.number) == ("1", "1.1")
    with pytest.raises(InputError, match="porte encore"):
        remove_node(node=axe, revision=axe.revision, by=world.lead, at=AT)
    objectif = add_node(
        contract=contract, parent=orientation, title="Trois lignes", by=world.lead, at=AT
    )
    assert (objectif.kind, objectif.number) == ("objectif", "1.1.1")
    with pytest.raises(InputError, match="sous un objectif"):
        add_node(contract=contract, parent=objectif, title="Trop", by=world.lead, at=AT)
    remove_node(node=objectif, revision=objectif.revision, by=world.lead, at=AT)
    assert contract.strategy.count() == 2
