"""Version 1 prints as it was signed once version 2 is in force; an avenant says what it changes."""

import io

import pypdf
import pytest
from docx import Document
from tests.contracts.world import AT, THREE, TODAY, make_world

from maillage.contracts.actions.avenants import (
    differences,
    enforce_avenant,
    freeze_avenant,
    open_an_avenant,
)
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.parties import add_party
from maillage.contracts.actions.perimeters import propose_perimeter
from maillage.contracts.diff import diff
from maillage.contracts.footprints import footprint
from maillage.contracts.reading import signatories
from maillage.contracts.snapshot import build_snapshot
from maillage.documents.papers.contract import avenant_paper, contract_paper
from maillage.documents.papers.open_text import odt
from maillage.documents.papers.printed import paper_pdf
from maillage.documents.papers.word import docx

pytestmark = pytest.mark.django_db
COPIL = Authority("copil", TODAY, "Compte rendu du 2 mars 2026", "favourable", TODAY)


def text_of(version):
    version.refresh_from_db()
    signed = version.signatures.select_related("party__organisation")
    return contract_paper(version.snapshot, version, signed, fictional=True)


def amended(world):
    """The contract in force, then an avenant that brings a fourth EPCI, in force too."""
    contract, first = world.in_force()
    before = paper_pdf("contract", text_of(first))
    avenant = open_an_avenant(
        contract=contract, title="Accueil des Îles", purpose="", by=world.lead, at=AT
    )
    area = footprint(world.geography, f"{THREE}+200000004")
    propose_perimeter(
        contract=contract, revision=contract.revision, area=area, by=world.lead, at=AT
    )
    add_party(
        contract=contract, organisation=world.epcis[3], capacity="epci", by=world.lead, at=AT,
    )  # fmt: skip
    avenant.refresh_from_db()
    record_decision(
        contract=contract, kind="avenant", authority=COPIL, avenant=avenant, by=world.state, at=AT
    )
    draft = avenant_paper(
        avenant, build_snapshot(contract, proposed=True), differences(avenant, {}), fictional=True
    )
    second = freeze_avenant(avenant=avenant, revision=avenant.revision, by=world.lead, at=AT)
    for party in signatories(contract, second):
        world.sign(party, second)
    enforce_avenant(
        avenant=avenant, revision=avenant.revision, on=TODAY, by=world.state, at=AT, area=area
    )
    return first, second, avenant, before, draft


def words(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def test_version_one_prints_as_it_was_signed():
    world = make_world()
    first, second, _, before, _ = amended(world)
    newcomer = world.epcis[3].name
    assert paper_pdf("contract", text_of(first)) == before
    assert newcomer not in words(before)
    assert newcomer in words(paper_pdf("contract", text_of(second)))
    assert "Version 1" in words(before)
    assert f"Signataire de {world.epcis[0].name}" in words(before)


def test_an_avenant_says_what_it_changes_before_and_after():
    world = make_world()
    first, second, avenant, _, draft = amended(world)
    newcomer = world.epcis[3].name
    avenant.refresh_from_db()
    changes = diff(first.snapshot, second.snapshot)
    paper = avenant_paper(avenant, second.snapshot, changes, fictional=True)
    for found in (draft, paper):
        rows = [row for part in found["parts"] for row in part["rows"]]
        assert any(row["title"] == newcomer and row["what"] == "Ajouté" for row in rows)
        communes = next(part for part in found["parts"] if part["title"] == "Communes")
        assert communes["names"][0].startswith("Ajouts (2)")
        assert communes["rows"] == []
    assert "ni arrêté ni signé" in draft["moment"]
    assert any("compte rendu du 2 mars 2026" in text for text in paper["decisions"])
    assert len(paper["signatures"]) == 5
    text = words(paper_pdf("avenant", paper))
    assert "Le présent avenant modifie la version 1" in text
    assert Document(io.BytesIO(docx("avenant", paper))).tables
    assert odt("avenant", paper).startswith(b"PK")
