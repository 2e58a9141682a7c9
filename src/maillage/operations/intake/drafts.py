"""Rows of a sheet as drafts of operations: what was read, from which cell, and what is doubtful."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from maillage.operations.intake.assumed import assumed
from maillage.operations.intake.choices import read_cells, read_choice
from maillage.operations.intake.fields import kind_of, source_named
from maillage.operations.intake.grids import Value
from maillage.operations.intake.headings import Table
from maillage.operations.intake.stages import FUNDING, Meaning, Stage, brought, meaning_of
from maillage.operations.intake.values import (
    Read,
    plain,
    read_codes,
    read_date,
    read_money,
    read_names,
    read_tax,
    read_text,
    shown,
)
from maillage.operations.intake.words import read_word
from maillage.operations.money import money, total

_TOTAL = re.compile(r"(?:sous )?total\b|totaux\b|s total\b|cumul\b")
_AXIS = re.compile(r"(?:axe|orientation|ambition|priorite|objectif)\b ?(?:n|no)? ?\w{0,3}\b")
_UNKNOWN_FUNDER = Read(
    problem="financeur inconnu",
    remedy="écrivez le nom d’une source de la liste : DETR, Région, Département…",
)


@dataclass(frozen=True)
class Doubt:
    """Something a person must settle: the cell, what it shows, what is wrong, what to do."""

    place: str
    field: str
    shown: str
    problem: str
    remedy: str


@dataclass(frozen=True)
class Draft:
    """One operation to be. ``values`` by field; ``funding`` in euros by source of money, then its
    stage when it is no draft (« detr:paid »), then its section when the sheet gives it both;
    ``own_stage`` is that of the owner’s part. ``sections``: the one section of a source, where a
    person said it. ``question``: what its indicators judge.

    ``places`` says from which cell each value came, ``notes`` what was read between the lines.
    A draft with a doubt waits; the others may enter.
    """

    sheet: str
    row: int  # from 1, as the program that wrote it counts
    values: Mapping[str, Any]
    funding: Mapping[str, Decimal]
    places: Mapping[str, str]
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    own_stage: Stage = "draft"
    sections: Mapping[str, str] = field(default_factory=dict)
    question: str = ""

    @property
    def key(self) -> str:
        """What tells this operation when the file comes again: our own identifier where our
        layout gave it, else its number, else its title."""
        if own := self.values.get("key"):
            return f"k {str(own).strip().lower()}"
        number, title = self.values.get("number"), self.values.get("title", "")
        return f"n {plain(str(number))}" if number else f"t {plain(str(title))}"


@dataclass(frozen=True)
class Skipped:
    """A row that is no operation: a subtotal, a heading, a blank one that holds a remark."""

    sheet: str
    row: int
    text: str
    why: str


@dataclass
class _Reading:
    """What the reading of a sheet remembers from one row to the next."""

    table: Table
    mapping: Mapping[int, str]
    sections: dict[str, str] = field(default_factory=dict)
    since: dict[str, Decimal] = field(default_factory=dict)  # amounts since the last subtotal
    all: dict[str, Decimal] = field(default_factory=dict)

    def named(self, said: Meaning) -> Meaning:
        """The same without its section, unless the sheet has columns of both for its source."""
        of_source = {
            other.section
            for other in map(meaning_of, self.mapping.values())
            if other.base in (said.base, "funder_amount")
        }
        return said if len(of_source) > 1 else replace(said, section="")


def read_drafts(table: Table, mapping: Mapping[int, str]) -> Iterator[Draft | Skipped]:
    """``mapping``: the field of each column that is kept, by its number; settled by a person or
    sure. Rows that are blank throughout are passed over."""
    reading = _Reading(table, mapping, _section_of_sheet(table.grid.sheet))
    for row in range(table.first, len(table.grid.rows)):
        cells = table.grid.rows[row]
        if all(value is None for value in cells):
            continue
        yield _row(reading, row, cells)


def _section_of_sheet(sheet: str) -> dict[str, str]:
    """A sheet named « Axe 2 - Mobilités » says the axis of its rows."""
    return {"axis": sheet} if _AXIS.match(plain(sheet)) else {}


def _row(reading: _Reading, row: int, cells: tuple[Value, ...]) -> Draft | Skipped:
    texts = [shown(value) for value in cells if value is not None]
    first = plain(texts[0])
    sheet = reading.table.grid.sheet
    if _TOTAL.match(first):
        return Skipped(sheet, row + 1, texts[0], _subtotal(reading, cells))
    if len(set(texts)) == 1 and isinstance(next(v for v in cells if v is not None), str):
        return _lone(reading, row, texts[0])
    return _draft(reading, row)


def _lone(reading: _Reading, row: int, text: str) -> Draft | Skipped:
    """A single text across a row: the heading of a part, else a title without anything else."""
    sheet = reading.table.grid.sheet
    if _AXIS.match(plain(text)):
        level = "orientation" if plain(text).startswith(("orientation", "objectif")) else "axis"
        reading.sections[level] = text
        if level == "axis":
            reading.sections.pop("orientation", None)
        return Skipped(
            sheet, row + 1, text, f"lu comme {_SECTION_WORDS[level]} des lignes suivantes"
        )
    titles = [c for c, name in reading.mapping.items() if name == "title"]
    if any(reading.table.grid.at(row, column) is not None for column in titles):
        return _draft(reading, row)
    return Skipped(sheet, row + 1, text, "ligne sans intitulé")


_SECTION_WORDS = {"axis": "l’axe", "orientation": "l’orientation"}


def _subtotal(reading: _Reading, cells: tuple[Value, ...]) -> str:
    """Checked against the rows above, since the last subtotal or since the first row."""
    wrong = []
    for column, said in reading.mapping.items():
        meant = meaning_of(said)
        funds = meant.base.startswith(FUNDING)
        name = reading.named(meant).field if funds else meant.base
        told = read_money(cells[column]).value if kind_of(name) == "money" else None
        if isinstance(told, Decimal):
            sums = {reading.since.get(name, Decimal(0)), reading.all.get(name, Decimal(0))}
            if told not in sums:
                wrong.append(f"{money(told)} écrits, {money(reading.since.get(name))} au-dessus")
    reading.since = {}
    return "sous-total, recalculé" + (
        f" ; il ne tombe pas juste : {' ; '.join(wrong)}" if wrong else ""
    )


def _draft(reading: _Reading, row: int) -> Draft:
    grid = reading.table.grid
    values: dict[str, Any] = dict(reading.sections)
    funding: dict[str, Decimal] = {}
    places: dict[str, str] = {}
    notes: list[str] = []
    doubts: list[Doubt] = []
    funder = ""
    own_stage: Stage = "draft"
    own = Decimal(0)
    sections: dict[str, str] = {}
    question = ""
    for column, said in sorted(reading.mapping.items()):
        cell, place = grid.at(row, column), grid.place(row, column)
        meant = meaning_of(said)
        name = meant.base
        read = _read(name, cell)
        if name == "funder":
            funder = source_named(shown(cell))
            read = read if funder or cell is None else _UNKNOWN_FUNDER
        elif name == "funder_amount" and funder:
            name = FUNDING + funder
        if read.problem:
            doubts.append(Doubt(place, said, shown(cell), read.problem, read.remedy))
        if read.note:
            notes.append(f"{place} : {read.note}")
        if read.value is None:
            continue
        if name.startswith(FUNDING):
            one = reading.named(replace(meant, base=name))
            if not one.section:
                sections[name.removeprefix(FUNDING)] = meant.section
            name = one.field
            source = name.removeprefix(FUNDING)
            funding[source] = total((funding.get(source), _amount(read)))
        else:
            values[name] = read.value
            question = meant.question or question
            if name == "own_funds":
                own += _amount(read)
                values[name], own_stage, sections[name] = own, meant.stage, meant.section
        places[name] = place
    _count(reading, values, funding)
    place = grid.place(row, min(reading.mapping, default=0))
    doubts += _crossed(values, funding, places, place)
    notes += assumed(funding)
    return Draft(
        grid.sheet, row + 1, values, funding, places, tuple(notes), tuple(doubts),
        own_stage=own_stage, sections=sections, question=question,
    )  # fmt: skip


def _amount(read: Read) -> Decimal:
    assert isinstance(read.value, Decimal)
    return read.value


def _read(name: str, cell: Value) -> Read:
    kind = kind_of(name)
    if kind == "money":
        return read_money(cell)
    if kind in ("start", "end"):
        return read_date(cell, end=kind == "end")
    if kind in ("status", "maturity", "priority", "phase"):
        return read_word(kind, cell)
    if kind == "tax":
        return read_tax(cell)
    if kind == "codes":
        return read_codes(cell)
    if kind in ("stage", "yes", "opinion"):
        return read_choice(kind, cell)
    if kind == "cells":
        return read_cells(cell)
    if kind == "names":
        return read_names(cell)
    return read_text(cell)


def _count(reading: _Reading, values: Mapping[str, Any], funding: Mapping[str, Decimal]) -> None:
    amounts = {name: value for name, value in values.items() if isinstance(value, Decimal)}
    amounts |= {FUNDING + source: value for source, value in funding.items()}
    for name, value in amounts.items():
        for sums in (reading.since, reading.all):
            sums[name] = sums.get(name, Decimal(0)) + value


def _crossed(
    values: Mapping[str, Any],
    funding: Mapping[str, Decimal],
    places: Mapping[str, str],
    row: str,
) -> Iterator[Doubt]:
    """What no cell says alone."""
    if not values.get("title"):
        yield Doubt(row, "title", "", "pas d’intitulé", "donnez un intitulé à cette opération.")
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and ends < starts:
        yield Doubt(
            places["ends"],
            "ends",
            f"{ends:%d/%m/%Y}",
            f"fin avant le début ({starts:%d/%m/%Y})",
            "corrigez l’une des deux dates.",
        )
    cost, eligible = values.get("cost"), values.get("eligible")
    if cost is not None and eligible is not None and eligible > cost:
        yield Doubt(
            places["eligible"],
            "eligible",
            money(eligible),
            f"assiette supérieure au coût ({money(cost)})",
            "corrigez l’assiette ou le coût.",
        )
    yield from _balance(values, funding, places)


def _balance(
    values: Mapping[str, Any], funding: Mapping[str, Decimal], places: Mapping[str, str]
) -> Iterator[Doubt]:
    """The funders and the owner together pay the cost, when all three are written."""
    cost, own, running = (values.get(name) for name in ("cost", "own_funds", "running_cost"))
    if cost is None or own is None or not funding:
        return
    cost = total((cost, running))
    paid = total((brought(funding), own))
    if paid != cost:
        yield Doubt(
            places["cost"],
            "cost",
            money(cost),
            f"les financements font {money(paid)}, soit {money(abs(paid - cost))} "
            f"de {'trop' if paid > cost else 'moins'}",
            "corrigez un montant, ou le coût.",
        )


def same_key(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Pairs of drafts that one would take for the same operation: the first and each next."""
    seen: dict[str, Draft] = {}
    for draft in drafts:
        first = seen.setdefault(draft.key, draft)
        if first is not draft:
            yield first, draft
