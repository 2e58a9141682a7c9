"""JSON schemas of the answers, drawn from the answers themselves and published beside them."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema

from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.answers.cooperation import Cooperation
from maillage.observatory.answers.evolution import Evolution
from maillage.observatory.answers.grants import Grants
from maillage.observatory.answers.indicators import Indicators
from maillage.observatory.answers.joining import Joining
from maillage.observatory.answers.links import Links
from maillage.observatory.answers.matches import Matches
from maillage.observatory.answers.pair import Pair
from maillage.observatory.answers.peers import Peers
from maillage.observatory.answers.portrait import Portrait
from maillage.observatory.answers.structure import Structure
from maillage.observatory.answers.supply_need import SupplyNeed

#: Answers whose shape is a promise, by the question that gives them.
PUBLISHED: dict[str, type[Any]] = {
    "balance": Balance,
    "comparison": Comparison,
    "cooperation": Cooperation,
    "evolution": Evolution,
    "grants": Grants,
    "indicators": Indicators,
    "joining": Joining,
    "links": Links,
    "matches": Matches,
    "pair": Pair,
    "peers": Peers,
    "portrait": Portrait,
    "structure": Structure,
    "supply_need": SupplyNeed,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _AsRecorded(GenerateJsonSchema):
    """An amount of money is a number, as ``record`` writes it."""

    def decimal_schema(self, schema: DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}


def drawn_schema(question: str) -> dict[str, Any]:
    """The schema of an answer, from its dataclasses."""
    return {"$schema": DIALECT, **schema_of(PUBLISHED[question])}


def schema_of(answer: Any) -> dict[str, Any]:
    """The schema of values of a type: every key required, none added."""
    drawn = TypeAdapter(answer).json_schema(mode="serialization", schema_generator=_AsRecorded)
    closed: dict[str, Any] = _closed(drawn)
    return closed


def published_schema(question: str) -> dict[str, Any]:
    """The schema as published in ``answers/<question>.schema.json``."""
    published: dict[str, Any] = json.loads(_home(question).read_text(encoding="utf-8"))
    return published


def publish_schemas() -> None:
    """Writes the published schemas anew, after an answer has changed."""
    for question in PUBLISHED:
        text = json.dumps(drawn_schema(question), ensure_ascii=False, indent=2)
        _home(question).write_text(f"{text}\n", encoding="utf-8")


def _home(question: str) -> Path:
    return Path(__file__).parent / "answers" / f"{question}.schema.json"


def _closed(schema: Any) -> Any:
    """The same schema, where an object holds its properties and no other."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if "properties" in closed:
        return closed | {"additionalProperties": False, "required": sorted(closed["properties"])}
    return closed
