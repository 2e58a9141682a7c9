"""Which files of a mirror hold references, and which card each answers to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from maillage.catalog.cards import SourceCard
from maillage.sources.references.tables import RawFile, Table, read_table

#: Roles without which a file cannot answer to a card, by layout.
REQUIRED: dict[str, tuple[str, ...]] = {
    "cog_communes": ("kind", "code", "region", "departement", "name"),
    "cog_departements": ("departement", "region", "seat", "name"),
    "cog_regions": ("region", "seat", "name"),
    "cog_movements": ("date", "kind", "kind_before", "before", "kind_after", "after"),
    "cog_passage": ("before", "after"),
    "population": ("code", "population"),
    "assignment": ("unit",),
    "zoning_table": ("commune",),
    "unit_list": ("unit", "name"),
    "zones": ("code",),
}
_SUFFIXES = {".csv", ".txt", ".tsv", ".gz", ".zip", ".xlsx", ".xls", ".json", ".geojson"}


@dataclass(frozen=True, eq=False)
class Folder:
    """The reference tables found in a mirror, in file order."""

    tables: tuple[Table, ...]

    def of(self, layout: str) -> list[Table]:
        """Tables of a layout, the newest first."""
        found = [table for table in self.tables if table.card.layout == layout]
        return sorted(found, key=lambda table: -table.year)


def read_folder(
    mirror: Path, cards: Iterable[SourceCard], progress: Callable[[str], None]
) -> Folder:
    """Reads every file of the mirror that answers to one of these cards.

    A file answers to the first card whose name patterns and required columns it has, else to the
    card most of whose columns it has, whatever its name. InputError when such a file is broken.
    """
    known = [card for card in cards if card.layout in REQUIRED]
    tables = []
    for path in sorted(mirror.rglob("*")):
        if path.is_file() and path.suffix.lower() in _SUFFIXES and path.name[0] not in ".~":
            table = _match(RawFile(path, path.relative_to(mirror).as_posix()), known)
            if table is not None:
                progress(table.file)
                tables.append(table)
    return Folder(tuple(tables))


def _match(raw: RawFile, cards: list[SourceCard]) -> Table | None:
    named = [card for card in cards if _is_named(raw.path.name, card)]
    for card in named:
        if (table := read_table(raw, card, _needed(card))) is not None:
            return table
    return None


def _is_named(name: str, card: SourceCard) -> bool:
    return any(fnmatch(name.lower(), pattern.lower()) for pattern in card.names)


def _needed(card: SourceCard) -> tuple[str, ...]:
    return REQUIRED[card.layout]
