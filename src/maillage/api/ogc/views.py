"""The addresses of the standard, as JSON; the landing page also as HTML, for people."""

import json
from typing import Any

import shapely
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from maillage.api.ogc.collections import Collection, collection, collections
from maillage.api.ogc.coordinates import CRS84, SYSTEMS, System
from maillage.api.ogc.definition import GEOJSON, JSON, definition
from maillage.api.ogc.features import Feature, feature, features
from maillage.api.ogc.requested import FORMAT, Requested, requested
from maillage.api.opening import refuse_unknown
from maillage.api.paging import page_address

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
TITLE = "Maillage : territoires et flux"
ABOUT = "Les territoires et les flux de l’observatoire, comme couches pour un logiciel de cartes."
CONFORMS_TO = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)


def landing(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request.GET, {FORMAT})
    asked = request.GET.get(FORMAT)
    if asked == "html" or (asked is None and _reads_pages(request)):
        return _page(request)
    root, manual = _address(request), request.build_absolute_uri(reverse("api"))
    links = [
        _link(root, "self", JSON, "Cette page"),
        _link(f"{root}?{FORMAT}=html", "alternate", "text/html", "Cette page, pour la lire"),
        _link(f"{root}api", "service-desc", OPENAPI, "Description du service"),
        _link(manual, "service-doc", "text/html", "Mode d’emploi"),
        _link(f"{root}conformance", "conformance", JSON, "Parties de la norme suivies"),
        _link(f"{root}collections", "data", JSON, "Les couches"),
    ]
    return _said({"title": TITLE, "description": ABOUT, "links": links})


def api_definition(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request.GET, {FORMAT})
    return _said(definition(_address(request).rstrip("/")), OPENAPI)


def conformance(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request.GET, {FORMAT})
    return _said({"conformsTo": CONFORMS_TO})


def layers(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request.GET, {FORMAT})
    listed = [_layer(request, layer) for layer in collections(request.edition)]
    here = f"{_address(request)}collections"
    links = [_link(here, "self", JSON, "Les couches")]
    return _said({"links": links, "collections": listed, "crs": list(SYSTEMS)})


def layer(request: HttpRequest, id: str) -> HttpResponse:
    refuse_unknown(request.GET, {FORMAT})
    return _said(_layer(request, collection(request.edition, id)))


def items(request: HttpRequest, id: str) -> HttpResponse:
    found_layer = collection(request.edition, id)
    asked = requested(request.GET, found_layer, one=False)
    found = features(request.edition, found_layer, asked.wanted)
    written = [_feature(item, asked.system) for item in found.features]
    response = _said(
        {
            "type": "FeatureCollection",
            "numberMatched": found.matched,
            "numberReturned": len(written),
            "links": _paging(request, asked, found.matched),
            "features": written,
        },
        GEOJSON,
    )
    response["Content-Crs"] = f"<{asked.system.uri}>"
    return response


def item(request: HttpRequest, id: str, feature_id: str) -> HttpResponse:
    found_layer = collection(request.edition, id)
    asked = requested(request.GET, found_layer, one=True)
    found = feature(request.edition, found_layer, feature_id, asked.wanted)
    home = f"{_address(request)}collections/{id}"
    links = [
        _link(request.build_absolute_uri(), "self", GEOJSON, "Cet objet"),
        _link(home, "collection", JSON, "Sa couche"),
    ]
    response = _said({**_feature(found, asked.system), "links": links}, GEOJSON)
    response["Content-Crs"] = f"<{asked.system.uri}>"
    return response


def _page(request: HttpRequest) -> HttpResponse:
    found = {
        "about": ABOUT,
        "collections": collections(request.edition),
        "root": _address(request),
    }
    return render(request, "api/ogc.html", found)


def _reads_pages(request: HttpRequest) -> bool:
    """A browser, which names HTML first; software that asks for anything gets JSON."""
    return str(request.headers.get("Accept", "")).startswith("text/html")


def _layer(request: HttpRequest, layer: Collection) -> dict[str, Any]:
    home = f"{_address(request)}collections/{layer.id}"
    extent = layer.extent(request.edition)
    told: dict[str, Any] = {
        "id": layer.id,
        "title": layer.title,
        "description": layer.description,
        "itemType": "feature",
        "crs": list(SYSTEMS),
        "storageCrs": CRS84,
        "links": [
            _link(home, "self", JSON, layer.title),
            _link(f"{home}/items", "items", GEOJSON, "Les objets"),
        ],
    }
    if extent is not None:
        told["extent"] = {"spatial": {"bbox": [extent.tolist()], "crs": CRS84}}
    return told


def _feature(found: Feature, within: System) -> dict[str, Any]:
    shape = None
    if found.shape is not None:
        shape = json.loads(shapely.to_geojson(within.write(found.shape)))
    return {"type": "Feature", "id": found.id, "geometry": shape, "properties": found.properties}


def _paging(request: HttpRequest, asked: Requested, matched: int) -> list[dict[str, str]]:
    offset, limit = asked.wanted.offset, asked.wanted.limit
    links = [_link(request.build_absolute_uri(), "self", GEOJSON, "Cette page")]
    if offset + limit < matched:
        links.append(_page_link(request, "next", limit, offset + limit))
    if offset > 0:
        links.append(_page_link(request, "prev", limit, max(offset - limit, 0)))
    return links


def _page_link(request: HttpRequest, rel: str, limit: int, offset: int) -> dict[str, str]:
    title = "Page suivante" if rel == "next" else "Page précédente"
    return _link(page_address(request, offset, limit), rel, GEOJSON, title)


def _address(request: HttpRequest) -> str:
    return str(request.build_absolute_uri(reverse("ogc")))


def _link(href: str, rel: str, kind: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind, "title": title, "hreflang": "fr"}


def _said(answer: dict[str, Any], kind: str = JSON) -> HttpResponse:
    return JsonResponse(
        answer,
        content_type=kind,
        json_dumps_params={"ensure_ascii": False, "allow_nan": False},
    )
