"""Pages of contracts: what each viewer sees, what each form does, and at what cost."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.contracts.world import person

from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Person
from maillage.accounts.people import viewer_of
from maillage.contracts.actions.contracts import create_contract, publish
from maillage.contracts.actions.imports import import_contract
from maillage.contracts.actions.parties import add_party
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.footprints import footprint
from maillage.contracts.history import OBJECTS, sentence
from maillage.contracts.models import Contract
from maillage.contracts.tables import table
from maillage.operations.actions.dues import draw_dues
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db
RIVES = "200000001"
WORDS = table("words")


@pytest.fixture
def here(site, settings, country, tmp_path):
    """A contract over the first EPCI of the tiny country, and whoever leads it."""
    settings.SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    at = now()
    contract = create_contract(kind="crte", name="Deux Rives", by=None, at=at)
    area = footprint(country, RIVES)
    set_perimeter(
        contract=contract, revision=contract.revision, area=area, since=at.date(), by=None, at=at
    )
    body = add_organisation(name="CC des Deux Rives", nature="cc", siren=RIVES, by=None, at=at)
    state = add_organisation(name="Préfecture de l’Aval", nature="state", by=None, at=at)
    add_party(contract=contract, organisation=body, capacity="epci", by=None, at=at)
    add_party(contract=contract, organisation=state, capacity="state", by=None, at=at)
    lead = person("Léa Martin", body, "project_lead", contract_id=contract.pk)
    site.force_login(Person.objects.get(pk=lead.person_id))
    return contract


def signed_in(role, place, name="Quelqu’un", **more):
    body = add_organisation(name=f"Organisme de {name} {role}", nature="other", by=None, at=now())
    viewer = person(name, body, role, territory=place, **more)
    client = Client()
    client.force_login(Person.objects.get(pk=viewer.person_id))
    return client


def url(contract, part=""):
    return f"/contrats/{contract.slug}/{part}"


def test_somebody_lands_on_their_contracts(site, here):
    page = site.get("/contrats/").content.decode()
    assert "Vos contrats" in page
    assert "Deux Rives" in page


def test_who_sees_what(site, here):
    assert Client().get(url(here)).status_code == 302
    assert signed_in("elected", "dep-02", "Ailleurs").get(url(here)).status_code == 404
    region = signed_in("region", "01001", "Région")
    assert region.get(url(here)).status_code == 200
    assert region.get(url(here, "modifier/")).status_code == 403
    assert region.get(url(here, "journal/")).status_code == 403
    publish(contract=here, revision=here.revision, on=now().date(), by=person_of(here), at=now())
    public = Client().get(url(here))
    text = public.content.decode()
    assert public.status_code == 200
    assert "CC des Deux Rives" in text
    for hidden in ("Ce qui peut venir ensuite", "Mandat", "Journal", "Décisions"):
        assert hidden not in text
    assert Client().get(url(here, "ecarts/")).status_code == 302


def person_of(contract):
    lead = Person.objects.get(name="Léa Martin")
    return viewer_of(lead, strong=True, today=now().date())


def test_what_is_missing_is_on_the_page(site, here):
    page = site.get(url(here)).content.decode()
    assert "La collectivité qui porte le contrat n’est pas dite." in page
    assert "Qui voit cette page" in page


def test_without_a_second_factor_one_reads_and_does_not_write(site, here, settings):
    settings.SECOND_FACTOR = True
    assert site.get(url(here)).status_code == 200
    answer = site.get(url(here, "modifier/"))
    assert answer.url.startswith("/compte/second-facteur/?next=")


def test_the_page_tells_what_the_perimeter_exchanges(site, here):
    page = site.get(url(here)).content.decode()
    assert "Ce que le périmètre échange" in page
    assert "Source" in page


def test_two_people_editing_see_both_writings(site, here):
    page = site.get(url(here, "modifier/")).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    mine = {"revision": revision, "name": "Mien", "kind": "crte", "state_of_play": "A"}
    assert site.post(url(here, "modifier/"), mine | {"name": "Autre"}).status_code == 302
    conflict = site.post(url(here, "modifier/"), mine)
    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Autre" in text
    assert "Mien" in text
    here.refresh_from_db()
    assert here.name == "Autre"
    again = re.search(r'name="revision" value="(\d+)"', text)[1]
    assert site.post(url(here, "modifier/"), mine | {"revision": again}).status_code == 302
    here.refresh_from_db()
    assert here.name == "Mien"


def test_a_signature_keeps_its_signed_copy(site, here):
    party = here.parties.get(capacity="epci")
    day = now().date().isoformat()
    form = {"signed_on": day, "signatory": "Mme Durand", "mandate_reference": "2026-12"}
    fake = SimpleUploadedFile("x.pdf", b"<html>", "application/pdf")
    address = url(here, f"parties/{party.pk}/signer/methode/")
    assert "n’est pas un PDF" in site.post(address, form | {"scan": fake}).content.decode()
    scan = SimpleUploadedFile("x.pdf", b"%PDF-1.7 ...", "application/pdf")
    assert site.post(address, form | {"scan": scan}).status_code == 302
    signature = party.signatures.get()
    copy = site.get(url(here, f"signatures/{signature.pk}/"))
    assert b"".join(copy.streaming_content).startswith(b"%PDF")
    assert "attachment" in copy["Content-Disposition"]
    assert Client().get(url(here, f"signatures/{signature.pk}/")).status_code == 302
    assert "Mme Durand" in site.get(url(here)).content.decode()


def test_an_epci_records_its_own_signature_only(site, here):
    theirs = here.parties.get(capacity="epci")
    viewer = person("Agent", theirs.organisation, "local_agent", territory=RIVES)
    agent = Client()
    agent.force_login(Person.objects.get(pk=viewer.person_id))
    state = here.parties.get(capacity="state")
    assert agent.get(url(here, f"parties/{theirs.pk}/signer/methode/")).status_code == 200
    assert agent.get(url(here, f"parties/{state.pk}/signer/methode/")).status_code == 403


def test_creating_a_contract_makes_one_its_lead(site, here):
    client = signed_in("project_lead", "200000002", "Nouvelle")
    form = {"kind": "crte", "name": "Dunes", "territory": "200000002", "code": ""}
    refused = client.post("/contrats/nouveau/", form | {"territory": RIVES})
    assert refused.status_code == 403
    unknown = client.post("/contrats/nouveau/", form | {"territory": "99"})
    assert unknown.status_code == 400
    shown = client.post("/contrats/nouveau/", form)
    assert "Décochez ce qui n’est pas partie" in shown.content.decode()
    assert not Contract.objects.filter(name="Dunes").exists()
    ids = re.findall(r'name="parties" value="([^"]+)"', shown.content.decode())
    assert ids[0] == "epci:200000002"
    form |= {"parties_of": "200000002", "parties": ids}
    made = client.post("/contrats/nouveau/", form)
    assert made.url == "/contrats/crte-dunes/"
    assert client.get("/contrats/crte-dunes/modifier/").status_code == 200
    signed = form | {
        "name": "Déjà",
        "already": "on",
        "signed_on": "2021-07-01",
        "ends_on": "2026-12-31",
    }
    assert client.post("/contrats/nouveau/", signed).status_code == 302
    adopted = Contract.objects.get(name="Déjà")
    assert adopted.status == "in_force"
    for contract in (adopted, Contract.objects.get(name="Dunes")):
        capacities = [party.capacity for party in contract.parties.order_by("pk")]
        assert capacities == ["epci", "state", "departement"]
        assert contract.lead.siren == "200000002"


def test_the_journal_reads_in_french(site, here):
    site.post(url(here, "strategie/ajouter/"), {"title": "Mobilité"})
    page = site.get(url(here, "journal/")).content.decode()
    assert re.search(
        r"Élément de stratégie ajouté</strong> : Mobilité", page.replace("\u00a0", " ")
    )
    assert "Léa Martin (Chef de projet, CC des Deux Rives)" in page


def test_every_act_of_the_room_has_its_words():
    """Each verb that an action tells, in the source, is in the table of words."""
    told = re.compile(r'tell\(\s*[\w.]+,\s*"([a-z_]+)"')
    folder = Path(__file__).parents[2] / "src/maillage/contracts/actions"
    verbs = {v for f in folder.glob("*.py") for v in told.findall(f.read_text(encoding="utf-8"))}
    known = {verb for kind in OBJECTS for verb in WORDS["acts"][kind]}
    assert len(verbs) > 15
    assert verbs | {"published", "unpublished"} <= known
    assert sentence("contract", "step_sign") == "Constater la signature"


def test_each_page_asks_as_many_questions_whatever_there_is(site, here, country):
    def draw():
        """By the first pages that show what waits, or by night."""
        draw_dues(contracts=Contract.objects.all(), today=now().date(), at=now())

    def counted():
        counts = {}
        for path in ("/contrats/", url(here), url(here, "journal/"), url(here, "acces/")):
            counts[path] = asked(site, path)
        return {**counts, "state": asked(state, "/contrats/?territoire=dep-01")}

    state = signed_in("prefecture", "dep-01", "Préfet")
    asked(site, url(here))
    draw()
    few = counted()
    at = now()
    for number in range(30):
        import_contract(
            kind="crte", name=f"Contrat {number}", area=footprint(country, RIVES),
            signed_on=at.date() - timedelta(days=9), ends_on=at.date() + timedelta(days=900),
            by=None, at=at,
        )  # fmt: skip
        site.post(url(here, "strategie/ajouter/"), {"title": f"Axe {number}"})
        body = add_organisation(name=f"Association {number}", nature="association", by=None, at=at)
        add_party(contract=here, organisation=body, capacity="civil", by=None, at=at)
    assert "31" in state.get("/contrats/").content.decode()
    asked(site, url(here))
    draw()
    assert counted() == few
    assert max(few.values()) < 45


def asked(client, path):
    """How many questions a page asks the base."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_links_are_given_once_and_taken_back(site, here):
    answer = site.post(url(here, "acces/liens/"), {"label": "Maires", "days": "30"})
    path = re.search(r"http://testserver(/lien/[^<\s]+)", answer.content.decode())[1]
    reader = Client()
    assert "Deux Rives" in reader.get(path, follow=True).content.decode()
    link = re.search(r"acces/liens/(\d+)/retirer/", site.get(url(here, "acces/")).content.decode())[
        1
    ]
    site.post(url(here, f"acces/liens/{link}/retirer/"))
    assert reader.get(path).status_code == 410


def test_the_official_list_is_imported_by_whoever_may(site, here):
    assert site.get("/contrats/importer/").status_code == 403
    prefecture = signed_in("prefecture", "dep-01", "Préfet")
    page = prefecture.get("/contrats/importer/").content.decode()
    assert "0 contrat" in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_decision_needs_its_reference(site, here):
    day = now().date().isoformat()
    form = {"instance": "copil", "kind": "operations", "decided_on": day, "reference": "CR n° 3"}
    assert site.post(url(here, "decisions/ajouter/"), form | {"reference": ""}).status_code == 400
    assert site.post(url(here, "decisions/ajouter/"), form).status_code == 302
    assert "CR n°" in site.get(url(here)).content.decode()


def test_nothing_of_a_contract_is_in_a_cache(site, here):
    page = site.get(url(here))
    assert "ETag" not in page
    assert json.dumps(dict(page.headers)).count("public") == 0
