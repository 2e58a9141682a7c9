"""Wherever an organisation is chosen, its name or its number is typed; what is unclear is asked."""

import re

import pytest
from tests.web.test_contracts import asked
from tests.web.test_operations import contract, epci, lead, text  # noqa: F401

from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Organisation
from maillage.accounts.naming import meant, written
from maillage.web.viewers import now

pytestmark = pytest.mark.django_db


def body(name, siren="", nature="association"):
    return add_organisation(name=name, nature=nature, siren=siren, by=None, at=now())


@pytest.mark.parametrize(
    "typed", ["Association des Îles", "association des iles", "ASSOCIATION  DES ÎLES ",
              "300 000 015",
              "Association des Îles (300000015)"],
)  # fmt: skip
def test_a_name_or_a_number_names_one(typed, django_assert_num_queries):
    made = body("Association des Îles", "300000015")
    body("Association des Îles lointaines")
    with django_assert_num_queries(1):
        assert meant(typed) == ([made], True)


def test_a_part_of_a_name_is_never_taken_for_it():
    made = body("Association des Îles")
    assert meant("îles") == ([made], False)
    assert meant("introuvable") == ([], False)
    assert meant(" ") == ([], False)
    assert meant("100 %") == ([], False)


def test_the_same_name_is_told_apart():
    first, second = body("Amicale"), body("Amicale")
    assert meant("Amicale") == ([first, second], True)
    assert meant(written(second, apart=True)) == ([second], True)


def add_party(lead, contract, **given):  # noqa: F811
    contract.status = "preparing"
    contract.save()
    sent = {"revision": 0, "capacity": "civil", "name": "", "nature": "", "siren": ""} | given
    return lead.post(f"/contrats/{contract.slug}/parties/ajouter/", sent)


def test_an_unclear_name_is_asked_again_with_its_answers(lead, contract):  # noqa: F811
    made = body("Amicale du Val")
    page = add_party(lead, contract, organisation="amicale").content.decode()
    assert "Aucun organisme ne s’appelle exactement" in page
    chosen = re.findall(r'name="organisation_chosen" value="([^"]+)"', page)
    assert chosen == [f"Amicale du Val (n° {made.pk})"]
    answer = add_party(lead, contract, organisation="amicale", organisation_chosen=chosen[0])
    assert answer.status_code == 302
    assert contract.parties.filter(organisation=made).exists()


def test_an_unknown_name_may_become_a_new_organisation(lead, contract):  # noqa: F811
    page = add_party(lead, contract, organisation="Amicale")
    assert page.status_code == 400
    assert "Aucun organisme connu ne répond à" in text(page)
    assert "Nommez un organisme" in text(add_party(lead, contract, organisation=""))
    made = add_party(lead, contract, organisation="", name="Amicale", nature="association")
    assert made.status_code == 302, made.content.decode()
    assert contract.parties.filter(organisation__name="Amicale").exists()


def test_forms_do_not_grow_with_the_country(lead, contract):  # noqa: F811
    pages = ["parties/ajouter/", "acces/inviter/"]
    before = [asked(lead, f"/contrats/{contract.slug}/{page}") for page in pages]
    sizes = [len(lead.get(f"/contrats/{contract.slug}/{page}").content) for page in pages]
    Organisation.objects.bulk_create(
        Organisation(name=f"Association {n}", nature="association") for n in range(300)
    )
    assert [asked(lead, f"/contrats/{contract.slug}/{page}") for page in pages] == before
    after = [len(lead.get(f"/contrats/{contract.slug}/{page}").content) for page in pages]
    assert all(abs(one - other) < 200 for one, other in zip(after, sizes, strict=True))
