"""A sentence ready to be quoted: figure, source, vintage, perimeter, universe, address."""

from maillage.common.french import counted, listing, typeset
from maillage.observatory.answers.balance import Balance
from maillage.observatory.citation import TerritoryCited
from maillage.wording.story import Sentence


def citation(sentence: Sentence, territory: TerritoryCited, address: str) -> str:
    """Text to copy. ``address`` is the page of the sentence; its anchor is added."""
    balance = sentence.balance
    parts = (
        f"{territory.name} : « {sentence.text} »",
        f"{_sources(balance)}, {balance.year}.",
        f"Périmètre : {territory.name} ({territory.id}), "
        f"{counted(territory.communes, 'commune')} au 1er janvier {balance.cog}.",
        f"Champ : {_universe(balance)}.",
        f"Unité : {balance.unit.label}.",
        f"Maillage, millésime {balance.source.edition}, {address}#{sentence.id}",
    )
    return typeset(" ".join(parts))


def _sources(balance: Balance) -> str:
    named = [f"{file.producer}, {file.title}".strip(", ") for file in balance.source.files]
    if balance.source.fictional:
        return f"Données fictives, au format « {listing(named)} »"
    return f"Source : {listing(named)}{' (estimation)' if balance.source.estimated else ''}"


def _universe(balance: Balance) -> str:
    excluded = balance.universe.excludes
    return f"{balance.universe.label}{f', hors {listing(excluded)}' if excluded else ''}"
