"""Which files of a mirror hold references, and which card each answers to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.sources.matching import match_entry
from maillage.sources.opening import Entry, Format, entries_of
from maillage.sources.references.tables import Table, read_tables
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

    A damaged file is refused whole, with its reason, and the others are read.
    """
    cards = {card.id: card for card in _reference_cards(catalog)}
    tables: list[Table] = []
    refused: list[str] = []
    for path in sorted(mirror.rglob("*")):
        if not _counts(path):
            continue
        try:
            for entry in entries_of(path, path.relative_to(mirror).as_posix()):
                tables += _read(entry, catalog, cards, progress)
        except InputError as error:
            refused.append(str(error))
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


def _read(
    entry: Entry,
    catalog: Catalog,
    cards: Mapping[str, SourceCard],
    progress: Callable[[str], None],
) -> list[Table]:
    """The tables of an entry. Delimited text is opened only when its header is known."""
    if entry.format is Format.PARQUET:
        return []
    candidates = list(cards.values())
    if entry.format is Format.CSV:
        match = match_entry(entry, catalog)
        candidates = [cards[match.card.id]] if match is not None and match.card.id in cards else []
    tables = read_tables(entry, candidates)
    if tables:
        progress(entry.name)
    return tables
