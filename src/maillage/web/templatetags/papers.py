"""The documents of a contract as a menu: ``{% papers "maquette" %}`` on the page they are of."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import template
from django.urls import reverse

from maillage.documents.formats import Format
from maillage.documents.sheets.formats import LIVE_XLSX, ODS, TEXT
from maillage.web.templatetags.downloads import Group, Offered

register = template.Library()
Context = Mapping[str, Any]


def _files(name: str, formats: tuple[Format, ...], *args: object) -> tuple[Offered, ...]:
    return tuple(
        Offered(format.label, format.hint, reverse(name, args=[*args, format.id]))
        for format in formats
    )


def _maquette(context: Context) -> Iterator[Group]:
    slug, kept = context["contract"].slug, context.get("maquette")
    if kept is None:
        yield Group("Maquette", _files("maquettes-file", (LIVE_XLSX, ODS), slug))
    else:
        place = (slug, kept.year, kept.rank)
        yield Group("Maquette", _files("maquettes-kept-file", (LIVE_XLSX, ODS), *place))


def _portfolio(context: Context) -> Iterator[Group]:
    slug = context["contract"].slug
    yield Group("Tableau à modifier et réimporter", _files("operations-file", SHEETS, slug))


def _template(context: Context) -> Iterator[Group]:
    yield Group(
        "Modèle de tableau", _files("operations-template", SHEETS, context["contract"].slug)
    )


SHEETS = (LIVE_XLSX, ODS, TEXT)
MENUS: Mapping[str, Callable[[Context], Iterator[Group]]] = {
    "maquette": _maquette,
    "portfolio": _portfolio,
    "template": _template,
}


@register.inclusion_tag("web/parts/downloads.html", takes_context=True)
def papers(context: template.Context, menu: str) -> dict[str, Any]:
    """The menu of a page, from what the page already knows."""
    return {"groups": list(MENUS[menu](context.flatten()))}
