"""The page that describes the API, drawn from its OpenAPI document: read offline, no script."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.api.description import components, page_name, referred
from maillage.api.v1 import ABOUT, description
from maillage.engine.edition import Edition
from maillage.web.versions import of_edition


@dataclass(frozen=True)
class Parameter:
    name: str
    where: str
    kind: str
    required: bool
    default: str
    said: str


@dataclass(frozen=True)
class Address:
    """One address. ``answer`` names the schema of what it gives.

    ``example`` is one that answers in this edition; empty for POST, or where it has no answer.
    """

    id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: str
    example: str


@dataclass(frozen=True)
class Key:
    """One key of an answer; ``shape`` names the schema of its value, if it is an object."""

    name: str
    label: str
    kind: str
    shape: str


WHERE = {"path": "adresse", "query": "requête", "body": "corps JSON"}
KINDS = {
    "string": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "oui ou non",
    "array": "liste",
    "object": "objet",
    "null": "inconnu",
}


@of_edition
def docs(request: HttpRequest) -> HttpResponse:
    found = {
        "about": ABOUT,
        "groups": groups(request.edition),
        "shapes": {name: keys for name, keys in _shapes() if keys},
        "limit": settings.API_CALLS_PER_MINUTE,
        "base": request.build_absolute_uri(reverse("api") + "v1"),
    }
    return render(request, "api/docs.html", found)


def groups(edition: Edition) -> list[tuple[str, list[Address]]]:
    """Addresses under their heading, in the order of the document."""
    found = [
        (told["tags"][0], _address(edition, path, method, told))
        for path, methods in description()["paths"].items()
        for method, told in methods.items()
    ]
    order = list(dict.fromkeys(tag for tag, _ in found))
    found.sort(key=lambda pair: order.index(pair[0]))
    return [(tag, [address for _, address in part]) for tag, part in groupby(found, lambda p: p[0])]


def _address(edition: Edition, path: str, method: str, told: dict[str, Any]) -> Address:
    parameters = (*map(_parameter, told["parameters"]), *_body(told))
    answer = _name(told["responses"][200]["content"]["application/json"]["schema"]["$ref"])
    return Address(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        parameters=parameters,
        answer=answer,
        example=_example(edition, path, parameters) if _answers(edition, method, told) else "",
    )


def _answers(edition: Edition, method: str, told: dict[str, Any]) -> bool:
    """Whether the edition has what the address gives: not every one has a list of grants."""
    return method == "get" and (told["operationId"] != "grants" or bool(edition.grant_years()))


def _parameter(given: dict[str, Any]) -> Parameter:
    return Parameter(
        name=given["name"],
        where=WHERE[given["in"]],
        kind=_kind(given["schema"]).removesuffix(f" ou {KINDS['null']}"),
        required=given["required"],
        default=str(given["schema"].get("default", "")),
        said=given.get("description", ""),
    )


def _body(told: dict[str, Any]) -> Iterator[Parameter]:
    """The keys of the object that a POST sends."""
    if "requestBody" not in told:
        return
    ref = told["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    sent = description()["components"]["schemas"][_name(ref)]
    for name, schema in sent["properties"].items():
        required = name in sent["required"]
        yield Parameter(name, WHERE["body"], _kind(schema), required, "", schema["title"])


def _example(edition: Edition, path: str, parameters: tuple[Parameter, ...]) -> str:
    """An address that answers: the first territory, flow and card of the edition."""
    values = _values(edition, path)
    filled = path
    for name, value in values.items():
        filled = filled.replace(f"{{{name}}}", value)
    needed = [p.name for p in parameters if p.required and p.where == WHERE["query"]]
    query = "&".join(f"{name}={values[name]}" for name in needed)
    return f"{filled}?{query}" if query else filled


def _values(edition: Edition, path: str) -> dict[str, str]:
    geography, flows = edition.geography, edition.flows()
    meshes = [mesh for mesh in geography.meshes if mesh.level == "epci"]
    first = meshes[0].codes[0] if meshes else geography.codes[0]
    flow = flows[0].flow if flows else next(iter(edition.catalog.flows))
    kind = path.rsplit("/", 2)[-2] if "/catalog/" in path else "flows"
    cards = getattr(edition.catalog, kind, None) or edition.catalog.flows
    return {
        "territory": first,
        "flow": flow,
        "theme": next(iter(edition.catalog.balances)),
        "other": geography.codes[-1],
        "id": next(iter(cards)),
        "q": geography.names[0].split("-")[0].split(" ")[0],
        "codes": ",".join(geography.codes[:2]),
    }


def _shapes() -> Iterator[tuple[str, list[Key]]]:
    """Every object that an answer is or holds: of an answer given by pages, its pages only."""
    held = {name for schema in components().values() for name in referred(schema)}
    for name, schema in components().items():
        if page_name(name) == name or name in held:
            yield name, _keys(schema)


def _keys(schema: dict[str, Any]) -> list[Key]:
    return [
        Key(name, told["title"], _kind(told), _shape(told))
        for name, told in schema.get("properties", {}).items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in a few French words."""
    if "anyOf" in schema:
        return " ou ".join(_kind(part) for part in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "$ref" in schema:
        target = components().get(_name(schema["$ref"]), {})
        return _kind(target) if "enum" in target else "objet"
    return KINDS.get(schema.get("type", ""), "valeur")


def _shape(schema: dict[str, Any]) -> str:
    """Name of the object that a value is or holds; empty for plain values."""
    if "$ref" in schema:
        name = _name(schema["$ref"])
        return name if "properties" in components().get(name, {}) else ""
    parts = [*schema.get("anyOf", ()), schema.get("items", {})]
    return next((found for part in parts if part and (found := _shape(part))), "")


def _name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]
