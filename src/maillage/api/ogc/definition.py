"""The OpenAPI document of the layers, which clients read to know the limits of a page."""

from typing import Any

from maillage.api.asked import MOST, PAGE
from maillage.api.ogc.coordinates import CRS84, SYSTEMS
from maillage.web.problems import MEDIA_TYPE

GEOJSON = "application/geo+json"
JSON = "application/json"


def definition(root: str) -> dict[str, Any]:
    """``root`` is the address of the landing page, without its last slash."""
    items = "/collections/{collectionId}/items"
    on_one = ["collectionId", "featureId", "crs", *_ON_FLOWS]
    on_all = ["collectionId", "bbox", "bbox-crs", "crs", "limit", "offset", "datetime", *_ON_FLOWS]
    return {
        "openapi": "3.0.3",
        "info": {"title": "Maillage, OGC API – Features", "version": "1.0.0"},
        "servers": [{"url": root}],
        "paths": {
            "/": _path("landing", "La page d’accueil du service", JSON),
            "/conformance": _path("conformance", "Les parties de la norme suivies", JSON),
            "/collections": _path("collections", "Les couches", JSON),
            "/collections/{collectionId}": _path("collection", "Une couche", JSON, on_one[:1]),
            items: _path("items", "Les objets d’une couche", GEOJSON, on_all),
            f"{items}/{{featureId}}": _path("item", "Un objet d’une couche", GEOJSON, on_one),
        },
        "components": {"parameters": _PARAMETERS},
    }


_ON_FLOWS = ["territory", "year", "mesh", "threshold"]


def _given(name: str, said: str, schema: dict[str, Any], where: str = "query") -> dict[str, Any]:
    told = {"name": name, "in": where, "required": where == "path", "schema": schema}
    return {**told, "description": said}


_TEXT: dict[str, Any] = {"type": "string"}
_CRS = {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": CRS84}
_NUMBERS = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
_PARAMETERS: dict[str, Any] = {
    "collectionId": _given("collectionId", "Nom d’une couche.", _TEXT, "path"),
    "featureId": _given("featureId", "Identifiant d’un objet.", _TEXT, "path"),
    "bbox": {
        **_given("bbox", "Emprise : ouest, sud, est, nord.", _NUMBERS),
        "style": "form",
        "explode": False,
    },
    "bbox-crs": _given("bbox-crs", "Système de coordonnées de l’emprise.", _CRS),
    "crs": _given("crs", "Système de coordonnées de la réponse.", _CRS),
    "limit": _given(
        "limit",
        "Nombre d’objets au plus.",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
    ),
    "offset": _given("offset", "Nombre d’objets passés.", {"type": "integer", "minimum": 0}),
    "datetime": _given("datetime", "Sans effet : aucune couche n’a de date.", _TEXT),
    "territory": _given("territory", "Flux : ceux d’un territoire seulement.", _TEXT),
    "year": _given("year", "Flux : millésime, le plus récent à défaut.", {"type": "integer"}),
    "mesh": _given("mesh", "Flux : maille des extrémités, epci à défaut.", _TEXT),
    "threshold": _given("threshold", "Flux : valeur minimale.", {"type": "number", "minimum": 0}),
}


def _path(id: str, said: str, kind: str, parameters: list[str] | None = None) -> dict[str, Any]:
    refusal = _answer("Refus, et remède.", MEDIA_TYPE)
    given = [{"$ref": f"#/components/parameters/{name}"} for name in parameters or ()]
    answer = _answer("La réponse.", kind)
    told: dict[str, Any] = {"operationId": id, "summary": said, "parameters": given}
    return {"get": {**told, "responses": {"200": answer, "400": refusal, "404": refusal}}}


def _answer(said: str, kind: str) -> dict[str, Any]:
    return {"description": said, "content": {kind: {"schema": {"type": "object"}}}}
