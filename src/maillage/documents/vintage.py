"""The open tables of an edition: listed with their size and checksum, or all in one zip.

They are the very files the site reads (Parquet), with the cards that explain them. Cells that
secrecy covers were emptied when the edition was made: they have no value to leave out.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from maillage.documents.tables.facts import FICTIONAL
from maillage.documents.tables.values import Column, Row, Table
from maillage.documents.writers.text_rows import plain_csv
from maillage.engine.dataset import SourceFile
from maillage.engine.edition import Edition
from maillage.observatory.citation import cite_file

CHUNK = 1 << 20
_DAY = (2025, 1, 1, 0, 0, 0)
#: Where tables are, and what each holds.
FOLDERS = {
    "flows": "Flux de commune à commune",
    "stocks": "Stocks",
    "geography": "Communes et maillages",
    "geometry": "Contours",
    "": "Fiches et compte rendu",
}
READ_ME = """Maillage, millésime {id}, communes au 1er janvier {cog}
{status}
flows/<flux>/<année>/cells.parquet       une ligne par couple (origine, destination) de communes
stocks/<stock>/<année>/<maille>/         une ligne par territoire
geography/                               communes, et unités de chaque maillage
geometry/                                contours (WKB, degrés)
cards.json                               sens, source et précautions de chaque donnée
report.json                              compte rendu de la construction
sources.csv                              fichiers d’origine, producteurs, licences, empreintes
SHA256SUMS                               empreintes, à vérifier par « sha256sum -c SHA256SUMS »

Une valeur vide est inconnue ou couverte par le secret statistique (colonne « suppressed ») ;
elle n’est pas nulle.
Réutilisation : citez le producteur de chaque source et sa licence (sources.csv), puis Maillage.
"""


@dataclass(frozen=True)
class OpenFile:
    """One file of the edition. ``folder`` is a key of ``FOLDERS``, ``title`` French."""

    name: str
    folder: str
    title: str
    size: int
    sha256: str


def open_files(edition: Edition) -> tuple[OpenFile, ...]:
    """Tables, cards and account; the rest of an edition is but indexes of the same cells."""
    marks = edition.manifest["files"]
    return tuple(
        OpenFile(name, _folder(name), _title(edition, name), mark["size"], mark["sha256"])
        for name, mark in sorted(marks.items())
        if name.endswith((".parquet", ".json")) and "/breakdowns/" not in name
    )


def vintage_stem(edition: Edition) -> str:
    return f"maillage_millesime_{edition.geography.cog}_{edition.id}"


def vintage_zip(edition: Edition) -> Iterator[bytes]:
    """The whole, piece after piece: tables are compressed already and are stored as they are."""
    sink, stem = _Sink(), vintage_stem(edition)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as bundle:  # type: ignore[call-overload]
        for name, data in _texts(edition).items():
            bundle.writestr(zipfile.ZipInfo(f"{stem}/{name}", _DAY), data)
            yield sink.taken()
        for file in open_files(edition):
            info = zipfile.ZipInfo(f"{stem}/{file.name}", _DAY)
            info.file_size = file.size
            with bundle.open(info, "w") as entry, (edition.path / file.name).open("rb") as source:
                while piece := source.read(CHUNK):
                    entry.write(piece)
                    yield sink.taken()
    yield sink.taken()


class _Sink:
    """What a zip is written to, emptied as it fills."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole


def _texts(edition: Edition) -> dict[str, bytes]:
    status = f"{FICTIONAL}\n" if edition.fictional else ""
    said = READ_ME.format(id=edition.id, cog=edition.geography.cog, status=status)
    texts = {"LISEZMOI.txt": said.encode(), "sources.csv": plain_csv(sources_table(edition))}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in texts.items()}
    sums |= {file.name: file.sha256 for file in open_files(edition)}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    return {**texts, "SHA256SUMS": lines.encode()}


def sources_table(edition: Edition) -> Table:
    """A row a file of origin and what was taken from it."""
    keys = (
        *(("data", "Donnée"), ("year", "Année"), ("title", "Source"), ("producer", "Producteur")),
        *(("licence", "Licence"), ("page", "Page"), ("file", "Fichier"), ("sha256", "SHA-256")),
        *(("secrecy", "Secret"), ("estimated", "Estimation"), ("fictional", "Fiction")),
    )
    columns = tuple(Column(key, label) for key, label in keys)
    rows = tuple(dict.fromkeys(_source_rows(edition)))
    return Table("sources", "Sources", columns, rows)


def _source_rows(edition: Edition) -> Iterator[Row]:
    for meta in edition.flows():
        for source in meta.sources:
            yield _source(
                edition, meta.flow, meta.year, source, meta.secrecy, meta.estimated, meta.fictional
            )
    for stock, year, level in edition.manifest["stocks"]:
        values = edition.stock(stock, year, level)
        yield _source(edition, stock, year, values.source, "", False, values.fictional)


def _source(
    edition: Edition,
    data: str,
    year: int,
    source: SourceFile,
    secrecy: str,
    estimated: bool,
    fictional: bool,
) -> Row:
    cited = cite_file(edition, source)
    flags = ("oui" if flag else "" for flag in (estimated, fictional or edition.fictional))
    return (
        data,
        str(year),
        cited.title,
        cited.producer,
        cited.licence,
        cited.page,
        cited.file,
        cited.sha256,
        secrecy,
        *flags,
    )


def _folder(name: str) -> str:
    head = name.partition("/")[0]
    return head if head in FOLDERS else ""


def _title(edition: Edition, name: str) -> str:
    """What a file holds, as its card calls it."""
    folder, _, rest = name.partition("/")
    id, _, end = rest.partition("/")
    cards = {"flows": edition.catalog.flows, "stocks": edition.catalog.stocks}.get(folder, {})
    known = cards.get(id)
    title = known.title if known is not None else rest or name
    years = end.split("/")[:-1]
    return ", ".join([title, *years]) if known is not None else title
