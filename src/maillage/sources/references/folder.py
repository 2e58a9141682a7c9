"""Which files of a mirror hold references, and which card each answers to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.common.files import files_under
from maillage.sources.matching import is_named
from maillage.sources.opening import Entry, Format, entries_of, read_header
from maillage.sources.references.tables import Table, read_tables, roles_of
from maillage.sources.snapshot import SNAPSHOT

KINDS = ("reference", "programme")
#: Layout given here to the tables that hold the population of communes.
POPULATION = "population"
_SUFFIXES = (".csv", ".txt", ".tsv", ".gz", ".zip", ".xlsx", ".xls", ".json", ".geojson")


@dataclass(frozen=True, eq=False)
class Folder:
    """The reference tables found in a mirror, in file order, and the files that were refused."""

    tables: tuple[Table, ...]
    refused: tuple[str, ...]

    def of(self, layout: str) -> list[Table]:
        """Tables of a layout, the newest first."""
        found = [table for table in self.tables if table.card.layout == layout]
        return sorted(found, key=lambda table: -table.year)


def read_folder(mirror: Path, catalog: Catalog, progress: Callable[[str], None]) -> Folder:
    """Reads every file of the mirror that answers to a reference card, under whatever name.

    A damaged file that a card names is refused whole, with its reason, and the others are read.
    """
    cards = list(_reference_cards(catalog))
    tables: list[Table] = []
    refused: list[str] = []
    for path in files_under(mirror):
        name = path.relative_to(mirror).as_posix()
        if not _counts(path):
            continue
        try:
            found = [table for entry in entries_of(path, name) for table in _read(entry, cards)]
        except InputError as error:
            if any(is_named(card, Entry(path, name)) for card in cards):
                refused.append(str(error))
            continue
        if found:
            progress(name)
        tables += found
    return Folder(tuple(tables), tuple(refused))


def _reference_cards(catalog: Catalog) -> Iterator[SourceCard]:
    """Cards of references, and those that hold the stock ``population``, read for that alone."""
    population = catalog.stocks.get("population")
    for card in catalog.sources.values():
        stock = population.columns_in(card.id) if population else None
        if stock is not None:
            columns = {"commune": card.columns.get("place", "^$"), "population": stock.column}
            yield card.model_copy(update={"layout": POPULATION, "columns": columns})
        elif card.kind in KINDS:
            yield card


def _counts(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$")) or path.name == SNAPSHOT
    return path.suffix.lower() in _SUFFIXES and not hidden and path.is_file()


def _read(entry: Entry, cards: Sequence[SourceCard]) -> list[Table]:
    """The tables of an entry. Delimited text is read only when a card knows its header."""
    if entry.format is Format.PARQUET:
        return []
    if entry.format is Format.CSV:
        header = read_header(entry).columns
        cards = [card for card in cards if roles_of(card, header)]
    return read_tables(entry, cards)
