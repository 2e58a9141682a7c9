"""The OpenAPI description: the published schemas as they are, with a French label for each key."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maillage.api.catalog import KINDS
from maillage.api.paging import KEY, LISTS, Paging
from maillage.observatory.answers.edition import Account, EditionHeld
from maillage.observatory.answers.mesh_figures import MeshFigures
from maillage.observatory.answers.territories import Gathered, Identity, Territories
from maillage.observatory.schemas import PUBLISHED, published_schema, schema_of

#: Answers of the API alone, by the name of their schema.
OWN: Mapping[str, Any] = {
    "Territories": Territories,
    "Identity": Identity,
    "Gathered": Gathered,
    "EditionHeld": EditionHeld,
    "Account": Account,
    "MeshFigures": MeshFigures,
    "Paging": Paging,
    **{card.__name__: card for card in KINDS.values()},
}
_TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("type", "title", "detail", "instance"), _TEXT),
        **dict.fromkeys(("remedy", "parameter", "value"), _TEXT),
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"parameter": _TEXT, "detail": _TEXT},
                "required": ["parameter", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "instance"],
}


@cache
def components() -> dict[str, Any]:
    """Every schema by name, each defined once."""
    schemas = {"Problem": PROBLEM}
    for question, answer in PUBLISHED.items():
        schemas |= _lifted(answer.__name__, published_schema(question))
    for name, answer in OWN.items():
        schemas |= _lifted(name, schema_of(answer))
    for kind, card in KINDS.items():
        schemas[_plural(kind)] = _cards(card.__name__)
    for kind in KINDS:
        schemas[_plural(kind)] = _with_page(schemas[_plural(kind)])
    for name in LISTS.keys() & schemas.keys():
        schemas[page_name(name)] = _with_page(schemas[name])
    return {name: labelled(schema) for name, schema in sorted(schemas.items())}


def page_name(name: str) -> str:
    """Name of the schema of an answer that the API gives by pages."""
    return f"{name}Page" if name in LISTS else name


def schema_name(kind: str, *, one: bool) -> str:
    """Name of the schema of a kind of cards, or of one card."""
    return KINDS[kind].__name__ if one else _plural(kind)


def labelled(schema: Any) -> Any:
    """The same schema, where each key of an answer has its French label as title.

    Docstrings, written in English for whoever maintains the code, are left out.
    """
    if isinstance(schema, list):
        return [labelled(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    names = {k: v for k, v in schema.items() if k not in {"title", "description", "properties"}}
    told = {key: labelled(value) for key, value in names.items()}
    if "properties" in schema:
        told["properties"] = {
            key: {"title": labels().get(key, key), **labelled(value)}
            for key, value in schema["properties"].items()
        }
    return told


@cache
def labels() -> Mapping[str, str]:
    """French label of each key."""
    text = files(__package__).joinpath("labels.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)
    return found


def keys(schema: Any) -> Iterator[str]:
    """Every key that a schema declares."""
    if isinstance(schema, list):
        for item in schema:
            yield from keys(item)
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for value in schema.values():
            yield from keys(value)


def referred(schema: Any) -> Iterator[str]:
    """Name of every other schema that one leads to."""
    if isinstance(schema, list):
        for item in schema:
            yield from referred(item)
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield str(value).rsplit("/", 1)[-1]
            else:
                yield from referred(value)


def _cards(name: str) -> dict[str, Any]:
    every = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return {
        "type": "object",
        "properties": {"cards": every},
        "required": ["cards"],
        "additionalProperties": False,
    }


def _with_page(schema: dict[str, Any]) -> dict[str, Any]:
    """An answer as the API gives it: beside its keys, where its lists stand."""
    stands = {KEY: {"$ref": f"#/components/schemas/{Paging.__name__}"}}
    return {
        **schema,
        "properties": {**schema["properties"], **stands},
        "required": [*schema["required"], KEY],
    }


def _plural(kind: str) -> str:
    return f"{KINDS[kind].__name__}s"


def _lifted(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema and its definitions, each under the name that OpenAPI gives it."""
    own = {k: v for k, v in schema.items() if k not in {"$defs", "$schema"}}
    found = {name: own, **schema.get("$defs", {})}
    return {key: _relinked(value) for key, value in found.items()}


def _relinked(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_relinked(item) for item in schema]
    if isinstance(schema, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/")
            if key == "$ref"
            else _relinked(value)
            for key, value in schema.items()
        }
    return schema
