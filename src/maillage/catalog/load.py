"""Reads cards from the package, and from a folder of the user's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import ValidationError

from maillage.catalog.cards import (
    BalanceCard,
    Card,
    FlowCard,
    FragilityCard,
    IndicatorCard,
    NomenclatureCard,
    PeerVariableCard,
    SourceCard,
    StockCard,
)
from maillage.common.errors import InputError

try:
    from yaml import CSafeLoader as SafeLoader  # the same, ten times as fast
except ImportError:  # pragma: no cover: PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

C = TypeVar("C", bound=Card)


@dataclass(frozen=True)
class Catalog:
    """Every card by id, one mapping a kind."""

    flows: Mapping[str, FlowCard]
    sources: Mapping[str, SourceCard]
    stocks: Mapping[str, StockCard]
    indicators: Mapping[str, IndicatorCard]
    balances: Mapping[str, BalanceCard]
    nomenclatures: Mapping[str, NomenclatureCard]
    peers: Mapping[str, PeerVariableCard]
    fragility: Mapping[str, FragilityCard]


def read_cards(folders: tuple[Path, ...], kind: type[C]) -> Mapping[str, C]:
    """Cards of one kind; a file holds one card or a list. InputError on a fault or a double id."""
    cards: dict[str, C] = {}
    for path in sorted(p for folder in folders for p in folder.glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=SafeLoader)
        for item in content if isinstance(content, list) else [content]:
            try:
                card = kind.model_validate(item)
            except ValidationError as error:
                first = error.errors()[0]
                raise InputError(
                    problem=f"fiche invalide ({first['msg']}).",
                    remedy="corrigez ce champ en suivant le modèle des fiches du catalogue.",
                    file=path.name,
                    column=".".join(str(part) for part in first["loc"]),
                    value=str(first.get("input", "")),
                ) from error
            if card.id in cards:
                raise InputError(
                    problem="deux fiches portent le même identifiant.",
                    remedy="renommez l’une des deux.",
                    file=path.name,
                    column="id",
                    value=card.id,
                )
            cards[card.id] = card
    return MappingProxyType(cards)


@cache
def load_catalog(user_cards: Path | None = None) -> Catalog:
    """The package's cards, plus those of ``user_cards/{sources,stocks,…}`` when given."""
    homes = (Path(__file__).parent, *((user_cards,) if user_cards else ()))

    def of(name: str, kind: type[C]) -> Mapping[str, C]:
        return read_cards(tuple(home / name for home in homes), kind)

    return Catalog(
        flows=of("flows", FlowCard),
        sources=of("sources", SourceCard),
        stocks=of("stocks", StockCard),
        indicators=of("indicators", IndicatorCard),
        balances=of("balances", BalanceCard),
        nomenclatures=of("nomenclatures", NomenclatureCard),
        peers=of("peers", PeerVariableCard),
        fragility=of("fragility", FragilityCard),
    )
