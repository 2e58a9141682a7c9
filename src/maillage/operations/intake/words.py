"""Statuses, maturities and priorities as offices write them, in the words of the vocabulary."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from maillage.operations.intake.grids import Value
from maillage.operations.intake.values import UNKNOWN, Read, plain, shown
from maillage.operations.vocabulary import choices, words

Kind = Literal["status", "maturity", "priority", "phase"]


def read_word(kind: Kind, value: Value) -> Read:
    """The id of the word; what is none is a doubt, with the words to choose from."""
    text = plain(shown(value))
    exact, others = _known()[kind]
    if text in exact:
        return Read(exact[text])
    if text in others:
        id = others[text]
        return Read(id, note=f"« {shown(value)} » lu comme « {words(kind)[id].title} »")
    if text in UNKNOWN:
        return Read(note=f"« {shown(value)} » lu comme inconnu" if text else "")
    told = ", ".join(title for _, title in choices(kind))
    return Read(problem="mot inconnu", remedy=f"choisissez parmi : {told}.")


@cache
def _known() -> Mapping[str, tuple[dict[str, str], dict[str, str]]]:
    """By kind: the words of the vocabulary, then the other ways to say them."""
    path = Path(__file__).parent / "words.yaml"
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds: tuple[Kind, ...] = ("status", "maturity", "priority", "phase")
    return {
        kind: (
            {plain(word.title): id for id, word in words(kind).items()},
            {plain(text): id for id, texts in listed[kind].items() for text in texts},
        )
        for kind in kinds
    }
