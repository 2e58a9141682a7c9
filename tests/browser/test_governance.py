"""A copil in a real browser: set up, called, its agenda ticked, held, its relevé printed."""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.test_accessibility import inspect
from tests.browser.test_operations import Workshop, workshop  # noqa: F401

pytestmark = pytest.mark.browser


def at(hours: float) -> str:
    """So many hours from now, as the field writes it, in the time of Paris."""
    day = datetime.now(ZoneInfo("Europe/Paris")) + timedelta(hours=hours)
    return day.strftime("%Y-%m-%dT%H:%M")


def printed(page: Page, address: str) -> str:
    answer = page.request.get(address)
    assert answer.status == 200
    pages = PdfReader(BytesIO(answer.body())).pages
    return " ".join(" ".join(part.extract_text() for part in pages).split())


def test_from_the_agenda_to_the_releve(page, workshop, shoot):  # noqa: F811
    workshop.sign_in(page, "project_lead")
    _set_up(page, workshop)
    inspect(page, "gouvernance-instance", shoot)
    meeting = _prepare(page, shoot)
    _convene(page, workshop, meeting, shoot)
    _hold(page, meeting, shoot)
    _decide(page, meeting, shoot)
    _rectify(page, meeting)
    inspect(page, "gouvernance-reunion-tenue", shoot)
    told = printed(page, f"{meeting}releve.pdf")
    assert "La friche est reprise par l’EPCI" in told
    assert "Projet : le compte rendu" in told
    page.get_by_role("link", name="Consigner le compte rendu").click()
    page.get_by_role("button", name="Consigner").click()
    expect(page.get_by_text("Compte rendu consigné.")).to_be_visible()
    expect(page.get_by_role("link", name="Modifier l’ordre du jour")).to_have_count(0)
    assert "Projet : le compte rendu" not in printed(page, f"{meeting}releve.pdf")
    page.goto(workshop.page("gouvernance/"))
    expect(page.get_by_role("link", name="Comité de pilotage du").first).to_be_visible()
    inspect(page, "gouvernance", shoot)


def _set_up(page: Page, workshop: Workshop) -> None:  # noqa: F811
    page.goto(workshop.page("gouvernance/"))
    page.get_by_role("link", name="Constituer une instance").click()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("heading", name="Comité de pilotage").last.get_by_role("link").click()
    page.get_by_role("link", name="Ajouter un membre").click()
    known = page.locator("#id_organisation_list option").first.get_attribute("value")
    page.get_by_label("Organisme").fill(known)
    page.get_by_label("Fonction").fill("Présidente de la communauté")
    page.get_by_label("Qualité").select_option("chair")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".seats strong")).to_have_text("Présidente de la communauté")


def _prepare(page: Page, shoot) -> str:
    """Called for tomorrow; the address of the meeting."""
    page.get_by_role("link", name="Convoquer une réunion").click()
    page.get_by_label("Date et heure").fill(at(24))
    page.get_by_label("Lieu").fill("Salle des fêtes")
    page.get_by_role("button", name="Convoquer").click()
    page.locator(".meeting-name a").first.click()
    page.wait_for_load_state()
    meeting = page.url
    page.get_by_role("link", name="Préparer l’ordre du jour").click()
    inspect(page, "gouvernance-ordre-du-jour", shoot)
    page.locator("[name=take]").first.check()
    page.get_by_label("Intitulé", exact=False).last.fill("Reprise de la friche")
    page.get_by_role("button", name="Enregistrer l’ordre du jour").click()
    expect(page.locator(".agenda > li")).to_have_count(2)
    page.get_by_role("link", name="Modifier l’ordre du jour").click()
    page.get_by_label("Rang du point Reprise de la friche").fill("1")
    page.get_by_role("button", name="Enregistrer l’ordre du jour").click()
    expect(page.locator(".agenda-title").first).to_have_text("Reprise de la friche")
    assert "Salle des fêtes" in printed(page, f"{meeting}convocation.pdf")
    assert "Reprise de la friche" in page.request.get(f"{meeting}reunion.ics").text()
    return meeting


def _convene(page: Page, workshop: Workshop, meeting: str, shoot) -> None:  # noqa: F811
    """It waits until somebody says it left."""
    page.goto(f"{workshop.address}/a-faire/")
    expect(page.locator("main")).to_contain_text("Convocation à envoyer")
    inspect(page, "gouvernance-a-faire", shoot)
    page.goto(meeting)
    page.get_by_role("link", name="Dire la convocation envoyée").click()
    page.get_by_role("button", name="C’est envoyé").click()
    expect(page.get_by_role("link", name="Dire la convocation envoyée")).to_have_count(0)
    page.goto(f"{workshop.address}/a-faire/")
    expect(page.locator("main")).not_to_contain_text("Convocation à envoyer")


def _hold(page: Page, meeting: str, shoot) -> None:
    page.goto(meeting)
    page.get_by_role("link", name="Modifier la convocation").click()
    page.get_by_label("Date et heure").fill(at(-1))
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Consigner les présences").click()
    inspect(page, "gouvernance-presences", shoot)
    page.get_by_role("button", name="Consigner les présences").click()
    expect(page.get_by_text("Compte rendu à consigner.")).to_be_visible()


def _rectify(page: Page, meeting: str) -> None:
    """Both readings stay on the page of the meeting."""
    page.goto(meeting)
    page.get_by_role("link", name="Rectifier la décision").click()
    page.get_by_label("Ce qui était faux").fill("Le repreneur.")
    page.get_by_label("Ce qui est décidé").fill("La friche est reprise par la commune")
    page.get_by_role("button", name="Rectifier").click()
    expect(page.get_by_text("La décision est rectifiée.")).to_be_visible()
    page.goto(meeting)
    expect(page.locator(".agenda")).to_contain_text("La friche est reprise par l’EPCI")
    expect(page.locator(".agenda")).to_contain_text("La friche est reprise par la commune")


def _decide(page: Page, meeting: str, shoot) -> None:
    page.goto(meeting)
    page.get_by_role("link", name="Dire la suite : Reprise de la friche").click()
    page.get_by_label("Suite donnée").fill("Le comité entend le maire.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Consigner la décision : Reprise de la friche").click()
    page.get_by_label("Ce qui est décidé").fill("La friche est reprise par l’EPCI")
    named = page.locator("input[name=operations]").first
    named.evaluate("box => { const fold = box.closest('details'); if (fold) fold.open = true; }")
    named.check()
    page.get_by_label("Ce qu’elles deviennent").select_option("other")
    page.get_by_label("Voix pour").fill("9")
    inspect(page, "gouvernance-decider", shoot)
    page.get_by_role("button", name="Consigner").click()
    expect(page.locator(".agenda-decision")).to_contain_text("La friche est reprise")
    expect(page.locator(".agenda-decision")).to_contain_text("9\u00a0pour")
