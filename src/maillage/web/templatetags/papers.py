"""The documents of a contract as a menu: ``{% papers "maquette" %}`` on the page they are of."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import template
from django.urls import reverse

from maillage.documents.formats import CSV, JSON, ODS, Format
from maillage.documents.papers.formats import ARCHIVE, ODP, PAPER_FORMATS, PDF, PPTX
from maillage.documents.sheets.formats import LIVE_XLSX, TABLES, TEXT
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
    formats = (LIVE_XLSX, ODS, PDF)
    if kept is None:
        yield Group("Maquette", _files("maquettes-file", formats, slug))
        yield Group("Maquette et fiches", (_archive("operations-annexes", slug),))
    else:
        place = (slug, kept.year, kept.rank)
        yield Group("Maquette", _files("maquettes-kept-file", formats, *place))
        yield Group("Maquette et fiches", (_archive("maquettes-annexes", *place),))


def _archive(name: str, *args: object) -> Offered:
    return Offered(ARCHIVE.label, ARCHIVE.hint, reverse(name, args=args))


def _portfolio(context: Context) -> Iterator[Group]:
    slug = context["contract"].slug
    yield Group("Comité de pilotage", _files("operations-committee", (PPTX, ODP, PDF), slug))
    yield Group("Fiches et maquette", (_archive("operations-annexes", slug),))
    yield Group("Tableau à modifier et réimporter", _files("operations-workbook", SHEETS, slug))
    yield Group("Retour à l’État", _files("operations-return", (CSV, JSON), slug))


def _contract(context: Context) -> Iterator[Group]:
    slug = context["contract"].slug
    title = "Texte en vigueur" if context.get("version") else "Projet de texte"
    yield Group(title, _files("contracts-paper", PAPERS, slug))
    yield Group("Accord de méthode", _files("contracts-method-paper", PAPERS, slug))
    yield Group("Stratégie et opérations", _files("contracts-strategy-paper", PAPERS, slug))
    yield Group("Comité de pilotage", _files("operations-committee", (PPTX, ODP, PDF), slug))
    yield Group("Annexes", (_archive("operations-annexes", slug),))


def _version(context: Context) -> Iterator[Group]:
    place = (context["contract"].slug, context["version"].pk)
    yield Group("Ce texte", _files("contracts-version-paper", PAPERS, *place))


def _avenant(context: Context) -> Iterator[Group]:
    place = (context["contract"].slug, context["avenant"].number)
    yield Group("Cet avenant", _files("contracts-avenant-paper", PAPERS, *place))


def _operation(context: Context) -> Iterator[Group]:
    place = (context["contract"].slug, context["operation"].pk)
    yield Group("Cette fiche", _files("operations-paper", PAPERS, *place))


def _meeting(context: Context) -> Iterator[Group]:
    place = (context["contract"].slug, context["meeting"].pk)
    if context["meeting"].status == "held":
        yield Group("Relevé de décisions", _files("governance-record", PAPERS, *place))
    yield Group("Convocation", _files("governance-convocation", PAPERS, *place))
    yield Group(
        "Agenda",
        (Offered("ICS", "à ouvrir dans un agenda", reverse("governance-ics", args=place)),),
    )
    if context["committee"].kind == "copil":
        yield Group(
            "Comité de pilotage", _files("operations-committee", (PPTX, ODP, PDF), place[0])
        )


def _template(context: Context) -> Iterator[Group]:
    yield Group(
        "Modèle de tableau", _files("operations-template", SHEETS, context["contract"].slug)
    )


SHEETS = (LIVE_XLSX, ODS, TEXT, TABLES)
PAPERS = tuple(PAPER_FORMATS.values())
MENUS: Mapping[str, Callable[[Context], Iterator[Group]]] = {
    "maquette": _maquette,
    "portfolio": _portfolio,
    "template": _template,
    "contract": _contract,
    "version": _version,
    "avenant": _avenant,
    "operation": _operation,
    "meeting": _meeting,
}


@register.inclusion_tag("web/parts/downloads.html", takes_context=True)
def papers(context: template.Context, menu: str) -> dict[str, Any]:
    """The menu of a page, from what the page already knows."""
    return {"groups": list(MENUS[menu](context.flatten()))}
