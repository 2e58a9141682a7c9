"""The cards a user added to the package's: an edition carries them, to be read without them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from maillage.catalog.cards import Card
from maillage.catalog.load import Catalog, load_catalog
from maillage.engine.store.folder import DraftFolder, read_json

CARDS = "cards.json"
#: Kind of card by name of its mapping in a catalogue.
KINDS: Mapping[str, type[Card]] = {
    name: get_args(hint)[1] for name, hint in get_type_hints(Catalog).items()
}


def write_cards(draft: DraftFolder, catalog: Catalog) -> None:
    known = load_catalog()
    added = {
        kind: {
            id: card.model_dump(mode="json")
            for id, card in getattr(catalog, kind).items()
            if id not in getattr(known, kind)
        }
        for kind in KINDS
    }
    draft.json(CARDS, added)


def read_cards(edition: Path) -> Catalog:
    """The package's cards and those the edition carries."""
    known = load_catalog()
    if not (edition / CARDS).exists():
        return known
    added = read_json(edition / CARDS)
    joined: Any = {kind: _joined(getattr(known, kind), kind, added) for kind in KINDS}
    return replace(known, **joined)


def _joined(known: Mapping[str, Card], kind: str, added: Any) -> Mapping[str, Card]:
    cards = {id: KINDS[kind].model_validate(card) for id, card in added.get(kind, {}).items()}
    return MappingProxyType({**cards, **known})
