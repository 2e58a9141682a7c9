"""Every address answers as its published schema says, with the same figures as elsewhere."""

import jsonschema
import pytest

from maillage.api.catalog import KINDS
from maillage.api.description import OWN, page_name
from maillage.api.paging import KEY, LISTS
from maillage.api.v1 import ADDRESSES, SAID, description
from maillage.engine.edition import current_edition
from maillage.observatory.balance import territory_balance
from maillage.observatory.grants import territory_grants
from maillage.observatory.record import record
from maillage.observatory.schemas import PUBLISHED, published_schema, schema_of
from maillage.territory.perimeter import parse_perimeter

ROOT = "/api/v1"
ON_A_FLOW = ("balance", "cooperation", "evolution", "indicators", "links", "structure")


def without_labels(schema):
    if isinstance(schema, list):
        return [without_labels(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: without_labels(v) for k, v in schema.items() if k not in {"title", "description"}}
    if "properties" in schema:
        told = schema["properties"].items()
        kept["properties"] = {key: without_labels(value) for key, value in told}
    return kept


def resolved(schema, whole):
    """Links to components as links to definitions: what the published schemas write."""
    if isinstance(schema, list):
        return [resolved(item, whole) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return resolved(whole[name], whole)
    return {key: resolved(value, whole) for key, value in schema.items()}


@pytest.mark.parametrize("question", PUBLISHED)
def test_the_description_and_the_published_schema_agree(question):
    published = published_schema(question)
    components = description()["components"]["schemas"]
    name = PUBLISHED[question].__name__
    by_pages = components[page_name(name)]
    described = resolved(without_labels(components[name]), without_labels(components))
    own = {k: v for k, v in published.items() if k not in {"$defs", "$schema"}}
    definitions = without_labels(published.get("$defs", {}))
    assert described == resolved(without_labels(own), definitions)
    answer = description()["paths"][f"{ROOT}/territories/{{territory}}/{question}"]["get"]
    given = answer["responses"][200]["content"]["application/json"]["schema"]
    assert given == {"$ref": f"#/components/schemas/{page_name(name)}"}
    beside = by_pages["properties"].keys() - components[name]["properties"].keys()
    assert beside == ({KEY} if name in LISTS else set())


def test_no_two_schemas_share_a_name():
    seen = {}
    for schema in (*map(published_schema, PUBLISHED), *map(schema_of, OWN.values())):
        for name, definition in schema.get("$defs", {}).items():
            assert seen.setdefault(name, definition) == definition, name


def test_every_promised_question_has_its_address():
    assert SAID.keys() == PUBLISHED.keys()


def addresses(edition):
    """Each address of the API that is read, filled with what the edition holds."""
    territory = edition.geography.mesh("epci").codes[0]
    theme, other = next(iter(edition.catalog.balances)), edition.geography.codes[-1]
    queries = {
        **dict.fromkeys(ON_A_FLOW, f"?flow={edition.flows()[0].flow}"),
        "search": "?q=a",
        "figures": f"?flow={edition.flows()[0].flow}",
        "perimeter": f"?codes={territory}",
        "joining": f"?theme={theme}",
        "pair": f"?other={other}",
        "comparison": f"?flow={edition.flows()[0].flow}&other={other}",
    }
    for address in ADDRESSES:
        kind = address.path.split("/")[2] if "{card" in address.path else "flows"
        card = next(iter(getattr(edition.catalog, kind)))
        path = address.path.replace("{territory:territory}", territory).replace("{card:id}", card)
        yield address, f"{ROOT}{path}{queries.get(address.name, '')}"


def test_every_address_obeys_its_schema(demo, demo_edition):
    components = description()["components"]
    for address, path in addresses(demo_edition):
        if address.name == "grants":  # the fictional country has none
            continue
        answer = demo.get(path)
        assert answer.status_code == 200, (path, answer.content)
        schema = {"$ref": f"#/components/schemas/{address.schema}", "components": components}
        jsonschema.validate(answer.json(), schema)


def test_grants_are_those_of_the_observatory_to_the_cent(served, granted_editions):
    site, edition = served(granted_editions), current_edition(granted_editions)
    perimeter = parse_perimeter("01001", edition.geography)
    said = site.get(f"{ROOT}/territories/01001/grants?limit=1").json()
    assert said.pop(KEY)["total"] == 2  # of the longer list: those of wider owners
    assert said == record(territory_grants(edition, perimeter, limit=1))
    jsonschema.validate(said, published_schema("grants"))
    total, beyond = said["total"], said["beyond"]
    assert (total["count"], total["subsidy"], total["cost"]) == (1, 10.01, 100)
    assert (beyond["count"], beyond["subsidy"], beyond["unpriced"]) == (2, 1300, 1)
    assert [grant["cost"] for grant in said["shared"]] == [None]  # unknown, and cut to one
    assert said["fictional"] is True
    assert site.get(f"{ROOT}/territories/01001/grants?year=2018").status_code == 404


def test_without_a_list_grants_are_refused_in_french(site):
    answer = site.get(f"{ROOT}/territories/01001/grants")
    assert answer.status_code == 404
    assert "Aucune liste de subventions" in answer.json()["detail"]
    assert 'href="/api/v1/territories/200000001/grants' not in site.get("/api/").content.decode()


def test_a_comparison_is_of_a_flow_or_of_fragility(demo, demo_edition):
    """The territory first, those beside it in the order told, each once."""
    here, other, third = demo_edition.geography.mesh("epci").codes[:3]
    path = f"{ROOT}/territories/{here}/comparison?other={third}&other={other}&other={here}"
    said = demo.get(f"{path}&flow=commuting").json()
    assert [territory["id"] for territory in said["territories"]] == [here, third, other]
    assert said["source"]["files"]
    assert all(len(row["values"]) == 3 for row in said["rows"])
    signs = demo.get(path).json()
    assert (signs["family"], signs["year"], signs["fictional"]) == ("fragilites", None, True)
    assert signs["rows"]
    assert demo.get(f"{path}&year=2021").status_code == 400
    many = "&".join(f"other={code}" for code in demo_edition.geography.codes[:6])
    assert demo.get(f"{ROOT}/territories/{here}/comparison?{many}").status_code == 400


def test_a_balance_is_that_of_the_observatory(demo, demo_edition):
    perimeter = parse_perimeter(
        demo_edition.geography.mesh("epci").codes[3], demo_edition.geography
    )
    said = demo.get(f"{ROOT}/territories/{perimeter.id}/balance?flow=commuting&limit=5000").json()
    assert said.pop(KEY)["next"] is None
    assert said == record(territory_balance(demo_edition, "commuting", perimeter))
    assert said["unit"]["label"]
    assert said["precision"]["outgoing"]["grade"]
    assert said["source"]["files"][0]["sha256"]
    assert said["secrecy"]["outgoing"]["status"]
    assert said["universe"]["label"]


def test_figures_of_a_mesh_are_those_of_each_territory(demo, demo_edition):
    """The figures of a balance have English keys; indicators, the id of their card."""
    asked = "flow=commuting&year=2022&indicator=outgoing&indicator=self_containment"
    said = demo.get(f"{ROOT}/figures?{asked}&limit=5000").json()
    codes = demo_edition.geography.mesh("epci").codes
    assert said[KEY]["total"] == len(said["figures"]) == 2 * len(codes)
    assert [(f["flow"], f["year"]) for f in said["files"]] == [("commuting", 2022)]
    assert said["files"][0]["source"]["files"][0]["sha256"]
    told = {f["indicator"]: f for f in said["figures"] if f["id"] == codes[2]}
    here = f"{ROOT}/territories/{codes[2]}"
    balance = demo.get(f"{here}/balance?flow=commuting&year=2022&limit=1").json()
    assert told["outgoing"]["value"] == balance["outgoing"]
    assert told["outgoing"]["precision"] == balance["precision"]["outgoing"]
    battery = demo.get(f"{here}/indicators?flow=commuting&year=2022").json()
    kept = next(one for one in battery["figures"] if one["id"] == "self_containment")
    assert told["self_containment"]["value"] == pytest.approx(kept["value"])
    assert told["self_containment"]["precision"]["grade"] == kept["precision"]["grade"]
    assert told["self_containment"]["secrecy"] == "public"
    for bad, status in (("flow=telepathy", 404), ("flow=commuting&indicator=x", 400), ("", 400)):
        assert demo.get(f"{ROOT}/figures?{bad}").status_code == status


def test_a_territory_says_what_it_is_in(site):
    said = site.get(f"{ROOT}/territories/01001").json()
    assert said["territory"]["population"] == 12_000
    assert said["containers"] == [
        {
            "id": "200000001",
            "name": "CC des Deux Rives",
            "level_label": "Intercommunalité à fiscalité propre",
        },
        {"id": "dep-01", "name": "L'Aval", "level_label": "Département"},
    ]


def test_a_perimeter_is_exactly_its_codes(site):
    told = site.get(f"{ROOT}/perimeters?codes=01001,02001,02001").json()
    assert told["territory"]["id"] == "01001+02001"
    assert (told["given"], told["repeated"], told["territory"]["communes"]) == (3, 1, 2)
    body = {"codes": ["200000002", "02001"]}
    posted = site.post(f"{ROOT}/perimeters", body, content_type="application/json").json()
    assert posted["territory"]["id"] == "200000002"
    assert posted["repeated"] == 1


def test_cards_are_told_whole(site):
    card = site.get(f"{ROOT}/catalog/indicators/self_containment").json()
    assert card["formula"]
    assert card["reading"]
    for kind in KINDS:
        listed = site.get(f"{ROOT}/catalog/{kind}").json()["cards"]
        one = site.get(f"{ROOT}/catalog/{kind}/{listed[0]['id']}")
        assert one.json() == listed[0]


def test_the_edition_and_its_account(site):
    held = site.get(f"{ROOT}/edition").json()
    assert held["fictional"] is True
    assert [(f["flow"], f["year"]) for f in held["flows"]] == [
        ("commuting", 2021),
        ("residential", 2008),
    ]
    assert held["flows"][1]["universe"] == "à l’intérieur du département Amont"
    account = site.get(f"{ROOT}/edition/account").json()
    file = account["files"][0]
    assert file["placed"] + sum(u["value"] for u in file["unplaced"]) == pytest.approx(
        file["total"]
    )
    assert account["unmatched"] == ["lisez-moi.txt"]
