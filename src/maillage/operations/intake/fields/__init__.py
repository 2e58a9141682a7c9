"""What a column may hold, and which heading means which, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards
from maillage.operations.funding_sources import FundingSource, funding_sources
from maillage.operations.intake.stages import (
    FUNDING,
    Meaning,
    Stage,
    parted,
    section_said,
    stage_said,
    takes_stage,
)
from maillage.operations.intake.values import plain

Kind = Literal[
    "text", "money", "start", "end", "status", "maturity", "priority", "phase", "tax", "codes",
    "stage", "yes", "opinion", "cells", "names",
]  # fmt: skip
_SAME = {"own_funds": "own_funds"}  # a field that is a source too
NEAR = 86  # of 100: how alike a heading must be to be proposed


class Field(Card):
    """A field of an operation, and the headings that mean it."""

    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True)
class Guess:
    """The field a heading means. Unless ``sure`` somebody must confirm it; ``field`` is empty
    where nothing comes near, ``funding:<source>`` for the column of a funder, followed by the
    stage and the section of its amounts when the heading says them."""

    field: str = ""
    sure: bool = False


@cache
def fields() -> Mapping[str, Field]:
    """By id, in the order of the form."""
    return read_cards((Path(__file__).parent,), Field)


def kind_of(field: str) -> Kind:
    return "money" if field.startswith(FUNDING) else fields()[parted(field)[0]].kind


def guess(heading: str, sources: Iterable[FundingSource]) -> Guess:
    """A heading, « Financeurs / DETR » when it stands under another, that of one column.

    The whole is compared first, then its last part; then the same without the words that say
    whether its amounts are asked, granted or paid, and of which section.
    """
    names = _names(tuple(sources))
    parts = [plain(part) for part in heading.split(" / ")]
    stage, bare = stage_said(parts)
    section, bare = section_said(bare)
    for text in (" ".join(parts), parts[-1]):
        if text in names:
            return Guess(_said(names[text], stage, section), sure=True)
    for text in (" ".join(bare).strip(), bare[-1]):
        if (stage != "draft" or section) and takes_stage(names.get(text, "")):
            return Guess(_said(names[text], stage, section), sure=True)
    if len(bare[-1]) > 3:
        near = process.extractOne(bare[-1], names, scorer=fuzz.ratio, score_cutoff=NEAR)
        if near:
            found = names[near[2] if isinstance(near[2], str) else near[0]]
            return Guess(_said(found, stage, section))
    return Guess()


def _said(field: str, stage: Stage, section: str) -> str:
    """A cost under « Fonctionnement » is a running one."""
    if field == "cost" and section == "running":
        return "running_cost"
    return Meaning(field, stage, section).field


def source_named(text: str) -> str:
    """The source of money of that name; empty where none has it."""
    found = _names(tuple(funding_sources().values())).get(plain(text), "")
    return found.removeprefix(FUNDING) if found.startswith(FUNDING) else _SAME.get(found, "")


@cache
def _names(sources: tuple[FundingSource, ...]) -> Mapping[str, str]:
    """Every known heading, plain; fields win over funders of the same name."""
    found = {}
    for source in sources:
        for name in (source.short, source.title, source.id, *_headed(source.short)):
            found[plain(name)] = FUNDING + source.id
    for field in fields().values():
        for name in (field.title, *field.names):
            found[plain(name)] = field.id
    return found


def _headed(short: str) -> tuple[str, ...]:
    return tuple(f"{word} {short}" for word in ("financement", "subvention", "montant", "aide"))
