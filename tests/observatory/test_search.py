"""Territories are found by name, code or SIREN, as people type them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from maillage.observatory.search import plain, search

from ..engine.worlds import country, mesh

NAMES = (
    "Saint-Nazaire",
    "Nantes",
    "Bœurs-en-Othe",
    "L’Haÿ-les-Roses",
    "Saint-Denis",
    "Saint-Denis",
)


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
    return SimpleNamespace(geography=geography)


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


@pytest.mark.parametrize("text", ["", "   ", "!!", "xkcdqw", "99999"])
def test_nothing_answers_to_nothing(edition, text):
    assert names(edition, text) == []


def test_the_limit_is_kept(edition):
    assert len(names(edition, "s", limit=2)) == 2
    assert names(edition, "s", limit=0) == []


def test_plain_forgives_typography():
    assert plain("  Sainte-Geneviève-des-Bois (91) ") == "sainte genevieve des bois 91"
    assert plain("Ste Geneviève") == "sainte genevieve"
