"""What the edition knows: its holdings, its account, and the cards behind every figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path

from maillage.api import asked
from maillage.api.asked import PAGE
from maillage.api.paging import Paged, paged
from maillage.catalog.cards import (
    BalanceCard,
    Card,
    FlowCard,
    IndicatorCard,
    NomenclatureCard,
    SourceCard,
    StockCard,
)
from maillage.common.errors import NotFoundError
from maillage.observatory.account import account as ask_account
from maillage.observatory.answers.edition import Account, EditionHeld
from maillage.observatory.holdings import holdings

CardId = Annotated[str, Path(max_length=80, description="Identifiant d’une fiche.")]
#: Kinds of cards, by the address that lists them.
KINDS: Mapping[str, type[Card]] = {
    "flows": FlowCard,
    "indicators": IndicatorCard,
    "sources": SourceCard,
    "stocks": StockCard,
    "balances": BalanceCard,
    "nomenclatures": NomenclatureCard,
}


@dataclass(frozen=True)
class Cards:
    """Every card of a kind, in the order of the catalogue."""

    cards: tuple[Card, ...]


def edition(request: HttpRequest) -> EditionHeld:
    return holdings(request.edition)


def account(request: HttpRequest) -> Account:
    return ask_account(request.edition)


def listed(kind: str) -> Any:
    """The question « every card of a kind »."""

    def cards(request: HttpRequest, offset: asked.Offset = 0, limit: asked.Limit = PAGE) -> Paged:
        return paged(Cards(tuple(_cards(request, kind).values())), offset, limit)

    return cards


def detailed(kind: str) -> Any:
    """The question « one card of a kind »; NotFoundError when there is none."""

    def card(request: HttpRequest, id: CardId) -> Any:
        found = _cards(request, kind).get(id)
        if found is None:
            raise NotFoundError(f"Aucune fiche ne s’appelle « {id} ».")
        return found

    return card


def _cards(request: HttpRequest, kind: str) -> Mapping[str, Card]:
    cards: Mapping[str, Card] = getattr(request.edition.catalog, kind)
    return cards
