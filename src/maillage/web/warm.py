"""Opens the edition before the first visitor, who would wait for it."""

from django.urls import resolve

from maillage.common.errors import InputError, NotFoundError
from maillage.drawing.contours import RUNGS, mesh_contours
from maillage.drawing.country import country_map
from maillage.drawing.layers import layer, towns
from maillage.engine.edition import Edition
from maillage.observatory.search import search
from maillage.web.edition import served_edition


def open_edition() -> None:
    """The geography, the search index and the map of the front page; nothing without edition.

    The views, which the first address asked would otherwise import, come first.
    """
    resolve("/")
    try:
        edition = served_edition()
    except (InputError, NotFoundError):
        return
    country_map(edition, "epci")
    _lighten(edition)
    layer(edition, "epci")
    towns(edition)
    search(edition, "a", 1)


def _lighten(edition: Edition) -> None:
    """The contours that maps of a whole région or of the country draw around a territory."""
    contours = mesh_contours(edition, "epci")
    if contours is not None:
        for rung in RUNGS:
            contours.shapes_at(rung)
