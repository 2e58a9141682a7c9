"""The method accord prints with its working modalities and what may begin at once."""

import pytest
from tests.contracts.world import AT, make_world
from tests.documents.test_signed_text import words
from tests.operations.world import operation

from maillage.contracts.actions.contracts import edit_contract
from maillage.contracts.models import Signature
from maillage.contracts.snapshot import parties_of
from maillage.documents.papers.method import method_paper
from maillage.documents.papers.printed import paper_pdf

pytestmark = pytest.mark.django_db


def printed(contract):
    early = contract.operations.filter(early=True)
    signed = Signature.objects.filter(party__contract=contract, version=None)
    return words(paper_pdf("method", method_paper(contract, early, signed, fictional=True)))


def test_it_says_how_to_work_and_what_begins():
    world = make_world()
    contract = world.prepared()
    assert "Aucune opération n’est encore retenue" in printed(contract)
    edit_contract(
        contract=contract, revision=contract.revision, by=world.lead, at=AT,
        changes={"method_terms": "Réunion chaque mois, animée par la CC d’Amont."},
    )  # fmt: skip
    operation(contract, "Halte de Bourg", (world.epcis[0],), number="1.1", early=True)
    operation(contract, "Plus tard", number="1.2")
    world.sign(parties_of(contract)[0], None)
    text = printed(contract)
    for said in ("Réunion chaque mois", "Halte de Bourg", "CC d’Amont", "Signataire de Préfecture"):
        assert said in text
    assert "Plus tard" not in text
