"""Rows of cells: which column names territories, said by its header or by what it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.engine.edition import Edition
from maillage.observatory.pasted.places import Found, bare, code_place, place
from maillage.observatory.search_text import plain

Rows = Sequence[Sequence[str]]
#: Headers of columns that name territories, best first, and the prefix of their bare numbers.
HEADERS = (
    (r"cod(e)? ?(insee|commune|com|geo|officiel geographique)( .*)?|insee( .*)?", ""),
    (r"codgeo|com|depcom|citycode|commune code|code", ""),
    (r"(n |numero )?siren( .*)?|code (epci|siren)|epci( \d{4})?|identifiant( .*)?|id", ""),
    (r"dep|departement|code (dep|departement)|codedep", "dep-"),
    (r"reg|region|code (reg|region)|codereg", "reg-"),
    (r"(nom|libelle)?( de la| )?(commune|com|geographique)|libgeo|nom( com)?", ""),
    (r"(nom|libelle)?( de l | )?(epci|intercommunalite|groupement)|territoire|libepci", ""),
)
#: Postal codes look like codes of communes and are others.
POSTAL = re.compile(r".*postal.*|cp")
SAMPLE = 100  # rows that tell what a column holds
ENOUGH = 0.5  # share of cells that name a territory
MANY = 0.8  # share of cells that name one, in columns that are all lists


@dataclass(frozen=True)
class Column:
    """The column that is read: ``title`` is its header, ``first`` the row after it."""

    number: int
    title: str
    prefix: str
    first: int

    @property
    def said(self) -> str:
        """In French, for whoever sent the table."""
        if self.title:
            return f"Colonne lue : « {self.title[:60]} »."
        return f"Colonne lue : la {_rank(self.number)}, d’après ce qu’elle contient."


def chosen_column(edition: Edition, rows: Rows) -> Column | None:
    """By its header, else by what it holds; None when no column names territories."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return None
    titles = [plain(cell) for cell in rows[0]]
    for pattern, prefix in HEADERS:
        for number, title in enumerate(titles):
            column = Column(number, rows[0][number].strip(), prefix, 1)
            if re.fullmatch(pattern, title) and _share(
                edition, rows[1:], number, prefix, names=True
            ):
                return column
    numbers = [n for n in range(width) if not (n < len(titles) and POSTAL.fullmatch(titles[n]))]
    for names in (False, True):
        shares = {number: _share(edition, rows, number, names=names) for number in numbers}
        best = max(shares, key=lambda number: shares[number], default=-1)
        if best >= 0 and shares[best] >= ENOUGH:
            title = _title(edition, rows, best)
            return Column(best, title, "", 1 if title else 0)
    return None


def is_list(edition: Edition, rows: Rows) -> bool:
    """Whether every column is codes: a list in several columns, not a table."""
    width = max((len(row) for row in rows), default=0)
    return width < 2 or all(_share(edition, rows, number) >= MANY for number in range(width))


def _share(
    edition: Edition, rows: Rows, number: int, prefix: str = "", *, names: bool = False
) -> float:
    """Of the cells that are filled, the share that names a territory: by code, or by ``names``.

    ``prefix`` comes before bare numbers.
    """
    cells = [row[number] for row in rows[:SAMPLE] if len(row) > number and row[number].strip()]
    known = [cell for cell in cells if _names(edition, cell, prefix, names=names)]
    return len(known) / len(cells) if cells else 0.0


def _names(edition: Edition, cell: str, prefix: str = "", *, names: bool) -> bool:
    read = place(edition, cell, prefix) if names else code_place(edition, bare(cell), prefix)
    return isinstance(read, Found)


def _title(edition: Edition, rows: Rows, number: int) -> str:
    """The first cell, when it names nothing and others follow."""
    cell = rows[0][number] if len(rows[0]) > number else ""
    named = _names(edition, cell, names=True) or any(c.isdigit() for c in cell)
    return "" if named or len(rows) < 2 else cell.strip() or "?"


def _rank(number: int) -> str:
    return "première" if number == 0 else f"{number + 1}ᵉ"
