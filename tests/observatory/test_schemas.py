"""Every answer keeps to the schema published for it."""

import json
from decimal import Decimal

import jsonschema
import pytest

from maillage.engine.dataset import Grant, GrantList, SourceFile
from maillage.observatory.balance import territory_balance
from maillage.observatory.cooperation import cooperation
from maillage.observatory.evolution import evolution
from maillage.observatory.grants import territory_grants
from maillage.observatory.indicators import indicators
from maillage.observatory.joining import joining
from maillage.observatory.links import links
from maillage.observatory.matches import matches
from maillage.observatory.pair import pair
from maillage.observatory.peers import peers
from maillage.observatory.portrait import portrait
from maillage.observatory.record import record
from maillage.observatory.schemas import DIALECT, PUBLISHED, drawn_schema, published_schema
from maillage.observatory.side_by_side import side_by_side
from maillage.observatory.structure import structure
from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import breakdown, cells, stock

TABLE = {(0, 0): 80.0, (0, 1): 9.0, (0, 4): 20.0, (4, 0): 10.0, (2, 8): 3.0, (7, 2): 1.0}
ON_A_FLOW = {
    "balance": territory_balance,
    "cooperation": cooperation,
    "evolution": evolution,
    "indicators": indicators,
    "links": links,
    "structure": structure,
}
ON_A_TERRITORY = {
    "matches": matches,
    "peers": peers,
    "portrait": portrait,
    "supply_need": supply_need,
}
FILE = SourceFile("dotations_investissement", "dotations.csv", "0" * 64, 2, 2019)
GRANT = Grant(
    project="00001-a",
    programme="DETR",
    level="commune",
    place="00001",
    name="Commune 1",
    departement="01",
    category="4",
    purpose="École",
    cost=None,
    subsidy=Decimal("10.01"),
    now="00001",
)


@pytest.fixture
def edition(make_edition):
    themes = [
        stock([10.0 * (i + 1) for i in range(8)], name=f"energy_{side}_{group}")
        for side in ("supply", "need")
        for group in ("electricity", "gas", "heat")
    ]
    modes = {"mode": breakdown({"car": TABLE})}
    return make_edition(
        cells(TABLE, mean_weight=4.0, breakdowns=modes),
        cells(TABLE, year=2011, mean_weight=4.0),
        stocks=(*themes, stock([100.0] * 8, name="population")),
        grants=GrantList(2019, FILE, (GRANT,)),
    )


@pytest.mark.parametrize("territory", ["200000001", "00001+00002", "00001"])
def test_every_answer_obeys_its_schema(edition, territory):
    perimeter = parse_perimeter(territory, edition.geography)
    other = parse_perimeter("200000002", edition.geography)
    answers = {
        **{name: ask(edition, "commuting", perimeter) for name, ask in ON_A_FLOW.items()},
        **{name: ask(edition, perimeter) for name, ask in ON_A_TERRITORY.items()},
        "joining": joining(edition, perimeter, "energy"),
        "pair": pair(edition, perimeter, other),
        "comparison": side_by_side(edition, perimeter, [other], flow="commuting"),
        "grants": territory_grants(edition, perimeter),
    }
    assert answers.keys() == PUBLISHED.keys()
    for name, answer in answers.items():
        plain = json.loads(json.dumps(record(answer), allow_nan=False))
        jsonschema.validate(plain, published_schema(name))


def test_an_amount_of_money_is_a_number_to_the_cent(edition):
    perimeter = parse_perimeter("00001", edition.geography)
    answer = territory_grants(edition, perimeter)
    assert '"subsidy": 10.01' in json.dumps(record(answer))
    assert record(answer)["grants"][0]["cost"] is None


@pytest.mark.parametrize("question", PUBLISHED)
def test_published_schemas_are_those_of_the_answers(question):
    """If this fails: python -c "from maillage.observatory.schemas import *; publish_schemas()"."""
    assert published_schema(question) == drawn_schema(question)
    jsonschema.Draft202012Validator.check_schema(published_schema(question))
    assert published_schema(question)["$schema"] == DIALECT
