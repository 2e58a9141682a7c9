"""Addresses for programs, and the pages that describe them."""

from django.urls import include, path, register_converter

from maillage.api.docs import docs
from maillage.api.ogc import views as ogc
from maillage.api.opening import open_data
from maillage.api.v1 import api, patterns
from maillage.web import urls as pages
from maillage.web.identifiers import TerritoryConverter


class LayerConverter(TerritoryConverter):
    regex = r"[a-z][a-z0-9_-]{0,79}"


class FeatureConverter(TerritoryConverter):
    """A territory, or two joined by ``:``."""

    regex = r"[0-9A-Za-z@+._:-]{1,8000}"


# Identifiers of territories and cards are declared by the pages, imported above for that.
KNOWN = pages.urlpatterns
register_converter(LayerConverter, "layer")
register_converter(FeatureConverter, "feature")
ITEMS = "ogc/collections/<layer:id>/items"

urlpatterns = [
    path("api/", docs, name="api"),
    path("api/v1/", include((patterns(), "api"), namespace=api.urls_namespace)),
    path("ogc/", open_data(ogc.landing), name="ogc"),
    path("ogc/api", open_data(ogc.api_definition), name="ogc-api"),
    path("ogc/conformance", open_data(ogc.conformance), name="ogc-conformance"),
    path("ogc/collections", open_data(ogc.layers), name="ogc-collections"),
    path("ogc/collections/<layer:id>", open_data(ogc.layer), name="ogc-collection"),
    path(ITEMS, open_data(ogc.items), name="ogc-items"),
    path(f"{ITEMS}/<feature:feature_id>", open_data(ogc.item), name="ogc-item"),
]
