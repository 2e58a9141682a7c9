"""The files of a page as a menu: ``{% downloads "flow" %}`` where the page has its figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template

from maillage.common.files import byte_size
from maillage.documents.formats import MAP_FORMATS, PICTURE_FORMATS, PNG, SVG, TABLE_FORMATS, Format

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


@dataclass(frozen=True)
class Offer:
    """``asked`` is what the address says more, for files that the page’s own does not name."""

    title: str
    formats: Iterable[Format]
    asked: str = ""


TABLES = Offer("Tableaux", TABLE_FORMATS.values())
LAYERS = Offer("Carte", MAP_FORMATS.values())
CHART = Offer("Graphique", (PNG, SVG))
#: What each kind of page offers.
OFFERS: dict[str, tuple[Offer, ...]] = {
    "tables": (TABLES,),
    "flow": (
        TABLES,
        Offer("Carte", (*PICTURE_FORMATS.values(), *MAP_FORMATS.values())),
        Offer("Graphique", (PNG, SVG), "vue=graphique"),
    ),
    "evolution": (Offer("Évolution", TABLE_FORMATS.values(), "contenu=evolution"),),
    "ties": (Offer("Liens", TABLE_FORMATS.values(), "contenu=liens"),),
    "indicators": (Offer("Indicateurs", TABLE_FORMATS.values(), "contenu=indicateurs"),),
    "places": (TABLES, LAYERS),
    "pair": (TABLES, Offer("Carte", (PNG, SVG, *MAP_FORMATS.values()))),
    "quadrants": (TABLES, CHART, LAYERS),
    "balances": (TABLES, CHART, LAYERS),
}


register.filter("byte_size", byte_size)


@register.inclusion_tag("web/parts/downloads.html", takes_context=True)
def downloads(context: template.Context, kind: str = "tables", page: str = "") -> dict[str, Any]:
    """``page`` is the address of the page whose files these are, this one unless told."""
    request = context["request"]
    start, query = page or request.path, _query(request)
    return {"groups": [_group(offer, start, query) for offer in OFFERS[kind]]}


@register.simple_tag(takes_context=True)
def picture(context: template.Context) -> str:
    """The whole address of what the page draws, for those who share a link to it."""
    request = context["request"]
    return str(request.build_absolute_uri(_address(request.path, PNG, _query(request))))


def _query(request: Any) -> str:
    return str(request.META.get("QUERY_STRING", ""))


def _group(offer: Offer, page: str, query: str) -> Group:
    asked = "&".join(part for part in (query, offer.asked) if part)
    files = (Offered(f.label, f.hint, _address(page, f, asked)) for f in offer.formats)
    return Group(offer.title, tuple(files))


def _address(page: str, format: Format, query: str) -> str:
    return f"{page}telecharger.{format.id}{'?' if query else ''}{query}"
