"""« Qui voit cette page »: on every page of a contract, what the table of rights says."""

import html
import re
from datetime import date

import pytest
from tests.operations import world
from tests.web.test_operations import signed_in

from maillage.accounts.perms import who_may
from maillage.common.french import listing, typeset

pytestmark = pytest.mark.django_db
SAID = re.compile(r"<summary>Qui voit cette page</summary>\s*<p>(.*?)</p>", re.S)


@pytest.fixture
def contract(site, settings):
    settings.SECOND_FACTOR = False
    return world.contract(slug="pays-d-ancenis")


def said(client, path):
    [found] = SAID.findall(client.get(path).content.decode())
    return html.unescape(found).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("page", "action"),
    [
        ("", "contract.read"),
        ("journal/", "journal.read"),
        ("acces/", "access.read"),
        ("operations/", "operation.read"),
        ("operations/tableau/", "operation.read"),
        ("operations/calendrier/", "operation.read"),
        ("operations/importer/", "operation.import"),
        ("maquette/", "operation.read"),
        ("maquette/arreter/", "maquette.freeze"),
        ("maquette/comparer/", "lines.see_parties"),
    ],
)
def test_each_page_of_a_contract_names_who_may_open_it(contract, page, action):
    lead = signed_in("project_lead", contract, world.organisation("PETR", "petr"))
    text = said(lead, f"/contrats/{contract.slug}/{page}")
    names = typeset(listing(who_may(action))).replace("\u00a0", " ")
    assert f"{names}, chacun pour les contrats de son ressort" in text
    assert ("partie au contrat" in text) is (action == "lines.see_parties")
    assert ("Chaque ligne de financement" in text) is page.startswith(("operations", "maquette"))


def test_what_is_one_s_own_says_so(contract):
    lead = signed_in("project_lead", contract, world.organisation("PETR", "petr"))
    for page in ("/a-faire/", "/financeur/", "/compte/"):
        assert said(lead, page).startswith("Vous seul")


def test_the_public_face_says_since_when(contract, site):
    contract.published_on = date(2026, 3, 2)
    contract.save()
    assert "Tout le monde pour la fiche publique, depuis le 2 mars 2026" in said(
        site, f"/contrats/{contract.slug}/"
    )


def test_a_page_open_to_all_says_nothing(site):
    assert not SAID.findall(site.get("/methode/").content.decode())
