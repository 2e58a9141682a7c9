"""Bringing a spreadsheet in, page by page: choose, say the columns, correct, enter."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.operations import world
from tests.web.refusals import told_with_its_remedy
from tests.web.test_operations import signed_in

from maillage.contracts.models import Party
from maillage.operations.models import Intake, Operation
from maillage.synth.files.office_workbook import office_workbook

pytestmark = pytest.mark.django_db
OWNERS = ("CC du Val", "CC des Monts")


@pytest.fixture
def contract(site, settings, tmp_path):
    settings.SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    made = world.contract()
    for name in OWNERS:
        Party.objects.create(contract=made, organisation=world.organisation(name), capacity="epci")
    return made


@pytest.fixture
def lead(contract):
    return signed_in("project_lead", contract, world.organisation(OWNERS[0]))


def url(contract, part=""):
    return f"/contrats/{contract.slug}/operations/importer/{part}"


def send(lead, contract, content=None, name="maquette.xlsx"):
    content = office_workbook(OWNERS) if content is None else content
    return lead.post(url(contract), {"file": SimpleUploadedFile(name, content)})


def proposed(html):
    """What the page of columns proposes, as a browser would send it back."""
    found = {"revision": re.search(r'name="revision" value="(\d+)"', html)[1]}
    selects = r'<select[^>]* name="((?:column|stage|section|question)-[\d-]+)"[^>]*>(.*?)</select>'
    for name, body in re.findall(selects, html, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    usual = re.search(r'name="section" value="(\w+)"[^>]* checked', html)
    return found | {"section": usual[1] if usual else "investment"}


def enter(lead, address):
    """The rows as the page shows them."""
    html = lead.get(address).content.decode()
    return lead.post(
        f"{address}entrer/", {"seen": re.search(r'name="seen" value="(\w+)"', html)[1]}
    )


def test_from_the_untouched_workbook_to_the_portfolio(lead, contract):
    answer = send(lead, contract)
    columns = lead.get(answer["Location"])
    html = columns.content.decode()
    assert "Axe 1 - Mobilités" in html
    assert "Financement : DETR" in html or "Financement\u00a0: DETR" in html
    answer = lead.post(answer["Location"], proposed(html))
    rows = lead.get(answer["Location"]).content.decode()
    assert "ces 53 lignes" in rows
    assert rows.count('class="intake-row"') == 7
    assert "Synd. des eaux (ancien nom)" in rows
    intake = Intake.objects.get()
    enter(lead, url(contract, f"{intake.pk}/"))
    assert Operation.objects.count() == 53
    after = lead.get(answer["Location"]).content.decode()
    assert "À corriger" in after
    assert "déjà entrées" in after


def test_a_doubtful_row_is_corrected_in_place(lead, contract):
    content = "Numéro;Intitulé;Début\n1;Voie verte;31/02/2026\n".encode()
    answer = send(lead, contract, content, "a.csv")
    html = lead.get(answer["Location"]).content.decode()
    lead.post(answer["Location"], proposed(html))
    intake = Intake.objects.get()
    row = {"sheet": "Tableau", "row": "2", "act": "correct", "cell-2": "01/02/2026"}
    row["revision"] = "0"
    lead.post(url(contract, f"{intake.pk}/ligne/"), row)
    enter(lead, url(contract, f"{intake.pk}/"))
    assert Operation.objects.get().starts_on.isoformat() == "2026-02-01"


def test_an_unknown_owner_is_made_with_its_nature(lead, contract):
    content = "Numéro;Intitulé;Maître d’ouvrage\n1;Voie verte;Association du Val\n".encode()
    answer = send(lead, contract, content, "a.csv")
    lead.post(answer["Location"], proposed(lead.get(answer["Location"]).content.decode()))
    intake = Intake.objects.get()
    told = {"name": "Association du Val", "organisation": "", "nature": "association"}
    told["revision"] = str(intake.revision)
    assert lead.post(url(contract, f"{intake.pk}/organisme/"), told).status_code == 302
    enter(lead, url(contract, f"{intake.pk}/"))
    assert Operation.objects.get().pilots.get().organisation.nature == "association"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ"), ("a.xlsx", b"PK\x03\x04"), ("a.csv", b""), ("a.csv", b"a\0b")],
)
def test_a_file_that_is_no_table_is_refused(lead, contract, name, content):
    answer = send(lead, contract, content, name)
    assert answer.status_code == 400
    assert told_with_its_remedy(answer)
    assert not Intake.objects.exists()


def test_nothing_chosen(lead, contract):
    assert lead.post(url(contract)).status_code == 400


@pytest.mark.parametrize("role", ["elected", "region", "prefecture", "public"])
def test_others_may_not(contract, client, role):
    body = world.organisation("Autre")
    other = client if role == "public" else signed_in(role, contract, body)
    assert other.get(url(contract)).status_code in (302, 403, 404)
    assert send(other, contract).status_code in (302, 403, 404)
    assert not Intake.objects.exists()


def test_another_contracts_file_is_not_there(lead, contract):
    answer = send(lead, contract)
    id = Intake.objects.get().pk
    other = world.contract(slug="autre", name="Autre")
    assert lead.get(f"/contrats/{other.slug}/operations/importer/{id}/").status_code in (403, 404)
    assert answer.status_code == 302


def test_a_plain_heading_enters_drafts_that_neither_the_state_nor_the_funder_sees(lead, contract):
    content = "Intitulé;Coût total HT;DETR\nHalle;100000;40000\n".encode()
    answer = send(lead, contract, content, "a.csv")
    html = lead.get(answer["Location"]).content.decode()
    rows = lead.get(lead.post(answer["Location"], proposed(html))["Location"]).content.decode()
    assert "Ce que les autres verront" in rows
    assert "jamais de l’État ni du financeur" in rows
    enter(lead, url(contract, f"{Intake.objects.get().pk}/"))
    assert Operation.objects.get().lines.get().kind == "draft"
    state = signed_in("prefecture", contract, world.organisation("Préfecture", "etat"))
    assert "Halle" not in state.get("/financeur/").content.decode()


def test_amounts_said_to_be_asked_are_seen_by_who_is_asked(lead, contract):
    content = "Intitulé;Coût total HT;DETR\nHalle;100000;40000\n".encode()
    answer = send(lead, contract, content, "a.csv")
    sent = proposed(lead.get(answer["Location"]).content.decode()) | {"stage": "asked"}
    rows = lead.get(lead.post(answer["Location"], sent)["Location"]).content.decode()
    assert "la préfecture et du financeur, qui peut répondre" in rows.replace("\u00a0", " ")
    enter(lead, url(contract, f"{Intake.objects.get().pk}/"))
    state = signed_in("prefecture", contract, world.organisation("Préfecture", "etat"))
    assert "Halle" in state.get("/financeur/").content.decode()


def test_paid_amounts_ask_their_day(lead, contract):
    content = "Intitulé;DETR notifiée;DETR versée\nHalle;40000;10000\n".encode()
    answer = send(lead, contract, content, "a.csv")
    sent = proposed(lead.get(answer["Location"]).content.decode())
    assert {sent["stage-0-1"], sent["stage-0-2"]} == {"notified", "paid"}
    assert lead.post(answer["Location"], sent).status_code == 400
    assert lead.post(answer["Location"], sent | {"paid_on": "2999-01-01"}).status_code == 400
    assert lead.post(answer["Location"], sent | {"paid_on": "2026-01-31"}).status_code == 302
    enter(lead, url(contract, f"{Intake.objects.get().pk}/"))
    line = Operation.objects.get().lines.get()
    assert (line.kind, line.asked, line.notified, line.paid_total) == (
        "programme", None, 40_000, 10_000,
    )  # fmt: skip
