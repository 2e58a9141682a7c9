"""Territories are found by name, code or SIREN, as people type them."""

from dataclasses import dataclass, field, replace

import pytest

from maillage.observatory.search import search
from maillage.observatory.search_text import plain
from maillage.territory.former import FormerCommune
from maillage.territory.geography import Geography

from ..engine.worlds import country, mesh

NAMES = (
    "Saint-Nazaire",
    "Nantes",
    "Bœurs-en-Othe",
    "L’Haÿ-les-Roses",
    "Saint-Denis",
    "Saint-Denis",
)


@dataclass(frozen=True, eq=False)
class Known:
    """All the search asks of an edition."""

    geography: Geography
    former_communes: dict[str, FormerCommune] = field(default_factory=dict)


@pytest.fixture(scope="module")
def edition():
    geography = replace(
        country(
            6,
            (
                replace(
                    mesh("epci", {"244400404": [0, 1], "200000002": [2, 3]}),
                    names=("Nantes Métropole", "CC du Pays d’Othe"),
                ),
                replace(
                    mesh("departement", {"44": [0, 1, 2], "2A": [3, 4], "974": [5]}),
                    names=("Loire-Atlantique", "Corse-du-Sud", "La Réunion"),
                    prefix="dep-",
                ),
                replace(
                    mesh("region", {"44": [0, 1, 2, 3], "94": [4, 5]}),
                    names=("Grand Est", "Le Sud"),
                    prefix="reg-",
                ),
                replace(mesh("crte", {"crte-52-44-1": [0, 1]}), names=("CRTE de l’estuaire",)),
                replace(mesh("aav", {"008": [0, 1, 2]}), names=("Nantes",), prefix="aav-"),
                replace(mesh("canton", {"4427": [1]}), names=("Nantes",), prefix="can-"),
                replace(mesh("densite", {"1": [1], "2": [0, 2, 3, 4, 5]}), names=("Nantes", "b")),
            ),
        ),
        codes=("44184", "44109", "10049", "2A038", "2A066", "97411"),
        names=NAMES,
    )
    return Known(geography)


def names(edition, text, limit=10):
    return [hit.name for hit in search(edition, text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nantes", "Nantes"),
        ("NANTES  ", "Nantes"),
        ("nantes metropole", "Nantes Métropole"),
        ("metropole", "Nantes Métropole"),
        ("st nazaire", "Saint-Nazaire"),
        ("st-nazair", "Saint-Nazaire"),
        ("boeurs", "Bœurs-en-Othe"),
        ("l'hay les roses", "L’Haÿ-les-Roses"),
        ("nantse", "Nantes"),
        ("nantes metropol", "Nantes Métropole"),
        ("nanets", "Nantes"),
        ("44109", "Nantes"),
        ("244400404", "Nantes Métropole"),
        ("244 400 404", "Nantes Métropole"),
        ("2a038", "L’Haÿ-les-Roses"),
        ("dep-2A", "Corse-du-Sud"),
        ("974", "La Réunion"),
        ("44", "Loire-Atlantique"),
        ("reg-44", "Grand Est"),
    ],
)
def test_the_first_answer_is_the_one_that_was_meant(edition, text, first):
    assert names(edition, text)[0] == first


def test_a_whole_name_comes_before_its_beginnings(edition):
    assert [(hit.name, hit.level) for hit in search(edition, "nantes")] == [
        ("Nantes", "commune"),
        ("Nantes Métropole", "epci"),
        ("Nantes", "aav"),
    ]


def test_homonyms_are_told_apart_and_the_larger_comes_first(edition):
    found = search(edition, "saint-denis", 10)
    assert [(hit.id, hit.context) for hit in found] == [
        ("97411", "La Réunion"),
        ("2A066", "Corse-du-Sud"),
    ]


def test_two_names_of_one_set_of_communes_lead_to_one_territory(edition):
    found = search(edition, "estuaire", 10)
    assert [(hit.id, hit.name) for hit in found] == [("244400404", "CRTE de l’estuaire")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("communauté de communes du pays d’othe", "CC du Pays d’Othe"),
        ("Communauté de communes Pays Othe", "CC du Pays d’Othe"),
        ("metropole de nantes", "Nantes Métropole"),
        ("othe boeurs", "Bœurs-en-Othe"),
    ],
)
def test_natures_are_spelt_out_and_words_come_in_any_order(edition, text, name):
    assert names(edition, text)[0] == name


def test_a_commune_that_is_no_more_leads_to_the_one_that_holds_its_land(edition):
    """The last was split; the second has no name left, only its code."""
    former = {
        "44999": FormerCommune("44999", "Nantilly", (("44109", 1.0),)),
        "44998": FormerCommune("44998", "", (("44109", 1.0),)),
        "44997": FormerCommune("44997", "Vieille-Ville", (("44184", 0.4), ("10049", 0.6))),
    }
    edition = Known(edition.geography, former)
    [hit] = search(edition, "nantilly", 1)
    assert (hit.name, hit.context) == (
        "Nantes",
        "Loire-Atlantique, avec l’ancienne commune de Nantilly",
    )
    assert search(edition, "44998")[0].context == "Loire-Atlantique, ancien code"
    assert [hit.name for hit in search(edition, "vieille ville", 2)] == [
        "Saint-Nazaire",
        "Bœurs-en-Othe",
    ]
    assert search(edition, "nantes", 1)[0].context == "Loire-Atlantique"
    assert "ancienne" not in search(edition, "nan", 1)[0].context, "too few letters"


@pytest.mark.parametrize("text", ["", "   ", "!!", "xkcdqw", "99999"])
def test_nothing_answers_to_nothing(edition, text):
    assert names(edition, text) == []


def test_the_limit_is_kept(edition):
    assert len(names(edition, "s", limit=2)) == 2
    assert names(edition, "s", limit=0) == []


def test_plain_forgives_typography():
    assert plain("  Sainte-Geneviève-des-Bois (91) ") == "sainte genevieve des bois 91"
    assert plain("Ste Geneviève") == "sainte genevieve"
