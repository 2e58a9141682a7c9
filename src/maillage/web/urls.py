"""Addresses of the pages. French, and stable: people keep them and cite them."""

from django.urls import path, register_converter

from maillage.web.identifiers import CardConverter, TerritoryConverter
from maillage.web.views import home, method, search, sources, territories

register_converter(TerritoryConverter, "territory")
register_converter(CardConverter, "card")

urlpatterns = [
    path("", home.home, name="home"),
    path("mentions/", home.mentions, name="mentions"),
    path("recherche/", search.results, name="search"),
    path("recherche/suggestions/", search.suggestions, name="search-suggestions"),
    path("territoires/", territories.listing, name="territories"),
    path("territoires/<territory:id>/", territories.portrait, name="territories-portrait"),
    path("methode/", method.index, name="method"),
    path("methode/<card:id>/", method.indicator, name="method-indicator"),
    path("sources/", sources.index, name="sources"),
    path("sources/<card:id>/", sources.source, name="sources-source"),
]
