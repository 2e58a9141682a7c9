"""What the amounts of a column of funding are: prepared, asked, granted or paid, of which section.

A column of funding says it after its field, « funding:detr:notified:running ». One that says no
stage holds a draft, which nobody sees outside the collectivités until they send it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

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
#: In which section of the budget they are; what each is called there.
SECTIONS: Mapping[str, str] = {
    "investment": "investissement",
    "running": "fonctionnement",
    "by_cost": "selon le coût de chaque opération",
}
#: What an indicator judges: ids of the vocabulary.
QUESTIONS = ("pace", "results", "impact")
FUNDING = "funding:"
INDICATORS = "indicators"
#: Fields without a funder in their name whose amounts are of a stage too.
STAGED = frozenset({"own_funds", "funder_amount"})
#: Plain words of a heading -> the stage they say.
_WORDS: Mapping[Stage, re.Pattern[str]] = {
    "asked": re.compile(r"\b(?:demandee?s?|sollicitee?s?|inscrite?s?)\b"),
    "notified": re.compile(r"\b(?:notifiee?s?|acquise?s?|obtenue?s?|accordee?s?|attribuee?s?)\b"),
    "agreed": re.compile(r"\bconventionnee?s?\b"),
    "paid": re.compile(r"\b(?:payee?s?|versee?s?|percue?s?|encaissee?s?)\b"),
}


_SAYS: Mapping[str, str] = {
    **dict.fromkeys(STAGES, "stage"),
    **dict.fromkeys(SECTIONS, "section"),
    **dict.fromkeys(QUESTIONS, "question"),
}
_SECTIONS: Mapping[str, re.Pattern[str]] = {
    "investment": re.compile(r"\b(?:en )?(?:d )?investissements?\b"),
    "running": re.compile(r"\b(?:en )?(?:de )?fonctionnement\b"),
}


@dataclass(frozen=True)
class Meaning:
    """What a column holds: a field, and what is said of its amounts or of its indicators."""

    base: str
    stage: Stage = "draft"
    section: str = ""
    question: str = ""

    @property
    def field(self) -> str:
        """As it is kept: only what that field may say."""
        said = [self.base]
        if takes_stage(self.base):
            said += [self.stage] * (self.stage != "draft") + [self.section] * bool(self.section)
        if self.base == INDICATORS:
            said += [self.question] * bool(self.question)
        return ":".join(said)


def meaning_of(field: str) -> Meaning:
    """« funding:detr:notified:running », « detr:paid », « indicators:pace » in their parts."""
    parts, said = field.split(":"), dict[str, Any]()
    while len(parts) > 1 and _SAYS.get(parts[-1], "") not in {"", *said}:
        said[_SAYS[parts[-1]]] = parts[-1]
        parts.pop()
    return Meaning(":".join(parts), **said)


def parted(field: str) -> tuple[str, Stage]:
    """The field, and the stage of its amounts: a draft unless it says otherwise."""
    said = meaning_of(field)
    return said.base, said.stage


def staged(field: str, stage: Stage) -> str:
    """The field of a column whose amounts are of that stage; the same where none is meant."""
    return replace(meaning_of(field), stage=stage).field


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


def section_said(parts: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The section that plain headings say, empty where none does, and what they say besides."""
    found, left = "", []
    for part in parts:
        bare = part
        for section, words in _SECTIONS.items():
            if words.search(part):
                found, bare = section, " ".join(words.sub(" ", part).split())
        left.append(bare)
    return found, tuple(left)


def without_stage(name: str) -> str:
    """The source of an amount, with its section where it has lines in both."""
    said = meaning_of(name)
    return f"{said.base}:{said.section}" if said.section else said.base


def with_stage(name: str, stage: Stage) -> str:
    """The same amount at a stage."""
    said = meaning_of(name)
    return ":".join(part for part in (said.base, stage, said.section) if part not in ("", "draft"))


def by_stage(funding: Mapping[str, Decimal]) -> Mapping[str, Mapping[Stage, Decimal]]:
    """Source by source, its euros at each stage; a source without a stage is a draft."""
    found: dict[str, dict[Stage, Decimal]] = {}
    for name, euros in funding.items():
        found.setdefault(without_stage(name), {})[parted(name)[1]] = euros
    return found


def latest(stages: Collection[Stage]) -> Stage:
    """The stage to count on; payments only when nothing else is known, as they come in parts."""
    granted: tuple[Stage, ...] = ("agreed", "notified", "asked", "paid")
    return next((stage for stage in granted if stage in stages), "draft")


def brought(funding: Mapping[str, Decimal]) -> Decimal:
    """What the sources bring: one amount each, in euros."""
    return total(stages[latest(stages)] for stages in by_stage(funding).values())
