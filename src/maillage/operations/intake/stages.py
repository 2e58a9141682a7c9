"""What the amounts of a column of funding are: prepared, asked, granted or paid.

A column of funding says it after its field, « funding:detr:notified ». One that says nothing holds
a draft, which nobody sees outside the collectivités until they send it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Literal

from maillage.operations.money import total

Stage = Literal["draft", "asked", "notified", "agreed", "paid"]
#: In the order in which money comes; what each is called on the page of columns.
STAGES: Mapping[Stage, str] = {
    "draft": "brouillon",
    "asked": "demandé",
    "notified": "notifié",
    "agreed": "conventionné",
    "paid": "versé",
}
FUNDING = "funding:"
#: Fields without a funder in their name whose amounts are of a stage too.
STAGED = frozenset({"own_funds", "funder_amount"})
#: Plain words of a heading -> the stage they say.
_WORDS: Mapping[Stage, re.Pattern[str]] = {
    "asked": re.compile(r"\b(?:demandee?s?|sollicitee?s?|inscrite?s?)\b"),
    "notified": re.compile(r"\b(?:notifiee?s?|acquise?s?|obtenue?s?|accordee?s?|attribuee?s?)\b"),
    "agreed": re.compile(r"\bconventionnee?s?\b"),
    "paid": re.compile(r"\b(?:payee?s?|versee?s?|percue?s?|encaissee?s?)\b"),
}


def parted(field: str) -> tuple[str, Stage]:
    """The field, and the stage of its amounts: a draft unless it says otherwise."""
    base, _, said = field.rpartition(":")
    for stage in STAGES:
        if base and stage == said:
            return base, stage
    return field, "draft"


def staged(field: str, stage: Stage) -> str:
    """The field of a column whose amounts are of that stage; the same where none is meant."""
    base, _ = parted(field)
    return f"{base}:{stage}" if takes_stage(base) and stage != "draft" else base


def takes_stage(field: str) -> bool:
    return field.startswith(FUNDING) or parted(field)[0] in STAGED


def stage_said(parts: Iterable[str]) -> tuple[Stage, tuple[str, ...]]:
    """The stage that plain headings say, and what they say besides. The last one wins."""
    found: Stage = "draft"
    left = []
    for part in parts:
        bare = part
        for stage, words in _WORDS.items():
            if words.search(part):
                found, bare = stage, " ".join(words.sub(" ", part).split())
        left.append(bare)
    return found, tuple(left)


def by_stage(funding: Mapping[str, Decimal]) -> Mapping[str, Mapping[Stage, Decimal]]:
    """Source by source, its euros at each stage; a source without a stage is a draft."""
    found: dict[str, dict[Stage, Decimal]] = {}
    for name, euros in funding.items():
        source, stage = parted(name)
        found.setdefault(source, {})[stage] = euros
    return found


def latest(stages: Collection[Stage]) -> Stage:
    """The stage to count on; payments only when nothing else is known, as they come in parts."""
    granted: tuple[Stage, ...] = ("agreed", "notified", "asked", "paid")
    return next((stage for stage in granted if stage in stages), "draft")


def brought(funding: Mapping[str, Decimal]) -> Decimal:
    """What the sources bring: one amount each, in euros."""
    return total(stages[latest(stages)] for stages in by_stage(funding).values())
