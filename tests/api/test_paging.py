"""Every list answer is read by pages, all in the same way, and nothing is lost between two."""

import inspect

import pytest

from maillage.api.paging import KEY, LISTS
from maillage.api.v1 import ADDRESSES, description

ROOT = "/api/v1"
COMMUTING = "flow=commuting"
#: A question with several pages in the demo country, by the name of its address.
QUESTIONS = {
    "balance": ("/territories/{epci}/balance", f"{COMMUTING}&mesh=commune", 150),
    "links": ("/territories/{epci}/links", f"{COMMUTING}&mesh=commune", 150),
    "structure": ("/territories/{epci}/structure", COMMUTING, 30),
    "peers": ("/territories/{epci}/peers", "pin={last}&pin={other}&drop={epci}", 20),
    "cooperation": ("/territories/{epci}/cooperation", f"{COMMUTING}&radius_km=300", 15),
    "supply_need": ("/territories/{epci}/supply_need", "", 15),
    "figures": ("/figures", f"{COMMUTING}&flow=wages&indicator=net&indicator=out_rate", 50),
    "search": ("/search", "q=saint", 40),
    "territories": ("/territories", "level=epci", 20),
    "members": ("/territories/{departement}/members", "", 40),
    "catalog_indicators": ("/catalog/indicators", "", 40),
}


def lists(answer):
    """The rows of each list that turns its pages, whatever holds them."""
    component = {"territories": "Territories", "cards": "Cards", "files": "MeshFigures"}
    name = next((component[key] for key in component if key in answer), None)
    paths = LISTS[name] if name else {p for paths in LISTS.values() for p in paths}
    found = {}
    for path in paths:
        _walk(answer, path.split("."), path, found)
    return found


def _walk(held, path, told, found):
    if isinstance(held, list):
        for number, one in enumerate(held):
            _walk(one, path, f"{told}/{number}", found)
    elif isinstance(held, dict) and path[0] in held:
        if len(path) == 1:
            found[told] = held[path[0]]
        else:
            _walk(held[path[0]], path[1:], told, found)


def filled(edition, path, query):
    codes = edition.geography.mesh("epci").codes
    named = {
        "epci": codes[0],
        "other": codes[3],
        "last": codes[-1],
        "departement": f"dep-{edition.geography.mesh('departement').codes[0]}",
    }
    return f"{ROOT}{path}?{query}&".format(**named)


def pages(site, address):
    """Every page, each reached by the link of the one before it."""
    while address is not None:
        answer = site.get(address)
        assert answer.status_code == 200, answer.content
        said = answer.json()
        address = said[KEY]["next"]
        link = f'<{address}>; rel="next"' if address else None
        assert answer.headers.get("Link") == link
        yield answer, said


@pytest.mark.parametrize("name", QUESTIONS)
def test_pages_end_to_end_are_the_whole_list(demo, demo_edition, name):
    path, query, limit = QUESTIONS[name]
    address = filled(demo_edition, path, query)
    whole = demo.get(f"{address}limit=5000").json()
    assert whole[KEY]["next"] is None
    read = [said for _, said in pages(demo, f"{address}limit={limit}")]
    assert len(read) > 1
    joined = {told: [] for told in lists(whole)}
    for number, said in enumerate(read):
        total = whole[KEY]["total"]
        assert (said[KEY]["total"], said[KEY]["offset"]) == (total, number * limit)
        for told, rows in lists(said).items():
            assert len(rows) <= limit
            joined[told] += rows
    assert joined == lists(whole)
    assert whole[KEY]["total"] == max(map(len, joined.values())) > limit
    assert read == [said for _, said in pages(demo, f"{address}limit={limit}")]


def test_grants_and_those_of_wider_owners_turn_together(served, granted_editions):
    site = served(granted_editions)
    address = f"{ROOT}/territories/01001/grants?"
    whole = site.get(address).json()
    read = [said for _, said in pages(site, f"{address}limit=1")]
    assert [len(said["shared"]) for said in read] == [1, 1]
    for key in ("grants", "shared"):
        assert [row for said in read for row in said[key]] == whole[key]


def test_every_address_that_turns_pages_is_tried_here():
    """And is described with both its parameters, and with its page."""
    by_pages = {a for a in ADDRESSES if "offset" in inspect.signature(a.ask).parameters}
    cards = {address for address in by_pages if address.name.startswith("catalog_")}
    tried = {*QUESTIONS, "grants"} - {"catalog_indicators"}
    assert {address.name for address in by_pages - cards} == tried
    for address in by_pages:
        told = description()["paths"][f"{ROOT}{address.path.replace(':territory', '')}"]["get"]
        assert {"offset", "limit"} <= {parameter["name"] for parameter in told["parameters"]}
        assert KEY in description()["components"]["schemas"][address.schema]["required"]


def test_no_other_address_cuts_a_list():
    """``portrait`` alone tells the first of lists that another address gives whole."""
    cut = {a.name for a in ADDRESSES if "limit" in inspect.signature(a.ask).parameters}
    turned = {a.name for a in ADDRESSES if "offset" in inspect.signature(a.ask).parameters}
    assert cut - turned == {"portrait"}


def test_each_page_has_its_version(site):
    address = f"{ROOT}/territories?level=commune&limit=2"
    for answer, said in pages(site, address):
        here = f"{address}&offset={said[KEY]['offset']}"
        again = site.get(here, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_beyond_the_last_row_the_page_is_empty_and_says_so(site):
    said = site.get(f"{ROOT}/territories?level=commune&limit=2&offset=1000").json()
    assert said["territories"] == []
    assert said[KEY] == {"total": 5, "offset": 1000, "limit": 2, "next": None}
    none = site.get(f"{ROOT}/search?q=zzzzzzzz").json()
    assert (none["territories"], none[KEY]["total"], none[KEY]["next"]) == ([], 0, None)


@pytest.mark.parametrize("query", ["offset=-1", "limit=0", "limit=5001", "offset=1000001"])
def test_a_page_that_cannot_be_is_refused(site, query):
    assert site.get(f"{ROOT}/territories?level=commune&{query}").status_code == 400


def test_the_link_holds_the_whole_question(site):
    """Repeated and accented parameters too: nothing of the state is anywhere else."""
    said = site.get(f"{ROOT}/territories?level=commune&limit=2").json()
    assert (
        said[KEY]["next"] == f"http://testserver{ROOT}/territories?level=commune&limit=2&offset=2"
    )
    peers = f"{ROOT}/territories/01001/peers?limit=1&pin=02001&pin=02002"
    following = site.get(peers).json()[KEY]["next"]
    assert "pin=02001&pin=02002" in following
    layer = "/ogc/collections/flux-domicile-travail/items?territory=200000001&limit=1"
    links = {link["rel"]: link["href"] for link in site.get(layer).json()["links"]}
    assert "territory=200000001&limit=1&offset=1" in links["next"]
