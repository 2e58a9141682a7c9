"""The pages of remarks: leaving one without account, reading them, moderating them by right."""

import re
from datetime import UTC, date, datetime
from html import escape, unescape

import pytest
from django.test import Client

from maillage.accounts.actions.memberships import grant
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Person
from maillage.accounts.roles import ROLES
from maillage.participation.models import PUBLISHED, RECEIVED, Author, Remark
from maillage.web.viewers import STRONG

pytestmark = pytest.mark.django_db
HERE = "/remarques/nouvelle/?sur=/territoires/200000001/&sujet=commuting&annee=2021&valeur=1634"
MODERATION = "/remarques/moderation/"
AT = datetime(2026, 3, 2, tzinfo=UTC)
TEXT = "Ce chiffre compte les télétravailleurs."


def send(site, address=HERE, **told):
    return site.post(address, {"text": TEXT, "name": "", "email": "", "site_web": "", **told})


def sign_in(site, *, strong=True, **facts):
    person = Person.objects.create(email="ici@ici.example", name="Ève", **facts)
    site.force_login(person)
    session = site.session
    session[STRONG] = strong
    session.save()
    return person


def test_the_portrait_leads_to_a_form_on_each_family(site):
    html = site.get("/territoires/200000001/").content.decode()
    links = re.findall(r'href="(/remarques/nouvelle/[^"]+)"', html)
    assert links
    page = site.get(links[0].replace("&amp;", "&"))
    assert page.status_code == 200
    html = page.content.decode()
    assert "CC des Deux Rives" in html
    assert "stables" in html


def test_a_portrait_keeps_its_version_whatever_is_remarked(site):
    first = site.get("/territoires/200000001/")
    send(site)
    again = site.get("/territoires/200000001/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_anyone_leaves_a_remark(site):
    answer = send(site, name="Léa", email="lea@ici.example")
    assert (answer.status_code, answer["Location"]) == (302, "/remarques/merci/")
    left = Remark.objects.get()
    assert (left.territory, left.subject, left.year) == ("200000001", "commuting", 2021)
    assert left.value == "1634"
    assert left.page == "/territoires/200000001/"
    assert left.author.email == "lea@ici.example"
    assert TEXT not in site.get("/remarques/").content.decode()


def test_a_form_filled_badly_comes_back_as_it_was(site):
    answer = send(site, text="court", email="pas une adresse")
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Écrivez au moins quelques mots." in html
    assert "mal écrite" in html
    assert 'value="pas une adresse"' in html
    assert not Remark.objects.exists()


@pytest.mark.parametrize("text", ["a" * 2001, "\x00" * 20, "<script>alert(1)</script>" * 200])
def test_a_hostile_text_is_refused(site, text):
    answer = send(site, text=text)
    assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()


def test_what_programs_fill_is_not_kept(site):
    assert send(site, site_web="https://spam.example").status_code == 302
    assert not Remark.objects.exists()


def test_remarks_are_limited_for_each_address(site, settings):
    settings.REMARKS_PER_MINUTE = 2
    assert [send(site).status_code for _ in range(3)] == [302, 302, 429]
    assert site.get(HERE).status_code == 200


def test_a_form_from_elsewhere_is_refused(site):
    strict = Client(enforce_csrf_checks=True)
    answer = send(strict)
    assert answer.status_code == 403
    assert "n’est plus valable" in answer.content.decode()
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "sur=https://evil.example/",
        "sur=//evil.example/",
        "sur=/%3F%0Aevil",
        "sur=/territoires/inconnu/%3Fannee=2021",
        "sur=/nulle-part/",
        "sur=/territoires/inconnu/",
        "sujet=inconnu",
        "annee=deux",
        "valeur=" + "a" * 300,
        "valeur=%00",
    ],
)
def test_what_is_none_of_this_site_is_refused(site, query):
    assert site.get(f"/remarques/nouvelle/?{query}").status_code == 400
    assert send(site, f"/remarques/nouvelle/?{query}").status_code == 400
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "query", ["territoire=inconnu", "sujet=inconnu", "territoire=" + "9" * 9000, "territoire=%00"]
)
def test_remarks_on_nothing_known(site, query):
    assert site.get(f"/remarques/?{query}").status_code == 404


@pytest.mark.parametrize("page", ["-1", "0", "9999999999", "deux", ""])
def test_a_page_that_is_none_is_the_nearest(site, page):
    assert site.get(f"/remarques/?page={page}").status_code == 200


def test_a_published_remark_is_escaped(site):
    sign_in(site, is_operator=True)
    send(site, text="<img src=x onerror=alert(1)> ceci est faux")
    remark = Remark.objects.get()
    site.post(
        f"/remarques/{remark.pk}/decision/",
        {"decision": "publier", "reponse": "<b>Non", "revision": 0},
    )
    html = site.get("/remarques/?territoire=200000001&sujet=commuting").content.decode()
    assert "&lt;img src=x" in html
    assert "&lt;b&gt;Non" in html
    assert "<img src=x" not in html


def test_the_operator_publishes_answers_and_sets_aside(site):
    sign_in(site, is_operator=True)
    send(site, name="Léa", email="lea@ici.example")
    html = site.get(MODERATION).content.decode()
    assert "1\u00a0remarque attend d’être lue" in html
    assert "lea@ici.example" in html
    remark = Remark.objects.get()
    address = f"/remarques/{remark.pk}/decision/"
    assert (
        site.post(address, {"decision": "publier", "reponse": "Merci.", "revision": 0}).status_code
        == 302
    )
    assert not Author.objects.exists()
    assert "Merci." in site.get("/remarques/").content.decode()
    assert (
        site.post(address, {"decision": "ecarter", "motif": "", "revision": 1}).status_code == 400
    )
    assert (
        site.post(address, {"decision": "ecarter", "motif": "Doublon.", "revision": 1}).status_code
        == 302
    )
    assert TEXT not in site.get("/remarques/").content.decode()
    assert "Doublon." in site.get(f"{MODERATION}?etat=ecartees").content.decode()
    assert site.post(address, {"decision": "brûler", "revision": 2}).status_code == 400
    assert site.post("/remarques/999/decision/", {"decision": "publier"}).status_code == 404
    assert site.get(f"{MODERATION}?etat=inconnu").status_code == 404


def tried(site):
    """Status of each act of a moderator on a remark that waits."""
    remark = Remark.objects.create(page="/", edition="a", text=TEXT, left_at=AT, state=RECEIVED)
    address = f"/remarques/{remark.pk}/decision/"
    seen = site.get(MODERATION).status_code
    told = site.post(
        address, {"decision": "ecarter", "motif": "Parce que.", "revision": 0}
    ).status_code
    shown = site.post(address, {"decision": "publier", "revision": 1}).status_code
    remark.refresh_from_db()
    return seen, told, shown, remark.state


def test_nobody_known_moderates_nothing(site):
    assert tried(site) == (302, 302, 302, RECEIVED)
    assert site.get(MODERATION)["Location"].startswith("/connexion/")


def test_the_operator_moderates(site):
    sign_in(site, is_operator=True)
    assert tried(site) == (200, 302, 302, PUBLISHED)


def test_the_operator_without_second_factor_does_not(site):
    sign_in(site, is_operator=True, strong=False)
    assert "facteur" in site.get(MODERATION)["Location"]
    assert tried(site) == (302, 302, 302, RECEIVED)


def test_an_operator_whose_account_was_closed_does_not(site):
    person = sign_in(site, is_operator=True)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert tried(site) == (302, 302, 302, RECEIVED)


@pytest.mark.parametrize("role", [role.id for role in ROLES.values() if role.granted])
def test_no_other_role_moderates(site, role):
    person = sign_in(site)
    body = add_organisation(
        name="Ici", nature="cc", siren="200000001", territory="pays", by=None, at=AT
    )
    grant(
        person=person,
        organisation=body,
        role=role,
        territory="pays",
        contract_id=7,
        by=None,
        at=AT,
        since=date(2026, 1, 1),
    )
    assert tried(site) == (403, 403, 403, RECEIVED)


def test_decisions_are_posted_only(site):
    sign_in(site, is_operator=True)
    assert site.get("/remarques/1/decision/").status_code == 405


def test_forms_of_any_kind_are_limited_for_each_address(site, settings):
    settings.WRITES_PER_MINUTE = 2
    seen = [site.post("/remarques/1/decision/").status_code for _ in range(3)]
    assert seen == [302, 302, 429]
    assert site.get("/remarques/").status_code == 200


@pytest.mark.parametrize(
    "page",
    [
        "/territoires/200000001/flux/domicile-travail/?maille=commune",
        "/territoires/200000001/cooperer/",
        "/territoires/200000001/cooperer/200000002/",
        "/territoires/200000001/bilans/",
        "/comparer/?t=200000001&t=200000002",
    ],
)
def test_every_page_of_figures_leads_to_the_form_that_knows_it(site, page):
    """With the question of the page, that whoever reads the remark sees the same figures."""
    shown = site.get(page)
    assert shown.status_code == 200
    links = re.findall(r'class="remark-link"[^>]+href="([^"]+)"', shown.content.decode())
    assert links
    for link in links:
        form = site.get(unescape(link))
        assert form.status_code == 200
        assert escape(page) in form.content.decode().replace("%2B", "+")


def test_grants_lead_to_the_form(granted_editions, site, settings):
    settings.EDITIONS = granted_editions
    html = site.get("/territoires/01001/dotations/").content.decode()
    link = re.search(r'class="remark-link"[^>]+href="([^"]+)"', html).group(1)
    form = site.get(unescape(link)).content.decode()
    assert "Arcy" in form
    assert "2019" in form
