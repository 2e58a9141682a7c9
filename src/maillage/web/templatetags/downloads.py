"""The files of a page as a menu: ``{% downloads "flow" %}`` where the page has its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template

from maillage.common.files import byte_size
from maillage.documents.formats import MAP_FORMATS, PICTURE_FORMATS, TABLE_FORMATS, Format

register = template.Library()


@dataclass(frozen=True)
class Offered:
    """One file one may ask for."""

    label: str
    hint: str
    url: str


@dataclass(frozen=True)
class Group:
    """Files of one sort, under their name."""

    title: str
    files: tuple[Offered, ...]


#: What each kind of page offers.
OFFERS: dict[str, tuple[tuple[str, Iterable[Format]], ...]] = {
    "tables": (("Tableaux", TABLE_FORMATS.values()),),
    "flow": (
        ("Tableaux", TABLE_FORMATS.values()),
        ("Carte", (*PICTURE_FORMATS.values(), *MAP_FORMATS.values())),
    ),
}


register.filter("byte_size", byte_size)


@register.inclusion_tag("web/parts/downloads.html", takes_context=True)
def downloads(context: template.Context, kind: str = "tables", page: str = "") -> dict[str, Any]:
    """``page`` is the address of the page whose files these are, this one unless told."""
    request = context["request"]
    query = request.META.get("QUERY_STRING", "")
    end = f"?{query}" if query else ""
    start = page or request.path
    return {"groups": [_group(title, found, start, end) for title, found in OFFERS[kind]]}


def _group(title: str, formats: Iterable[Format], page: str, end: str) -> Group:
    return Group(
        title,
        tuple(
            Offered(found.label, found.hint, f"{page}telecharger.{found.id}{end}")
            for found in formats
        ),
    )
