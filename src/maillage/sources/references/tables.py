"""The columns a card asks of a reference table, wherever the header stands in the file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from maillage.catalog.cards import SourceCard, VintageFrom
from maillage.common.errors import InputError
from maillage.sources.matching import columns_of, is_named, vintage_of
from maillage.sources.opening import Entry, Header
from maillage.sources.references.rows import Rows, sheets_of

#: A header stands among the first lines: Insee workbooks have five lines of titles above it.
HEADER_LINES = 12


@dataclass(frozen=True)
class ReferenceFile:
    """A table, or a file of contours, that was read: its card, its year, its number of rows."""

    file: str
    card: str
    year: int
    rows: int


@dataclass(frozen=True, eq=False)
class Table:
    """Columns by role, cells stripped of blanks, in file order, empty lines left out."""

    file: str
    card: SourceCard
    year: int
    lines: Sequence[int]  # line of each row in the file, from 1
    columns: Mapping[str, list[str]]

    @property
    def cog(self) -> int:
        """COG vintage of its commune codes."""
        return self.card.cog or self.year + (self.card.cog_lag or 0)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, role: str) -> list[str]:
        """Cells of a role; empty texts when the file has no such column."""
        return self.columns.get(role, self._nothing)

    @cached_property
    def _nothing(self) -> list[str]:
        return [""] * len(self)

    def fault(self, row: int, role: str, problem: str, remedy: str) -> InputError:
        """An error that names the line and the value at fault."""
        return InputError(problem, remedy, self.file, self.lines[row], role, self[role][row])


def read_tables(entry: Entry, cards: Sequence[SourceCard]) -> list[Table]:
    """The table of each sheet that has every required column of a card.

    Among the cards a sheet answers to: one that names the file, then the one most of whose
    columns it has. InputError when the file is damaged or nothing tells its year.
    """
    if not cards:
        return []
    found = ((sheet, _header(entry, cards, sheet.head)) for sheet in sheets_of(entry, HEADER_LINES))
    return [_table(entry, card, sheet.rows(), at) for sheet, (at, card) in found if card]


def _header(entry: Entry, cards: Sequence[SourceCard], head: Rows) -> tuple[int, SourceCard | None]:
    for at, header in enumerate(head):
        fits = [
            (is_named(card, entry), len(r), card) for card in cards if (r := roles_of(card, header))
        ]
        if fits:
            return at, max(fits, key=lambda fit: fit[:2])[2]
    return 0, None


def roles_of(card: SourceCard, header: Sequence[str]) -> dict[str, str]:
    """The file's column of each role; empty when a required one is missing."""
    found = columns_of(card, [cell.strip() for cell in header])
    required = (role for role in card.columns if role not in card.optional)
    return found if all(role in found for role in required) else {}


def _table(entry: Entry, card: SourceCard, rows: Rows, at: int) -> Table:
    header = [cell.strip() for cell in rows[at]]
    body = [
        (n, row) for n, row in enumerate(rows[at + 1 :], start=at + 2) if any(map(str.strip, row))
    ]
    places = {role: header.index(column) for role, column in roles_of(card, rows[at]).items()}
    return Table(
        file=entry.name,
        card=card,
        year=_year(card, entry, header, rows[:at]),
        lines=[line for line, _ in body],
        columns={
            role: [row[place].strip() if place < len(row) else "" for _, row in body]
            for role, place in places.items()
        },
    )


def _year(card: SourceCard, entry: Entry, header: list[str], titles: Rows) -> int:
    rule = card.vintage
    if rule.where is VintageFrom.TITLE:
        text = "\n".join(cell for row in titles for cell in row)
        found = re.search(rule.pattern, text)
        year = int(found["year"]) if found else None
    else:
        year, _ = vintage_of(rule, entry, Header(tuple(header)))
    if year or rule.year:
        return year or rule.year or 0
    raise InputError(
        problem="rien ne dit l’année de ce fichier.",
        remedy="rendez-lui le nom sous lequel il est publié, ou écrivez l’année (« year ») dans "
        f"la fiche « {card.id} ».",
        file=entry.name,
    )
