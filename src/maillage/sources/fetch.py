"""Brings official files into a mirror folder: from their producers, or from another folder.

Closed networks have no internet: ``copy_mirror`` takes the same files from a key or a share.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from maillage.catalog.cards import SourceCard
from maillage.common.errors import InputError
from maillage.common.files import disk_full, files_under, is_disk_full
from maillage.sources.download import Limits, Progress, altered, download
from maillage.sources.snapshot import (
    SNAPSHOT,
    SnapshotFile,
    read_snapshot,
    sha256_of,
    write_snapshot,
)

_FOLDERS: Mapping[str, str] = {
    "flow": "flows",
    "stock": "stocks",
    "grant": "funding",
    "reference": "references",
    "programme": "programmes",
    "geometry": "geometry",
}
_FILE_SUFFIXES = (".csv", ".txt", ".zip", ".gz", ".parquet", ".xlsx", ".xls", ".geojson", ".json")


@dataclass(frozen=True)
class Wanted:
    """A file to bring: its address, its place in the mirror, the card it answers to."""

    card: str
    url: str
    file: str  # relative to the mirror
    licence: str
    sha256: str = ""  # when known beforehand


@dataclass(frozen=True)
class FetchResult:
    """What came in, what was already there, and the French reason of each failure."""

    brought: tuple[SnapshotFile, ...]
    kept: tuple[str, ...]
    failures: Mapping[str, str]
    by_hand: tuple[str, ...] = ()  # pages to open: their files have no direct address


def is_file_address(url: str) -> bool:
    """Whether an address gives the file itself rather than a page that links to it."""
    path = urlsplit(url).path.lower()
    return path.endswith(_FILE_SUFFIXES) or "/datasets/r/" in path


def wanted(card: SourceCard, years: Iterable[int] = ()) -> tuple[Wanted, ...]:
    """Files of a card that have a direct address, for these years or every listed edition."""
    chosen = set(years)
    urls = [card.url] if card.url and "{year}" not in card.url else []
    for year, address in sorted(card.editions.items()):
        if not chosen or year in chosen:
            urls.append(card.url.format(year=year) if "{year}" in card.url else address)
    files = dict.fromkeys(url for url in urls if is_file_address(url))
    return tuple(Wanted(card.id, url, place_of(card, url), card.licence) for url in files)


def pages_by_hand(card: SourceCard, years: Iterable[int] = ()) -> tuple[str, ...]:
    """Pages a person must open to take the editions that have no direct address."""
    if wanted(card, years):
        return ()
    chosen = set(years)
    pages = [page for year, page in sorted(card.editions.items()) if not chosen or year in chosen]
    return tuple(dict.fromkeys(pages or ([card.page] if card.page else [])))


def place_of(card: SourceCard, url: str) -> str:
    """Where the file goes in the mirror; a plain name, whatever the address holds."""
    name = PurePosixPath(unquote(urlsplit(url).path).replace("\\", "/")).name
    if not name.lower().endswith(_FILE_SUFFIXES):
        name = card.constants.get("file_name", f"{card.id}.csv")
    return f"{_FOLDERS[card.kind]}/{name.lstrip('.')}"


def fetch(
    cards: Iterable[SourceCard],
    mirror: Path,
    *,
    date: str,
    years: Iterable[int] = (),
    limits: Limits | None = None,
    progress: Progress = lambda file, done, total: None,
    client: httpx.Client | None = None,
    again: bool = False,
) -> FetchResult:
    """Downloads every file of ``cards`` that has a direct address into ``mirror``.

    ``date`` (ISO) is written beside each file. A file already recorded and unaltered is kept
    unless ``again``. One failure leaves the others; its reason, in French, is in the result.
    """
    cards, years = tuple(cards), tuple(years)
    items = [item for card in cards for item in wanted(card, years)]
    by_hand = tuple(page for card in cards for page in pages_by_hand(card, years))

    def bring(item: Wanted, http: httpx.Client) -> SnapshotFile:
        target = mirror / item.file
        download(item.url, target, http, limits or Limits(), progress, item.sha256)
        return _recorded(mirror, item, date)

    with client or httpx.Client(follow_redirects=True, timeout=30.0) as http:
        brought, kept, failures = _bring_all(items, mirror, again, lambda item: bring(item, http))
    return FetchResult(brought, kept, failures, by_hand)


def copy_mirror(
    source: Path,
    mirror: Path,
    *,
    date: str,
    limits: Limits | None = None,
    progress: Progress = lambda file, done, total: None,
    again: bool = False,
) -> FetchResult:
    """Copies every file of another mirror, keeping what its record says of their origin.

    A file whose bytes do not match the checksum of the source's record is refused.
    """
    if not source.is_dir():
        raise InputError(
            problem="le dossier miroir à copier n’existe pas.",
            remedy="vérifiez le chemin donné à --mirror.",
            value=str(source),
        )
    record = read_snapshot(source)
    known = {item.file: item for item in record.files}
    paths = [path for path in files_under(source) if _is_data(path, source)]
    items = [_wanted_copy(path.relative_to(source).as_posix(), known) for path in paths]
    most = limits or Limits()

    def bring(item: Wanted) -> SnapshotFile:
        origin, target = source / item.file, mirror / item.file
        most.check(item.file, origin.stat().st_size)
        _copy(origin, target, item.sha256)
        progress(item.file, target.stat().st_size, target.stat().st_size)
        original = known.get(item.file)
        return original or _recorded(mirror, item, date)

    mirror.mkdir(parents=True, exist_ok=True)
    brought, kept, failures = _bring_all(items, mirror, again, bring)
    return FetchResult(brought, kept, failures)


def _bring_all(
    items: Iterable[Wanted], mirror: Path, again: bool, bring: Callable[[Wanted], SnapshotFile]
) -> tuple[tuple[SnapshotFile, ...], tuple[str, ...], Mapping[str, str]]:
    """Brings each file not yet there; the record is written after each, so nothing is redone."""
    brought: list[SnapshotFile] = []
    kept: list[str] = []
    failures: dict[str, str] = {}
    for item in items:
        if not again and _is_unaltered(mirror, item.file):
            kept.append(item.file)
            continue
        try:
            brought.append(bring(item))
        except InputError as error:
            failures[item.file] = str(error)
            continue
        write_snapshot(mirror, read_snapshot(mirror).merged(brought[-1:]))
    return tuple(brought), tuple(kept), failures


def _is_unaltered(mirror: Path, file: str) -> bool:
    recorded = {item.file: item.sha256 for item in read_snapshot(mirror).files}
    path = mirror / file
    return file in recorded and path.is_file() and sha256_of(path) == recorded[file]


def _recorded(mirror: Path, item: Wanted, date: str) -> SnapshotFile:
    path = mirror / item.file
    return SnapshotFile(
        item.file, item.card, item.url, date, sha256_of(path), path.stat().st_size, item.licence
    )


def _wanted_copy(file: str, known: Mapping[str, SnapshotFile]) -> Wanted:
    item = known.get(file)
    if item is None:
        return Wanted(card="", url="", file=file, licence="")
    return Wanted(item.card, item.url, file, item.licence, item.sha256)


def _is_data(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    hidden = any(part.startswith(".") for part in parts)
    return path.is_file() and not hidden and path.name != SNAPSHOT


def _copy(origin: Path, target: Path, sha256: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.copyfile(origin, part)
    except OSError as error:
        part.unlink(missing_ok=True)
        if is_disk_full(error):
            raise disk_full(target.parent, origin.stat().st_size) from error
        raise
    if sha256 and sha256_of(part) != sha256:
        part.unlink()
        raise altered(target.name)
    part.replace(target)
