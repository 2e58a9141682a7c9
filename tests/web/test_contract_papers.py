"""Papers joined after the fact, programmes retired, the journal whole, what is public."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.operations import world
from tests.web.test_contract_action import url
from tests.web.test_operations import contract, epci, lead, signed_in, text  # noqa: F401

from maillage.contracts.models import Decision, Party, ProgrammeLink, Signature
from maillage.operations.actions.attached import comment
from maillage.operations.history import OPENED_BY, journal_words

pytestmark = pytest.mark.django_db


def pdf(content=b"%PDF-1.7 bonjour"):
    return SimpleUploadedFile("cr.pdf", content, "application/pdf")


def test_minutes_are_joined_once_and_read(lead, contract, epci):  # noqa: F811
    made = Decision.objects.create(
        contract=contract, instance="copil", kind="operations", decided_on=world.TODAY,
        reference="CR n° 4", subject="Opérations inscrites",
    )  # fmt: skip
    page = url(contract, f"decisions/{made.pk}/")
    assert lead.get(page).status_code == 404
    assert "Joindre le compte rendu" in text(lead.get(url(contract)))
    assert lead.post(f"{page}joindre/", {"document": pdf(b"MZ")}).status_code == 400
    lead.post(f"{page}joindre/", {"document": pdf()})
    assert b"".join(lead.get(page).streaming_content) == b"%PDF-1.7 bonjour"
    again = lead.post(f"{page}joindre/", {"document": pdf(b"%PDF-1.7 autre")})
    assert "ne se remplace pas" in text(again)
    assert "Compte rendu joint" in text(lead.get(url(contract, "journal/")))
    assert Client().get(page).status_code == 302
    assert signed_in("anct", contract, epci).post(f"{page}joindre/").status_code == 403


def test_a_signed_copy_is_joined_after_the_ceremony(lead, contract, epci):  # noqa: F811
    party = Party.objects.create(contract=contract, organisation=epci, capacity="epci")
    made = Signature.objects.create(
        party=party, version=None, signed_on=world.TODAY, signatory="Ana Roux"
    )
    page = url(contract, f"signatures/{made.pk}/")
    assert "joindre l’exemplaire signé" in text(lead.get(url(contract)))
    lead.post(f"{page}joindre/", {"document": pdf()})
    assert lead.get(page).status_code == 200
    assert "joindre l’exemplaire signé" not in text(lead.get(url(contract)))
    elected = signed_in("elected", contract, epci)
    assert elected.post(f"{page}joindre/", {"document": pdf()}).status_code == 403


def test_a_programme_is_retired(lead, contract):  # noqa: F811
    made = ProgrammeLink.objects.create(
        contract=contract, programme="", name="Contrat local de santé", referenced_on=world.TODAY
    )
    shown = {"revision": made.revision}
    page = lead.post(url(contract, f"programmes/{made.pk}/retirer/"), shown, follow=True)
    assert "« Contrat local de santé » n’est plus rattaché" in text(page)
    assert not ProgrammeLink.objects.exists()
    assert "Programme retiré" in text(lead.get(url(contract, "journal/")))


def test_the_journal_tells_operations_to_each_side(lead, contract, epci):  # noqa: F811
    made = world.operation(contract, "Voie verte", (epci,))
    world.line(made, "region", 70_000)
    world.line(made, "detr", 31_000, kind="draft")
    world.line(made, "dsil", 42_000, kind="simulation")
    comment(operation=made, text="Vu", by=world.viewer("project_lead", contract), at=world.AT)
    ours = text(lead.get(url(contract, "journal/")))
    assert "Fiche projet ouverte : Voie verte" in ours
    assert "Ligne de financement ajoutée : Voie verte" in ours
    assert "70000" in ours.replace(" ", "")
    assert "31000" in ours.replace(" ", "")
    assert "42000" not in ours.replace(" ", "")
    theirs = text(signed_in("prefecture", contract, epci).get(url(contract, "journal/")))
    assert "42000" in theirs.replace(" ", "")
    assert "31000" not in theirs.replace(" ", "")


def test_every_act_on_operations_has_its_words():
    folder = Path(__file__).parents[2] / "src/maillage/operations/actions"
    told = re.compile(r'(?:(?:_say|say_intake)\([^"\n]*|verb=)"([a-z_]+)"')
    verbs = {v for f in folder.glob("*.py") for v in told.findall(f.read_text(encoding="utf-8"))}
    acts = journal_words()["acts"]
    assert set(acts) == set(OPENED_BY)
    known = {verb for kind in acts.values() for verb in kind}
    elsewhere = {"saved_view", "calendar_feed", "proposal", "proposal_link"}
    assert len(verbs) > 15
    assert verbs - elsewhere <= known


def test_what_is_public_and_nothing_else(lead, contract, epci):  # noqa: F811
    shown = world.operation(contract, "Voie verte", (epci,))
    world.line(shown, "region", 70_000, level="public")
    world.line(shown, "detr", 31_000, level="state")
    hidden = world.operation(contract, "Chaufferie", (epci,))
    world.line(hidden, "dsil", 42_000)
    passer = Client()
    assert passer.get(url(contract, "public/")).status_code == 302
    contract.published_on = world.TODAY
    contract.save()
    for client in (passer, lead):
        page = text(client.get(url(contract, "public/")))
        assert "Voie verte" in page
        assert "70 000" in page
        for private in ("31 000", "42 000", "Chaufferie"):
            assert private not in page
    assert "Ce que le contrat rend public" in text(passer.get(url(contract)))
