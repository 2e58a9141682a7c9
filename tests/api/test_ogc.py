"""The layers of OGC API – Features: what the standard asks, and features at their place."""

import pytest
from tests.api.test_openness import refusal

from maillage.observatory.balance import territory_balance
from maillage.territory.perimeter import parse_perimeter

LAMBERT = "http://www.opengis.net/def/crs/EPSG/0/2154"
EPCI = "/ogc/collections/epci/items"
COMMUTING = "/ogc/collections/flux-domicile-travail/items"


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [feature["id"] for feature in answer.json()["features"]]


def test_the_landing_page_leads_everywhere(site):
    landing = site.get("/ogc/").json()
    links = {link["rel"]: link["href"] for link in landing["links"]}
    assert links.keys() >= {"self", "service-desc", "conformance", "data"}
    for rel in ("self", "service-desc", "conformance", "data", "service-doc"):
        assert site.get(links[rel]).status_code == 200
    declared = site.get(links["conformance"]).json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in declared


def test_people_see_a_page(site):
    answer = site.get("/ogc/", headers={"accept": "text/html,application/xhtml+xml"})
    assert answer["Content-Type"].startswith("text/html")
    assert "QGIS" in answer.content.decode()
    assert site.get("/ogc/", headers={"accept": "*/*"})["Content-Type"] == "application/json"


def test_each_layer_says_where_it_is(site):
    layers = site.get("/ogc/collections").json()["collections"]
    assert [layer["id"] for layer in layers] == [
        "epci",
        "flux-domicile-travail",
        "flux-migrations-residentielles",
    ]
    assert layers[0]["extent"]["spatial"]["bbox"] == [[0, 46, 0.4, 46.3]]
    for layer in layers:
        assert site.get(f"/ogc/collections/{layer['id']}").json() == layer


def test_territories_are_features(site):
    answer = site.get(EPCI)
    assert answer["Content-Type"] == "application/geo+json"
    said = answer.json()
    assert (said["numberMatched"], said["numberReturned"]) == (2, 2)
    first = said["features"][0]
    assert first["id"] == "200000001"
    assert first["properties"]["name"] == "CC des Deux Rives"
    assert first["properties"]["population"] == 15_400
    assert said["features"][1]["properties"]["population"] is None
    one = site.get(f"{EPCI}/200000001").json()
    assert one["geometry"] == first["geometry"]
    refusal(site.get(f"{EPCI}/200000009"), 404)


def test_pages_follow_each_other(site):
    first = site.get(f"{EPCI}?limit=1").json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = site.get(following).json()
    assert [f["id"] for f in first["features"] + second["features"]] == ["200000001", "200000002"]
    assert "next" not in {link["rel"] for link in second["links"]}


def test_a_window_keeps_what_it_meets(site):
    assert ids(site.get(f"{EPCI}?bbox=0.05,46,0.1,46.1")) == ["200000001"]
    assert ids(site.get(f"{EPCI}?bbox=0.05,46,0,0.3,46.1,100")) == ["200000001", "200000002"]
    assert ids(site.get(f"{EPCI}?bbox=5,46,6,47")) == []
    assert ids(site.get(f"{EPCI}?bbox=170,40,0.05,50")) == ["200000001"]


def test_coordinates_in_lambert(site):
    answer = site.get(f"{EPCI}?crs={LAMBERT}&limit=1")
    assert answer["Content-Crs"] == f"<{LAMBERT}>"
    x, y = answer.json()["features"][0]["geometry"]["coordinates"][0][0]
    assert 400_000 < x < 600_000
    assert 6_400_000 < y < 6_700_000
    near = f"{x - 50_000},{y - 50_000},{x + 2_000},{y + 50_000}"
    assert ids(site.get(f"{EPCI}?bbox-crs={LAMBERT}&bbox={near}")) == ["200000001", "200000002"]
    west = f"{x - 50_000},{y - 50_000},{x - 10_000},{y + 50_000}"
    assert ids(site.get(f"{EPCI}?bbox-crs={LAMBERT}&bbox={west}")) == ["200000001"]


def test_flows_are_lines(site):
    found = site.get(COMMUTING).json()["features"]
    assert [f["id"] for f in found] == ["200000001:200000002", "200000002:200000001"]
    told = found[0]["properties"]
    assert told["value"] == 1634.5
    assert (told["unit"], told["year"], told["grade"]) == ("persons", 2021, "A")
    assert told["fictional"] is True
    assert len(found[0]["geometry"]["coordinates"]) == 2
    assert ids(site.get(f"{COMMUTING}?threshold=1000")) == ["200000001:200000002"]
    assert ids(site.get(f"{COMMUTING}?bbox=1,46,2,47")) == []
    one = site.get(f"{COMMUTING}/200000001:200000002").json()
    assert one["properties"] == told


def test_flows_of_a_territory_are_those_of_its_balance(demo, demo_edition):
    perimeter = parse_perimeter(
        demo_edition.geography.mesh("epci").codes[5], demo_edition.geography
    )
    balance = territory_balance(demo_edition, "commuting", perimeter)
    lines = demo.get(f"{COMMUTING}?territory={perimeter.id}&limit=5000").json()["features"]
    sent = {
        f["properties"]["destination"]: f["properties"]["value"]
        for f in lines
        if f["properties"]["origin"] == perimeter.id
    }
    assert sent == {p.id: p.outgoing for p in balance.partners if p.id and p.outgoing}
    every = demo.get(f"{COMMUTING}?limit=5000").json()["features"]
    own = [f for f in every if f["properties"]["origin"] == perimeter.id]
    assert {f["properties"]["destination"]: f["properties"]["value"] for f in own} == sent


def test_every_layer_of_a_whole_country_answers(demo):
    layers = demo.get("/ogc/collections").json()["collections"]
    assert {"commune", "epci", "departement", "region", "crte"} <= {layer["id"] for layer in layers}
    for layer in layers:
        found = demo.get(f"/ogc/collections/{layer['id']}/items?limit=3").json()
        assert found["numberReturned"] > 0, layer["id"]
        west, south, east, north = layer["extent"]["spatial"]["bbox"][0]
        inside = demo.get(
            f"/ogc/collections/{layer['id']}/items?limit=1&bbox={west},{south},{east},{north}"
        )
        assert inside.json()["numberMatched"] > 0


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=two",
        "limit=" + "9" * 400,
        "offset=-1",
        "bbox=1,2,3",
        "bbox=1,2,3,4,5",
        "bbox=nan,0,1,1",
        "bbox=inf,0,1,1",
        "bbox=0,50,1,40",
        "bbox=0,-91,1,91",
        "bbox=' or 1=1",
        "bbox=1e400,0,1,1",
        "bbox=0,0,1,1&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        "crs=EPSG:3857",
        "f=xml",
        "unknown=1",
        "territory=200000001",
    ],
)
def test_a_request_badly_written_is_refused(site, query):
    refusal(site.get(f"{EPCI}?{query}"), 400)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("year=1950", 404),
        ("year=two", 400),
        ("mesh=nulle", 404),
        ("mesh=commune", 400),
        ("territory=inconnu", 404),
        ("territory=", 400),
        ("territory=%00", 404),
        ("threshold=-1", 400),
        ("threshold=nan", 400),
    ],
)
def test_a_request_for_flows_badly_written_is_refused(site, query, status):
    refusal(site.get(f"{COMMUTING}?{query}"), status)


def test_lambert_as_far_as_one_likes(site):
    far = "bbox=-99999999,-99999999,99999999,99999999"
    assert len(ids(site.get(f"{EPCI}?bbox-crs={LAMBERT}&{far}"))) == 2
