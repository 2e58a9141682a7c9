"""The API and the map layers on the real files: right figures, and what is missing said."""

import jsonschema
import pytest
from django.core.cache import cache

from maillage.api.description import OWN
from maillage.api.paging import KEY, LISTS
from maillage.observatory.schemas import PUBLISHED, published_schema, schema_of

pytestmark = pytest.mark.real
NANTES, ROOT = "244400404", "/api/v1"
ONE = f"{ROOT}/territories/{NANTES}"
RESIDENTIAL = "/ogc/collections/flux-migrations-residentielles/items"
#: What each question is told, beside a territory.
TOLD = {
    **dict.fromkeys(
        ("balance", "cooperation", "evolution", "indicators", "links", "structure"),
        "?flow=residential&year=2008",
    ),
    "evolution": "?flow=residential",
    "joining": "?theme=energy",
    "pair": "?other=244400503",
    "comparison": "?other=243500139&flow=residential&year=2008",
}


@pytest.fixture
def get(real_editions, settings, client, tmp_path):
    settings.EDITIONS, settings.STATIC_ROOT = real_editions, tmp_path
    cache.clear()

    def asked(path):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.content[:400])
        return answer.json()

    return asked


@pytest.mark.parametrize("question", PUBLISHED)
def test_every_question_answers_as_its_schema_says(get, question):
    answer = get(f"{ONE}/{question}{TOLD.get(question, '')}")
    by_pages = PUBLISHED[question].__name__ in LISTS
    assert (answer.pop(KEY, None) is not None) == by_pages
    jsonschema.validate(answer, published_schema(question))


def test_the_balance_of_nantes_metropole(get):
    """Figures worked out apart, with pandas, on the file of 2008; it stops at the département."""
    said = get(f"{ONE}/balance?flow=residential&year=2008&limit=3")
    expected = {
        "incoming": 18_528.533,
        "outgoing": 38_065.955,
        "internal_moved": 44_327.621839,
        "internal_same": 401_831.016268,
    }
    assert {key: said[key] for key in expected} == pytest.approx(expected, rel=1e-6)
    assert said["net"] is None
    universe = said["universe"]
    assert (universe["national"], universe["partial"]) == (False, True)
    assert "Loire-Atlantique" in universe["label"]
    assert universe["coverage"]["outgoing"] == "partial"
    assert said["source"]["fictional"] is False
    assert len(said["source"]["files"][0]["sha256"]) == 64


def test_what_a_cut_file_cannot_tell_is_null_and_says_why(get):
    """A rate of a total that the file cuts, a rank among territories cut elsewhere."""
    compared = get(f"{ONE}/comparison{TOLD['comparison']}")
    assert all(compared["refusals"])
    assert compared["why_alone"]
    assert all(v["value"] is None for row in compared["rows"] for v in row["values"])


def test_grants_of_nantes_metropole_are_those_of_the_list(get):
    said = get(f"{ONE}/grants?year=2019&limit=5")
    assert said["total"]["count"] >= len(said["grants"]) > 0
    for grant in said["grants"]:
        assert grant["subsidy"] == round(grant["subsidy"], 2)
    assert sum(one["count"] for one in said["programmes"]) == said["total"]["count"]
    total = sum(one["subsidy"] for one in said["programmes"])
    assert total == pytest.approx(said["total"]["subsidy"], abs=0.011)


def test_the_edition_says_what_it_holds(get):
    held = get(f"{ROOT}/edition")
    jsonschema.validate(held, schema_of(OWN["EditionHeld"]))
    assert held["fictional"] is False
    read = {(flow["flow"], flow["year"]): flow["files"][0] for flow in held["flows"]}
    account = get(f"{ROOT}/edition/account")
    sha256 = read["residential", 2008]["sha256"]
    file = next(file for file in account["files"] if file["sha256"] == sha256)
    lost = sum(one["value"] for one in file["unplaced"])
    assert file["placed"] + lost == pytest.approx(file["total"])


def test_lines_of_the_layer_are_the_partners_of_the_balance(get):
    """Named partners only: what the file does not place on the map has no line."""
    balance = get(f"{ONE}/balance?flow=residential&year=2008&limit=5000")
    lines = get(f"{RESIDENTIAL}?territory={NANTES}&year=2008&limit=5000")["features"]
    sent = {
        line["properties"]["destination"]: line["properties"]["value"]
        for line in lines
        if line["properties"]["origin"] == NANTES
    }
    told = {p["id"]: p["outgoing"] for p in balance["partners"] if p["id"] and p["outgoing"]}
    assert sent
    assert sent == {id: pytest.approx(told[id]) for id in sent}
    assert sent.keys() == told.keys()
    assert all(line["properties"]["fictional"] is False for line in lines)


def test_every_layer_answers(get):
    """Whatever contours the edition has; where it has none, the layer says no place."""
    for layer in get("/ogc/collections")["collections"]:
        found = get(f"/ogc/collections/{layer['id']}/items?limit=2")
        assert found["numberReturned"] > 0, layer["id"]
