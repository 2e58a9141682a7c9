"""A whole list: what it names today, and the lines that someone must look at."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from maillage.common.errors import InputError
from maillage.common.french import number
from maillage.engine.edition import Edition
from maillage.observatory.pasted.places import (
    Found,
    Place,
    Unclear,
    bare,
    code_place,
    place,
    proposed,
)
from maillage.observatory.pasted.tables import Rows, chosen_column, is_list
from maillage.observatory.search_text import plain

#: Entries of one list. The largest région has fewer communes.
MAX_ENTRIES = 6_000
MAX_COLUMNS = 200
PROPOSED = 12  # unknown names for which likely ones are looked for
_CELLS = re.compile(r"[;\t|]")
_CODE = r"(?P<code>\d[\dAB]\d{2,7})"
_CODE_AND_NAME = re.compile(rf"{_CODE}\s*[-–—:]?\s+(?P<name>\D.*)", re.ASCII)
_NAME_AND_CODE = re.compile(rf"(?P<name>\D.*?)(?:\s*[-–—:(]\s*|\s){_CODE}\s*\)?", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One text of the list; lines count from 1, a header included."""

    line: int
    text: str
    prefix: str = ""


@dataclass(frozen=True)
class Taken:
    """An entry that names one territory of today."""

    entry: Entry
    found: Found


@dataclass(frozen=True)
class Left:
    """An entry that names none, or several: nothing is taken of it."""

    entry: Entry
    unclear: Unclear


@dataclass(frozen=True)
class Pasted:
    """What a list names. ``column`` is the French sentence that tells which one was read."""

    taken: tuple[Taken, ...]
    left: tuple[Left, ...]
    repeated: int
    column: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """Territories taken, once each, in the order of the list."""
        return tuple(dict.fromkeys(taken.found.id for taken in self.taken))

    @property
    def noted(self) -> tuple[Taken, ...]:
        """Those that are not quite what was written."""
        return tuple(taken for taken in self.taken if taken.found.note)

    @property
    def plain(self) -> bool:
        """Nothing that a person should look at."""
        return bool(self.taken) and not (self.left or self.noted)


def read_text(edition: Edition, text: str) -> Pasted:
    """A list with any separators, or a table copied from a spreadsheet.

    InputError when it is empty or holds more than ``MAX_ENTRIES``.
    """
    lines = [line.strip("\r \ufeff") for line in text.split("\n")]
    cells = [[cell.strip() for cell in _CELLS.split(line)] for line in lines]
    filled = [row for row in cells if any(row)]
    table = len(filled) > 1 and 1 < max(map(len, filled)) <= MAX_COLUMNS
    if table and not is_list(edition, filled):
        return read_rows(edition, cells)
    return _read(edition, _entries(edition, lines))


def read_rows(edition: Edition, rows: Rows) -> Pasted:
    """A table: one column names territories. InputError when none does, or when it is too long."""
    filled = [(line, row) for line, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    _refuse_long(len(filled))
    column = chosen_column(edition, [row for _, row in filled])
    if column is None:
        raise InputError(
            problem="aucune colonne ne contient de codes ni de noms de territoires.",
            remedy="gardez une colonne de codes de communes, de numéros SIREN ou de noms.",
        )
    entries = (
        Entry(line, row[column.number] if len(row) > column.number else "", column.prefix)
        for line, row in filled[column.first :]
    )
    return replace(_read(edition, entries), column=column.said if len(rows[0]) > 1 else "")


def _read(edition: Edition, entries: Iterable[Entry]) -> Pasted:
    taken: list[Taken] = []
    left: list[Left] = []
    seen: set[str] = set()
    repeated = 0
    for entry in _bounded(entries):
        key = plain(entry.text) or entry.text
        if key in seen:
            repeated += 1
            continue
        seen.add(key)
        read = _place(edition, entry)
        if isinstance(read, Found):
            taken.append(Taken(entry, read))
        else:
            left.append(Left(entry, read))
    if not seen:
        raise InputError(
            problem="la liste est vide.",
            remedy="collez des codes de communes, des numéros SIREN ou des noms, un par ligne.",
        )
    return Pasted(tuple(taken), _with_choices(edition, left), repeated)


def _bounded(entries: Iterable[Entry]) -> Iterator[Entry]:
    for count, entry in enumerate((entry for entry in entries if entry.text.strip()), start=1):
        _refuse_long(count)
        yield entry


def _refuse_long(count: int) -> None:
    if count > MAX_ENTRIES:
        raise InputError(
            problem=f"la liste dépasse {number(MAX_ENTRIES)} lignes.",
            remedy="composez le périmètre d’intercommunalités, de départements ou de régions.",
        )


def _entries(edition: Edition, lines: Iterable[str]) -> Iterator[Entry]:
    for line, text in enumerate(lines, start=1):
        for cell in re.split(r"[;,\t|]", text):
            words = cell.split()
            _refuse_long(len(words))
            several = len(words) > 1 and all(code_place(edition, bare(word)) for word in words)
            if several and not re.fullmatch(r"\d{3} \d{3} \d{3}", " ".join(words)):
                yield from (Entry(line, word) for word in words)
            else:
                yield Entry(line, cell.strip())


def _place(edition: Edition, entry: Entry) -> Place:
    """A code beside a name is what counts, and they must agree."""
    pair = _CODE_AND_NAME.fullmatch(entry.text) or _NAME_AND_CODE.fullmatch(entry.text)
    if pair is None:
        return place(edition, entry.text, entry.prefix)
    name = pair["name"]
    read = place(edition, pair["code"], entry.prefix)
    if isinstance(read, Unclear) or plain(name) in plain(f"{read.name} {read.note}"):
        return read
    return Unclear(
        f"ce code est celui de {read.name}, ce que le nom ne dit pas.", "gardez l’un ou l’autre."
    )


def _with_choices(edition: Edition, left: list[Left]) -> tuple[Left, ...]:
    """Likely names for the first texts that name nothing."""
    lacking = [one for one in left if not one.unclear.choices][:PROPOSED]
    choices = {one.entry: proposed(edition, one.entry.text) for one in lacking}
    return tuple(
        replace(
            one, unclear=replace(one.unclear, choices=choices.get(one.entry, one.unclear.choices))
        )
        for one in left
    )
