"""A folder of official files: which card each file answers to, by its name and by its columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.common.files import files_under
from maillage.sources.matching import Match, match_entry
from maillage.sources.opening import Entry, Format, Header, PlainTable, entries_of, plain_table
from maillage.sources.references.read import FICTIONAL
from maillage.sources.snapshot import SNAPSHOT, sha256_of


@dataclass(frozen=True)
class MatchedFile:
    """A file of the mirror and the card that knows it.

    ``columns`` maps each role of the card to the column of this very file (optional roles the
    file lacks are absent). ``year`` is the vintage the card's rule found; 0 when rows hold it.
    ``sha256`` is that of the file in the mirror, archive included. ``notes`` are for the report.
    """

    card: SourceCard
    entry: Entry
    header: Header
    columns: Mapping[str, str]
    year: int
    sha256: str
    year_in_name: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What people read: the path inside the mirror, then the member of the archive."""
        return self.entry.name

    @property
    def format(self) -> Format:
        return self.entry.format

    @property
    def cog(self) -> int | None:
        """COG vintage of its codes, when the card tells."""
        if self.card.cog is not None:
            return self.card.cog
        lags = [lag for first, lag in sorted(self.card.cog_lags.items()) if first <= self.year]
        lag = lags[-1] if lags else self.card.cog_lag
        return None if lag is None else self.year + lag

    def table(self, workdir: Path) -> PlainTable:
        """The csv or Parquet file ready to be scanned, extracted and in UTF-8."""
        return plain_table(self.entry, self.header, workdir)


@dataclass(frozen=True)
class Refusal:
    """A file that was set aside whole, and why, in French."""

    file: str
    reason: str
    card: str = ""


@dataclass(frozen=True)
class MirrorScan:
    """What a mirror holds: known files, files no card knows, files that cannot even be opened."""

    files: tuple[MatchedFile, ...]
    unmatched: tuple[str, ...]
    refused: tuple[Refusal, ...]


def scan_mirror(
    mirror: Path, catalog: Catalog, progress: Callable[[str], None] = lambda _: None
) -> MirrorScan:
    """Match every file under ``mirror``, in path order. InputError if it is no folder."""
    if not mirror.is_dir():
        raise InputError(
            problem="ce dossier de fichiers officiels n’existe pas.",
            remedy="indiquez un dossier existant, ou créez-en un avec « maillage fetch ».",
            file=str(mirror),
        )
    files: list[MatchedFile] = []
    unmatched: list[str] = []
    refused: list[Refusal] = []
    for path in filter(_counts, files_under(mirror)):
        name = path.relative_to(mirror).as_posix()
        progress(name)
        try:
            found = list(_matches(path, name, catalog))
        except InputError as error:
            refused.append(Refusal(name, str(error)))
            continue
        known = [(entry, match) for entry, match in found if match]
        unmatched.extend(entry.name for entry, match in found if not match)
        sha256 = sha256_of(path) if known else ""
        files.extend(_matched(entry, match, sha256) for entry, match in known)
    return MirrorScan(tuple(files), tuple(unmatched), tuple(refused))


def _matches(path: Path, name: str, catalog: Catalog) -> Iterator[tuple[Entry, Match | None]]:
    """The entries of a file. One that is at fault is only documentation beside one that is known:
    archives hold the dictionary of their columns, under a name that looks like the data's."""
    found: list[tuple[Entry, Match | None]] = []
    faults: list[InputError] = []
    for entry in entries_of(path, name):
        try:
            found.append((entry, match_entry(entry, catalog)))
        except InputError as error:
            found.append((entry, None))
            faults.append(error)
    if faults and not any(match for _, match in found):
        raise faults[0]
    yield from found


def _counts(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$")) or path.name in {SNAPSHOT, FICTIONAL, "Thumbs.db"}
    return path.is_file() and not hidden


def _matched(entry: Entry, match: Match, sha256: str) -> MatchedFile:
    return MatchedFile(
        card=match.card,
        entry=entry,
        header=match.header,
        columns=match.columns,
        year=match.year or 0,
        sha256=sha256,
        year_in_name=match.year_in_name,
        notes=match.notes,
    )
