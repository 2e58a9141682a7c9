"""Version 1 of the API: every address, what it answers, and how it is described."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern
from ninja import NinjaAPI

from maillage.api import catalog, questions, refusals, territories, together
from maillage.api.answering import answering, responses
from maillage.api.description import components, labelled, page_name, schema_name
from maillage.api.figures import figures
from maillage.api.opening import open_data
from maillage.observatory.schemas import PUBLISHED

TERRITORIES, QUESTIONS, CATALOG = "Territoires", "Questions", "Catalogue et millésime"
ABOUT = (
    "Les chiffres de l’observatoire, lisibles par des programmes. Les clés sont en anglais et "
    "stables ; leurs libellés français accompagnent chaque schéma. Chaque chiffre porte son unité, "
    "sa source, son millésime, son champ, sa précision et son secret. null veut dire inconnu, "
    "jamais zéro. Toute liste se lit par pages : « paging » dit combien elle a de lignes et où "
    "lire les suivantes."
)
SAID = {
    "balance": "Ce qui reste, sort et entre pour une famille de flux, et avec qui",
    "portrait": "Les familles de flux d’un coup d’œil, et les stocks qui les éclairent",
    "indicators": "Les indicateurs d’une famille de flux, à côté des territoires comparables",
    "evolution": "Une famille de flux au fil des années qui se comparent",
    "links": "Le lien avec chaque partenaire, indicateur par indicateur",
    "structure": "La place du territoire dans le réseau, et les pôles qu’il contient",
    "peers": "Les territoires qui lui ressemblent, et sur quoi",
    "cooperation": "Les voisins, selon la force des liens et la complémentarité",
    "matches": "Thème par thème, les voisins dont l’excédent rencontre un besoin",
    "pair": "Tout ce qui lie deux territoires : échanges, thèmes, périmètres communs",
    "joining": "Ce que couvrirait de plus l’association de voisins, un par un",
    "comparison": "Six territoires au plus, côte à côte, parmi les semblables au premier",
    "grants": "Les projets que l’État a subventionnés : dotations d’investissement, en euros",
    "supply_need": "Ce que le territoire offre et ce dont il a besoin, thème par thème",
}
KINDS_SAID = {
    "flows": "Les familles de flux",
    "indicators": "Les indicateurs",
    "sources": "Les sources",
    "stocks": "Les stocks",
    "balances": "Les thèmes d’offre et de besoin",
    "nomenclatures": "Les nomenclatures : libellés des codes",
}


class Described(NinjaAPI):
    """Described by the schemas that are published."""

    def get_openapi_schema(self, **told: Any) -> Any:
        description = super().get_openapi_schema(**told)
        given = labelled(description["components"]["schemas"])
        description["components"]["schemas"] = {**given, **components()}
        return description


api = Described(
    title="API de Maillage",
    version="1.0.0",
    description=ABOUT,
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "MIT", "identifier": "MIT"}}},
    urls_namespace="api-v1",
)
for fault, said in refusals.BY_FAULT.items():
    api.add_exception_handler(fault, said)


@dataclass(frozen=True)
class Address:
    """One address: who answers, under which name, with what."""

    path: str
    ask: Any
    name: str
    answer: str
    tag: str
    summary: str

    @property
    def schema(self) -> str:
        return page_name(self.answer)


ONE = "/territories/{territory:territory}"


def _territory(path: str, ask: Any, answer: str, summary: str) -> Address:
    return Address(path, ask, ask.__name__, answer, TERRITORIES, summary)


def _question(name: str, summary: str) -> Address:
    ask = getattr(questions, name, None) or getattr(together, name)
    answer = PUBLISHED[name].__name__
    return Address(f"{ONE}/{name}", ask, name, answer, QUESTIONS, summary)


def _held(path: str, ask: Any, answer: str, summary: str) -> Address:
    return Address(path, ask, ask.__name__, answer, CATALOG, summary)


def _cards(kind: str, summary: str) -> Iterator[Address]:
    path, name = f"/catalog/{kind}", f"catalog_{kind}"
    every, one = schema_name(kind, one=False), schema_name(kind, one=True)
    yield Address(path, catalog.listed(kind), name, every, CATALOG, summary)
    detailed, told = catalog.detailed(kind), f"{summary} : une fiche"
    yield Address(f"{path}/{{card:id}}", detailed, f"{name}_card", one, CATALOG, told)


ADDRESSES = (
    _territory(
        "/search",
        territories.search,
        "Territories",
        "Chercher un territoire par nom, code ou SIREN : les cent meilleures réponses",
    ),
    _territory(
        "/territories",
        territories.territories,
        "Territories",
        "Les territoires d’une maille",
    ),
    _territory(ONE, territories.identity, "Identity", "L’identité d’un territoire"),
    _territory(
        f"{ONE}/members",
        territories.members,
        "Territories",
        "Les communes d’un territoire",
    ),
    _territory("/perimeters", territories.perimeter, "Gathered", "Le périmètre que font des codes"),
    Address(
        "/figures",
        figures,
        "figures",
        "MeshFigures",
        QUESTIONS,
        "Les chiffres de tous les territoires d’une maille",
    ),
    *(_question(name, summary) for name, summary in SAID.items()),
    _held("/edition", catalog.edition, "EditionHeld", "Le millésime servi : ce qu’il contient"),
    _held("/edition/account", catalog.account, "Account", "Le compte rendu de sa construction"),
    *(address for kind, summary in KINDS_SAID.items() for address in _cards(kind, summary)),
)
for address in ADDRESSES:
    api.get(
        address.path,
        url_name=address.name,
        operation_id=address.name,
        summary=address.summary,
        tags=[address.tag],
        openapi_extra={"responses": responses(address.schema)},
    )(answering(address.ask))
api.post(
    "/perimeters",
    url_name="posted_perimeter",
    operation_id="posted_perimeter",
    summary="Le même, pour une longue liste envoyée en JSON",
    tags=[TERRITORIES],
    openapi_extra={"responses": responses("Gathered")},
)(answering(territories.posted_perimeter))


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema())


def patterns() -> list[URLPattern]:
    """The addresses, opened to other sites and limited in rate."""
    found: list[URLPattern] = api.urls[0]
    for pattern in found:
        pattern.callback = open_data(pattern.callback)
    return found
