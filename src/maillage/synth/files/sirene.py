"""Sirene: the stock of establishments, and the links of succession between them."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from maillage.synth.files.tables import TableWriter
from maillage.synth.firms import Establishments, Firms, siren_of, sirene, siret_of
from maillage.synth.graph import Index
from maillage.synth.scales import stream
from maillage.synth.setting import setting

CSV_UP_TO = 1_000_000  # rows; above, parquet
PARTIAL, EMPLOYERS = 0.13, 0.12  # partial diffusion; employers
SHARED, PURGED = 0.04, 0.004  # successions with two heirs; predecessors no longer in the stock
SUCCESSION = (
    "siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,"
    "transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession"
)


def write_sirene(firms: Firms, out: Path, *, parquet: bool | None = None) -> None:
    """Both files, in one pass over the firms; csv up to a million rows unless told otherwise."""
    as_parquet = firms.count > CSV_UP_TO if parquet is None else parquet
    folder = out / "sirene"
    stock = _Sink(
        folder / "StockEtablissement_utf8", ",".join(sirene()["columns"].split()), as_parquet
    )
    links = _Sink(folder / "StockEtablissementLiensSuccession_utf8", SUCCESSION, as_parquet)
    with stock, links:
        for block in firms.blocks():
            stock.write(_stock(firms, block))
            links.write(_links(firms, block))


class _Sink:
    """A csv or a parquet file written batch after batch."""

    def __init__(self, stem: Path, header: str, parquet: bool) -> None:
        stem.parent.mkdir(parents=True, exist_ok=True)
        names = header.split(",")
        schema = pa.schema([(name, pa.string()) for name in names])
        self._writer: pq.ParquetWriter | TableWriter = (
            pq.ParquetWriter(stem.with_suffix(".parquet"), schema, compression="zstd")
            if parquet
            else TableWriter(stem.with_suffix(".csv"), header, ",")
        )
        self._schema = schema

    def write(self, columns: dict[str, pa.Array]) -> None:
        rows = len(next(iter(columns.values())))
        empty = pa.nulls(rows, pa.string())
        arrays = [columns.get(name, empty) for name in self._schema.names]
        table = pa.table(arrays, schema=self._schema)
        if isinstance(self._writer, TableWriter):
            self._writer.write(table)
        else:
            self._writer.write_table(table)

    def __enter__(self) -> "_Sink":
        self._writer.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._writer.__exit__(*error)


def _stock(firms: Firms, block: Establishments) -> dict[str, pa.Array]:
    """Columns of the stock that are filled; the others stay empty."""
    country = firms.country
    rng = stream(country.seed, "sirene", firms.count, block.block)
    siren, rows = siren_of(block.firm), len(block.firm)
    commune = country.commune[block.place]
    code = pa.array(country.code).take(pa.array(commune))
    return {
        "siren": _digits(siren, 9),
        "nic": _digits(siret_of(siren, block.sequence) % 100_000, 5),
        "siret": _digits(siret_of(siren, block.sequence), 14),
        "statutDiffusionEtablissement": _either(rng.random(rows) < PARTIAL, "P", "O"),
        "dateCreationEtablissement": _dates(rng, rows, 1985, 2024),
        "trancheEffectifsEtablissement": _size(firms, block),
        "dateDernierTraitementEtablissement": _dates(rng, rows, 2025, 2025, "T08:30:00"),
        "etablissementSiege": _either(block.sequence == 1, "true", "false"),
        "nombrePeriodesEtablissement": _digits(rng.integers(1, 7, rows), 1),
        "codePostalEtablissement": code,
        "libelleCommuneEtablissement": pa.array([name.plain for name in country.name]).take(
            pa.array(commune)
        ),
        "codeCommuneEtablissement": code,
        "dateDebut": _dates(rng, rows, 2008, 2024),
        "etatAdministratifEtablissement": _either(block.open, "A", "F"),
        "activitePrincipaleEtablissement": _activities(firms, block, rng),
        "nomenclatureActivitePrincipaleEtablissement": _either(block.open, "NAFRev2", "NAFRev2"),
        "caractereEmployeurEtablissement": _either(rng.random(rows) < EMPLOYERS, "O", "N"),
    }


def _links(firms: Firms, block: Establishments) -> dict[str, pa.Array]:
    """Successions: from a closed address to the headquarters, now and then shared with a branch;
    a few predecessors are purged from the stock."""
    rng = stream(firms.country.seed, "successions", firms.count, block.block)
    moved = np.flatnonzero(block.moved)
    shared = moved[rng.random(len(moved)) < SHARED]
    shared = shared[_has_branch(block, shared)]
    left = np.concatenate([moved, shared])
    heir = np.concatenate([np.ones(len(moved)), np.full(len(shared), 2)]).astype(np.int64)
    siren, sequence = siren_of(block.firm[left]), block.sequence[left]
    purged = rng.random(len(left)) < PURGED
    continued = rng.random(len(left)) < 0.8
    return {
        "siretEtablissementPredecesseur": _digits(siret_of(siren, sequence + 9_000 * purged), 14),
        "siretEtablissementSuccesseur": _digits(siret_of(siren, heir), 14),
        "dateLienSuccession": _dates(rng, len(left), 2014, 2024),
        "transfertSiege": _either(continued & (rng.random(len(left)) < 0.2), "true", "false"),
        "continuiteEconomique": _either(continued, "true", "false"),
        "dateDernierTraitementLienSuccession": _dates(rng, len(left), 2025, 2025, "T08:30:00"),
    }


def _has_branch(block: Establishments, row: Index) -> npt.NDArray[np.bool_]:
    """Whether the second establishment of the firm of each row is open."""
    second = np.searchsorted(block.firm, block.firm[row]) + 1
    return np.asarray(block.open[second] & (block.firm[second] == block.firm[row]))


def _size(firms: Firms, block: Establishments) -> pa.Array:
    size = firms.sizes(block)
    return pa.array(size.codes).take(pa.array(size.rank))


def _activities(firms: Firms, block: Establishments, rng: np.random.Generator) -> pa.Array:
    """Activity of each firm, after the sectors of the place of its headquarters."""
    lists = [words.split() for words in sirene()["activities"].values()]
    number, row = np.unique(block.firm, return_inverse=True)
    seat = block.place[np.searchsorted(block.firm, number)]
    cumulative = np.cumsum(setting(firms.country).sectors[seat], axis=1)
    sector = (cumulative[:, :-1] < rng.random(len(number))[:, None]).sum(axis=1)
    first = np.cumsum([0, *map(len, lists)])
    rank = first[sector] + (rng.random(len(number)) * np.diff(first)[sector]).astype(np.int64)
    return pa.array([code for words in lists for code in words]).take(pa.array(rank[row]))


def _digits(number: Index, width: int) -> pa.Array:
    return pa.compute.utf8_lpad(pa.array(number).cast(pa.string()), width, "0")


def _either(test: npt.NDArray[np.bool_], yes: str, no: str) -> pa.Array:
    return pa.array([no, yes]).take(pa.array(test.astype(np.int8)))


def _dates(rng: np.random.Generator, rows: int, first: int, last: int, hour: str = "") -> pa.Array:
    """Days between two years, the first of each month to the 28th."""
    days = [
        f"{y}-{m:02d}-{d:02d}{hour}"
        for y in range(first, last + 1)
        for m in range(1, 13)
        for d in range(1, 29)
    ]
    return pa.array(days).take(pa.array(rng.integers(0, len(days), rows)))
