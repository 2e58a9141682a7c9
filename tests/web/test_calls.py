"""Pages of calls for projects: written, brought in from a table, aimed at from an operation."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.operations import world
from tests.web.test_operations import contract, epci, lead  # noqa: F401

from maillage.operations.models import ProjectCall
from maillage.operations.project_calls.reading import COLUMNS
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(contract):  # noqa: F811
    return f"/contrats/{contract.slug}/appels-a-projets/"


def later(days=60):
    return (now() + timedelta(days=days)).date()


def form(**more):
    return {
        "name": "Mobilités rurales", "funder": "Région", "source": "region",
        "closes_on": f"{later():%Y-%m-%d}", "link": "https://exemple.fr/appel",
        "maximum": "30 k€", "rate": "80",
    } | more  # fmt: skip


def page(client, address):
    return client.get(address).content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_call_is_written_listed_then_taken_away(lead, base):  # noqa: F811
    assert "Aucun appel n’est enregistré" in page(lead, base)
    assert lead.post(f"{base}ajouter/", form(themes=["mobility"])).url == base
    told = page(lead, base)
    assert 'href="https://exemple.fr/appel"' in told
    assert "80 % du coût au plus" in told
    call = ProjectCall.objects.get()
    assert (call.rate, call.maximum, call.themes) == (Decimal("0.8"), 30_000, ["mobility"])
    lead.post(f"{base}{call.pk}/retirer/")
    assert not ProjectCall.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "field-error"),
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"opens_on": "2199-01-01"}, "précède"),
        ({"rate": "180"}, "field-error"),
    ],
)
def test_a_wrong_call_comes_back_with_its_fault(lead, base, wrong, told):  # noqa: F811
    answer = lead.post(f"{base}ajouter/", form(**wrong))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not ProjectCall.objects.exists()


def test_a_table_brings_its_good_rows_and_tells_the_others(lead, base):  # noqa: F811
    heads = lead.get(f"{base}modele.csv").content.decode("utf-8-sig").strip()
    assert heads.split(";")[0] == COLUMNS["name"][0]
    rows = [f"Appel A;ADEME;;;{later():%d/%m/%Y};;;;;;", "Appel B;ADEME;;;bientôt;;;;;;"]
    sent = SimpleUploadedFile("appels.csv", "\n".join([heads, *rows]).encode())
    answer = lead.post(f"{base}importer/", {"file": sent}, follow=True)
    told = answer.content.decode().replace("\xa0", " ")
    assert "1 appel ajouté" in told
    assert "Ligne 3, à corriger" in told
    assert ProjectCall.objects.get().name == "Appel A"


def test_an_operation_proposes_what_suits_it_and_aims_at_it(lead, contract, epci, base):  # noqa: F811
    made = world.operation(contract, "Voie verte", [epci], investment_cost=100_000)
    lead.post(f"{base}ajouter/", form())
    ProjectCall.objects.create(name="Pour les régions", funder="État", owners=["region"])
    one = f"/contrats/{contract.slug}/operations/{made.pk}/"
    told = page(lead, one)
    assert "Mobilités rurales" in told
    assert "Jusqu’à 30 000 € des 100 000 € à trouver." in told
    assert "Pour les régions" not in told
    call = ProjectCall.objects.get(name="Mobilités rurales")
    assert lead.post(f"{one}viser/{call.pk}/").url.endswith("#financement")
    line = made.lines.get()
    assert (line.kind, line.asked, line.call) == ("draft", 30_000, call)
    assert "Page de l’appel à projets" in page(lead, one)
    assert lead.post(f"{one}viser/{call.pk}/").status_code == 400
    assert "opération vise cet appel" in lead.post(f"{base}{call.pk}/retirer/").content.decode()
