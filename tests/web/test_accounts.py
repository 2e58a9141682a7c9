"""Doors: signing in, second factor, invitations, links, and what one does with one’s account."""

import json
import re
from datetime import timedelta

import pyotp
import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from tests.accounts.conftest import AT, PASSWORD

from maillage.accounts.actions.accounts import open_operator, set_password
from maillage.accounts.actions.factors import confirm_factor
from maillage.accounts.actions.invitations import invite
from maillage.accounts.actions.links import make_link, revoke_link
from maillage.accounts.actions.memberships import grant
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import AccountSession, JournalEntry, Person
from maillage.accounts.people import viewer_of
from maillage.contracts.actions.contracts import create_contract
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db):
    return create_contract(kind="crte", name="Deux Rives", by=None, at=now())


@pytest.fixture
def lead(contract):
    """Somebody who writes."""
    person = Person(email="lea@exemple.fr", name="Léa Martin", joined_at=AT)
    person.set_password(PASSWORD)
    person.save()
    body = add_organisation(
        name="CC des Deux Rives", nature="cc", siren="200000001", by=None, at=AT
    )
    day = now().date() - timedelta(days=1)
    grant(
        person=person, organisation=body, role="project_lead", contract_id=contract.pk, by=None,
        at=AT, since=day,
    )  # fmt: skip
    return person


def enter(site, email="lea@exemple.fr", password=PASSWORD, **more):
    return site.post("/connexion/", {"email": email, "password": password}, **more)


def test_whoever_writes_is_led_to_the_second_factor(site, lead):
    answer = enter(site)
    assert (answer.status_code, answer.url) == (302, "/compte/second-facteur/")
    page = site.get("/compte/second-facteur/").content.decode()
    secret = re.search(r"Clé : <code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page
    wrong = site.post("/compte/second-facteur/", {"code": "12"})
    assert wrong.status_code == 400
    code = pyotp.TOTP(secret).now()
    codes = site.post("/compte/second-facteur/", {"code": code})
    assert len(re.findall(r"<li><code>", codes.content.decode())) == 8
    assert codes["Cache-Control"] == "no-store"
    lead.refresh_from_db()
    assert lead.totp_secret == secret


def test_the_second_step_asks_a_code_and_a_recovery_code_serves_once(site, lead):
    secret = pyotp.random_base32()
    before = now() - timedelta(hours=1)
    recovery = confirm_factor(
        person=lead, secret=secret, code=pyotp.TOTP(secret).at(before), at=before
    )
    for again in (False, True):
        answer = enter(site)
        assert answer.url == "/connexion/code/"
        assert SESSION_KEY not in site.session
        answer = site.post("/connexion/code/", {"code": recovery[0]})
        assert answer.status_code == (400 if again else 302)
        site.post("/deconnexion/")
    enter(site)
    assert site.post("/connexion/code/", {"code": pyotp.TOTP(secret).now()}).url == "/contrats/"


def test_the_same_words_for_every_failure(site, lead):
    wrong, unknown = enter(site, password="faux"), enter(site, email="x@exemple.fr")
    assert wrong.status_code == unknown.status_code == 400
    said = [
        re.search(r"<p>(Cette adresse[^<]*)</p>", a.content.decode())[1] for a in (wrong, unknown)
    ]
    assert said[0] == said[1]


def test_an_account_waits_after_too_many_tries(site, lead):
    for _ in range(8):
        enter(site, password="faux")
    assert enter(site).status_code == 400
    assert enter(Client(), email="LEA@exemple.fr").status_code == 400


def test_one_address_knocks_so_often(site, settings):
    settings.KNOCKS_PER_MINUTE = 3
    answers = [enter(site, email=f"{n}@exemple.fr").status_code for n in range(6)]
    assert answers[-1] == 429


def test_forms_need_their_token(settings, site, lead):
    strict = Client(enforce_csrf_checks=True)
    answer = enter(strict)
    assert answer.status_code == 403
    assert "Rien n’a été enregistré" in answer.content.decode()


def test_next_leads_only_here(site, lead, settings):
    settings.SECOND_FACTOR = False
    assert enter(site, QUERY_STRING="next=//ailleurs.example/").url == "/contrats/"
    site.post("/deconnexion/")
    assert enter(site, QUERY_STRING="next=/compte/").url == "/compte/"


def test_an_invitation_arrives_by_letter_and_opens_once(site, lead, contract, settings, mailoutbox):
    settings.SECOND_FACTOR = False
    enter(site)
    body = lead.memberships.get().organisation
    answer = site.post(
        f"/contrats/{contract.slug}/acces/inviter/",
        {"email": "paul@exemple.fr", "name": "Paul", "organisation": body.name, "role": "elected"},
    )
    assert answer.status_code == 302, answer.content.decode()
    [letter] = mailoutbox
    assert letter.to == ["paul@exemple.fr"]
    assert "Élu" in letter.body
    path = re.search(r"http://testserver(/invitation/\S+)", letter.body)[1]
    guest = Client()
    assert "Deux Rives" in guest.get(path).content.decode()
    short = guest.post(path, {"name": "Paul", "password": "court", "again": "court"})
    assert short.status_code == 400
    opened = guest.post(
        path,
        {"name": "Paul Roy", "password": "trois moutons verts", "again": "trois moutons verts"},
    )
    assert opened.url == "/contrats/"
    assert "Deux Rives" in guest.get("/contrats/").content.decode()
    assert guest.get(path).status_code == 410


def test_expired_doors_say_so(site, lead, contract):
    by = viewer_of(lead, strong=True, today=now().date())
    old = now() - timedelta(days=40)
    _, invited = invite(
        email="a@b.fr", name="A", organisation=lead.memberships.get().organisation, role="elected",
        contract_id=contract.pk, by=by, at=old,
    )  # fmt: skip
    link, token = make_link(contract_id=contract.pk, label="Maires", days=30, by=by, at=old)
    assert site.get(f"/invitation/{invited}/").status_code == 410
    assert site.get(f"/lien/{token}/").status_code == 410
    link, token = make_link(contract_id=contract.pk, label="Maires", days=30, by=by, at=now())
    page = site.get(f"/lien/{token}/", follow=True)
    assert page.status_code == 200
    assert "Vie du contrat" in page.content.decode()
    assert "Modifier" not in page.content.decode()
    assert site.get(f"/contrats/{contract.slug}/modifier/").status_code == 302
    revoke_link(link=link, by=by, at=now())
    assert site.get(f"/contrats/{contract.slug}/").status_code == 302


def test_sessions_are_seen_and_closed(site, lead, settings):
    settings.SECOND_FACTOR = False
    enter(site, HTTP_USER_AGENT="Renard 12")
    other = Client()
    enter(other, HTTP_USER_AGENT="Chouette 3")
    page = site.get("/compte/").content.decode()
    assert "Renard 12" in page
    assert "Chouette 3" in page
    assert other.session.session_key not in page
    [id] = re.findall(r'name="session" value="([0-9a-f]+)"', page)
    site.post("/compte/sessions/fermer/", {"session": id})
    assert AccountSession.objects.filter(person=lead).count() == 1
    assert other.get("/compte/").status_code == 302
    assert site.get("/compte/").status_code == 200


def test_a_forgotten_password_says_nothing_of_who_is_known(site, lead, mailoutbox):
    pages = [
        site.post("/mot-de-passe/", {"email": email}).content.decode()
        for email in ("personne@exemple.fr", "lea@exemple.fr")
    ]
    assert pages[0] == pages[1]
    [letter] = mailoutbox
    path = re.search(r"http://testserver(/mot-de-passe/\S+)", letter.body)[1]
    new = {"password": "six poissons rouges", "again": "six poissons rouges"}
    assert site.post(path, new).url == "/connexion/"
    assert site.post(path, new).status_code == 410
    lead.refresh_from_db()
    assert lead.check_password("six poissons rouges")


def test_a_changed_password_closes_the_other_sessions(site, lead, settings):
    settings.SECOND_FACTOR = False
    other = Client()
    enter(site), enter(other)
    new = {"old": PASSWORD, "password": "six poissons rouges", "again": "six poissons rouges"}
    assert site.post("/compte/mot-de-passe/", new).status_code == 302
    assert site.get("/compte/").status_code == 200
    assert other.get("/compte/").status_code == 302


def test_a_changed_password_stops_whoever_is_half_way_through_the_door(site, lead):
    """The password was right, the code was awaited; then the password changed."""
    before, secret = now() - timedelta(hours=1), pyotp.random_base32()
    confirm_factor(person=lead, secret=secret, code=pyotp.TOTP(secret).at(before), at=before)
    code = {"code": pyotp.TOTP(secret).now()}
    assert enter(site).url == "/connexion/code/"
    assert site.get("/connexion/code/").status_code == 200
    set_password(person=lead, new="six poissons rouges", at=now())
    assert site.get("/connexion/code/").url == "/connexion/"
    assert site.post("/connexion/code/", code).url == "/connexion/"
    assert SESSION_KEY not in site.session
    assert enter(site, password="six poissons rouges").url == "/connexion/code/"
    assert site.post("/connexion/code/", code).url != "/connexion/"
    assert SESSION_KEY in site.session


def test_the_code_is_awaited_ten_minutes(site, lead, monkeypatch):
    before, secret = now() - timedelta(hours=1), pyotp.random_base32()
    confirm_factor(person=lead, secret=secret, code=pyotp.TOTP(secret).at(before), at=before)
    enter(site)
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr("maillage.web.views.accounts.signing.now", lambda: later)
    assert site.get("/connexion/code/").url == "/connexion/"


def test_a_new_password_closes_every_other_session_at_once(site, lead, settings):
    """Their rows are gone, not only refused when they come back."""
    settings.SECOND_FACTOR = False
    other = Client()
    enter(site), enter(other)
    assert lead.sessions.count() == 2
    new = {"old": PASSWORD, "password": "six poissons rouges", "again": "six poissons rouges"}
    site.post("/compte/mot-de-passe/", new)
    assert [row.session_key for row in lead.sessions.all()] == [site.session.session_key]
    set_password(person=lead, new="sept poissons rouges", at=now())
    assert lead.sessions.count() == 0


def test_export_and_deletion(site, lead, settings):
    settings.SECOND_FACTOR = False
    enter(site)
    data = json.loads(site.get("/compte/donnees/").content)
    assert data["adresse"] == "lea@exemple.fr"
    assert data["rôles"][0]["rôle"] == "project_lead"
    assert "password" not in json.dumps(data)
    assert site.post("/compte/supprimer/", {"password": "faux"}).status_code == 400
    assert site.post("/compte/supprimer/", {"password": PASSWORD}).url == "/"
    assert enter(site).status_code == 400
    assert JournalEntry.objects.filter(verb="account_deleted", person=lead).exists()


def test_pages_of_the_observatory_ask_the_base_nothing(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = site.get("/territoires/")
    assert "Se connecter" in page.content.decode()
    assert page["ETag"]
    assert "csrftoken" not in page.cookies


def test_the_operator_opens_the_first_access(site, settings, mailoutbox):
    settings.SECOND_FACTOR = False
    open_operator(email="ops@exemple.fr", name="Ops", password=PASSWORD, at=now())
    enter(site, email="ops@exemple.fr")
    assert "Ouvrir un accès" in site.get("/compte/").content.decode()
    form = {
        "email": "prefet@exemple.fr", "name": "Préfète", "body": "Préfecture", "nature": "state",
        "role": "prefecture", "territory": "dep-01",
    }  # fmt: skip
    assert site.post("/compte/ouvrir-un-acces/", form | {"territory": "zz"}).status_code == 400
    assert site.post("/compte/ouvrir-un-acces/", form).status_code == 302
    assert mailoutbox[0].to == ["prefet@exemple.fr"]
    page = site.get("/compte/ouvrir-un-acces/").content.decode()
    address = re.search(r"/compte/ouvrir-un-acces/\d+/retirer/", page)[0]
    assert site.post(address).status_code == 302
    letter = re.search(r"/invitation/[^/\s]+/", mailoutbox[0].body)[0]
    assert Client().get(letter).status_code == 410
    assert site.get("/contrats/").status_code == 200


def test_a_lead_gives_no_role_of_the_state(site, lead, contract, settings, mailoutbox):
    settings.SECOND_FACTOR = False
    enter(site)
    body = lead.memberships.get().organisation
    form = {"email": "x@exemple.fr", "name": "X", "organisation": body.name, "role": "prefecture"}
    assert site.post(f"/contrats/{contract.slug}/acces/inviter/", form).status_code == 400
    assert mailoutbox == []


def test_a_lead_closes_no_access_of_the_state(site, lead, contract, settings):
    settings.SECOND_FACTOR = False
    enter(site)
    body = lead.memberships.get().organisation
    since = {"by": None, "at": now(), "since": now().date(), "contract_id": contract.pk}
    prefect = Person.objects.create(email="prefet@exemple.fr", name="Préfète")
    mayor = Person.objects.create(email="maire@exemple.fr", name="Maire")
    held = grant(person=prefect, organisation=body, role="sous_prefecture", **since)
    other = grant(person=mayor, organisation=body, role="elected", **since)
    access = f"/contrats/{contract.slug}/acces/"
    page = site.get(access).content.decode()
    assert f"{access}{other.pk}/fermer/" in page
    assert f"{access}{held.pk}/fermer/" not in page
    assert site.post(f"{access}{held.pk}/fermer/").status_code == 403
    assert site.post(f"{access}{other.pk}/fermer/").status_code == 302
    held.refresh_from_db(), other.refresh_from_db()
    assert (held.until, other.until) == (None, now().date())


def test_an_invitation_is_withdrawn_by_who_could_give_it(site, lead, contract, settings):
    settings.SECOND_FACTOR = False
    enter(site)
    body = lead.memberships.get().organisation
    by = viewer_of(lead, strong=True, today=now().date())
    given = {"organisation": body, "contract_id": contract.pk, "by": by, "at": now()}
    mine, token = invite(email="a@exemple.fr", name="Anne", role="elected", **given)
    state, _ = invite(email="b@exemple.fr", name="Basile", role="prefecture", **given)
    access = f"/contrats/{contract.slug}/acces/"
    page = site.get(access).content.decode()
    assert "Basile" in page
    assert f"{access}invitations/{state.pk}/retirer/" not in page
    assert site.post(f"{access}invitations/{state.pk}/retirer/").status_code == 403
    assert site.post(f"{access}invitations/{mine.pk}/retirer/").status_code == 302
    page = site.get(access).content.decode()
    assert "a@exemple.fr" not in page
    assert Client().get(f"/invitation/{token}/").status_code == 410


def test_guessing_codes_from_within_waits_too(site, lead, settings):
    """A session opened before the second factor was set may ask for it, not guess it."""
    enter(site)
    secret = pyotp.random_base32()
    before = now() - timedelta(hours=1)
    confirm_factor(person=lead, secret=secret, code=pyotp.TOTP(secret).at(before), at=before)
    for _ in range(8):
        assert site.post("/compte/second-facteur/", {"code": "000000"}).status_code == 400
    right = {"code": pyotp.TOTP(secret).now()}
    assert site.post("/compte/second-facteur/", right).status_code == 400
