"""Sources pages: every kind of file, what this edition took from it, and the build's account."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.catalog.cards import SourceCard
from maillage.engine.edition import Edition
from maillage.web.accounts import BuildAccount, build_account
from maillage.web.versions import of_edition

#: In the order of the page.
KINDS = {
    "flow": "Flux",
    "stock": "Stocks",
    "grant": "Subventions",
    "reference": "Géographie et références",
    "programme": "Programmes et contrats",
    "geometry": "Contours",
}


@dataclass(frozen=True)
class Listed:
    """A source card, and the vintages of it that this edition holds."""

    card: SourceCard
    years: list[int]


@of_edition
def sources(request: HttpRequest) -> HttpResponse:
    account = build_account(request.edition)
    found = {"groups": _groups(request.edition, account), "account": account}
    return render(request, "web/sources/index.html", found)


@of_edition
def source(request: HttpRequest, id: str) -> HttpResponse:
    catalog = request.edition.catalog
    if id not in catalog.sources:
        raise Http404
    card = catalog.sources[id]
    account = build_account(request.edition)
    found = {
        "card": card,
        "kind": KINDS[card.kind],
        "flow": catalog.flows.get(card.flow or ""),
        "account": account and account.of(id),
        "years": account.years(id) if account else [],
    }
    return render(request, "web/sources/source.html", found)


@of_edition
def report(request: HttpRequest) -> HttpResponse:
    """What the build placed, left out, estimated, hid and refused."""
    found = {"account": build_account(request.edition)}
    return render(request, "web/sources/report.html", found)


def _groups(edition: Edition, account: BuildAccount | None) -> list[tuple[str, list[Listed]]]:
    rank = {kind: number for number, kind in enumerate(KINDS)}
    cards = sorted(edition.catalog.sources.values(), key=lambda card: rank[card.kind])
    return [
        (KINDS[kind], [Listed(card, account.years(card.id) if account else []) for card in members])
        for kind, members in groupby(cards, key=lambda card: card.kind)
    ]
