"""Which card knows a file: its columns decide, its name settles what they leave open."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import PurePosixPath

from maillage.catalog.cards import SourceCard, Vintage, VintageFrom
from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.sources.opening import Entry, Format, Header, read_header

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
_KINDS = {"flow", "stock", "grant"}  # references are matched by those who read them
_TABLES = {Format.CSV, Format.PARQUET}
_NO_HEADER = Header(())


@dataclass(frozen=True)
class Match:
    """A card that knows a file, with the file's column of each role and its vintage."""

    card: SourceCard
    header: Header
    columns: Mapping[str, str]
    year: int | None  # 0: rows hold it; None: nothing tells it
    year_in_name: int | None = None
    notes: tuple[str, ...] = ()


def match_entry(entry: Entry, catalog: Catalog) -> Match | None:
    """The flow or stock card of an entry, None when no card knows it.

    Raises InputError when a card claims it by name but its content cannot be that card's:
    empty or damaged file, columns missing, vintage that cannot be found.
    """
    cards = tuple(card for card in catalog.sources.values() if card.kind in _KINDS)
    if not _readable(entry, cards):
        return None
    header = read_header(entry) if entry.format in _TABLES else _NO_HEADER
    candidates = [match for card in cards if (match := _candidate(card, entry, header))]
    if candidates:
        best = max(candidates, key=lambda match: _fitness(match, entry))
        if best.year is None:
            raise _no_year(best.card, entry)
        return best
    claimed = [card for card in cards if is_named(card, entry) and card.columns]
    if claimed and entry.format in _TABLES:
        raise _columns_missing(claimed[0], entry, header)
    return None


def _readable(entry: Entry, cards: Iterable[SourceCard]) -> bool:
    """Text that no card could know by its columns is not opened unless a card names it."""
    return entry.format in _TABLES or any(is_named(card, entry) for card in cards)


def _candidate(card: SourceCard, entry: Entry, header: Header) -> Match | None:
    columns: dict[str, str] = {}
    if card.columns and entry.format in _TABLES:
        columns = columns_of(card, header.columns)
        if _missing(card, columns):
            return None
    elif not is_named(card, entry) or (card.columns and not entry.is_workbook):
        return None
    year, notes = vintage_of(card.vintage, entry, header)
    if entry.format not in _TABLES:
        year = year or 0  # found by the layout, which opens the file itself
    if card.years and year and not card.years[0] <= year <= card.years[1]:
        return None
    return Match(card, header, columns, year, year_in_name(entry), notes)


def _fitness(match: Match, entry: Entry) -> tuple[bool, int, str]:
    return is_named(match.card, entry), len(match.columns), match.card.id


def columns_of(card: SourceCard, header: Iterable[str]) -> dict[str, str]:
    """The file's column of each role: first that fits the role's pattern, whatever the case."""
    found: dict[str, str] = {}
    for role, pattern in card.columns.items():
        fits = [name for name in header if re.fullmatch(pattern, name, re.IGNORECASE)]
        if fits:
            found[role] = fits[0]
    return found


def vintage_of(
    vintage: Vintage, entry: Entry, header: Header
) -> tuple[int | None, tuple[str, ...]]:
    """The year of a file by its card's rule, and a note when the name tells another one."""
    if vintage.where in (VintageFrom.FIXED, VintageFrom.TITLE):  # titles: the reader's affair
        return vintage.year or 0, ()
    if vintage.where is VintageFrom.VALUE:
        return 0, ()
    if vintage.where is VintageFrom.FILENAME:
        return year_in_name(entry, vintage.pattern or _YEAR) or vintage.year, ()
    column, year = _year_of_columns(vintage.pattern, header.columns)
    named = year_in_name(entry)
    if year is None or named in (None, year):
        return year, ()
    return year, (
        f"Le nom du fichier annonce {named}, la colonne « {column} » dit {year} : "
        f"c’est {year} qui est retenu.",
    )


def year_in_name(entry: Entry, pattern: str = _YEAR) -> int | None:
    """The year written in the member's name, else in the archive's, else in a folder's."""
    for part in reversed(PurePosixPath(entry.name).parts):
        if found := re.search(pattern, part, re.IGNORECASE):
            return _full_year(found["year"])
    return None


def _year_of_columns(pattern: str, columns: Iterable[str]) -> tuple[str, int | None]:
    for column in columns:
        if found := re.fullmatch(pattern, column, re.IGNORECASE):
            return column, _full_year(found["year"])
    return "", None


def _full_year(text: str) -> int:
    """Two digits stand for 1970 to 2069."""
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def is_named(card: SourceCard, entry: Entry) -> bool:
    """Whether the card's name patterns know the file, or its path in the mirror."""
    name = entry.name.lower()
    last = PurePosixPath(name).name
    return any(fnmatch(last, glob.lower()) or fnmatch(name, glob.lower()) for glob in card.names)


def _missing(card: SourceCard, columns: Mapping[str, str]) -> list[str]:
    return [role for role in card.columns if role not in columns and role not in card.optional]


def _columns_missing(card: SourceCard, entry: Entry, header: Header) -> InputError:
    missing = _missing(card, columns_of(card, header.columns))
    patterns = ", ".join(f"« {card.columns[role]} »" for role in missing)
    return InputError(
        problem=f"d’après son nom, ce fichier est « {card.title} », mais il lui manque des "
        f"colonnes : {patterns} (ligne d’en-tête lue : {', '.join(header.columns)[:200]}).",
        remedy=f"reprenez le fichier d’origine : {card.page}",
        file=entry.name,
        line=1,
        column=card.columns[missing[0]] if missing else None,
    )


def _dated(entry: Entry) -> str:
    """The name of a file with a year in it."""
    stem, *suffixes = PurePosixPath(entry.name).name.split(".")
    return ".".join((f"{stem}_2020", *suffixes))


def _no_year(card: SourceCard, entry: Entry) -> InputError:
    return InputError(
        problem=f"rien ne dit l’année de ce fichier « {card.title} » : aucune colonne ne la porte.",
        remedy=f"écrivez l’année dans le nom du fichier, par exemple « {_dated(entry)} ».",
        file=entry.name,
    )
