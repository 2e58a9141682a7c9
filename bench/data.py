"""Input of the benchmarks: a fictional country, its edition, and both at other sizes.

Made once under one folder and kept; ``FACTORS`` are sizes relative to those of the country.
"""

import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from bench.contestants.profile import write_dense
from maillage.catalog.load import load_catalog
from maillage.engine.dataset import FlowCells
from maillage.engine.edition import Edition, current_edition
from maillage.engine.matrix import FlowMatrix
from maillage.engine.writer import EditionWriter
from maillage.sources.build import build
from maillage.sources.references import read_geography
from maillage.synth import synthesize
from maillage.synth.scales import ScaleName

SEED = 1
FACTORS = (0.1, 1.0, 3.0)
#: Free space to ask for, in GiB: mirror, editions, detail files, DuckDB files.
DISK = {"demo": 0.5, "region": 2.0, "france": 12.0}
#: Establishments of the fictional country.
ESTABLISHMENTS = {"demo": 20_000, "region": 500_000, "france": 4_000_000}
DETAIL = "FD_MOBPRO_2022"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Bench:
    """The folder of a run. Properties and methods make what is missing, and tell it first."""

    home: Path
    scale: ScaleName
    tell: Tell

    @cached_property
    def mirror(self) -> Path:
        """The country in the official layouts, census detail files included."""

        def make(folder: Path) -> None:
            count = ESTABLISHMENTS[self.scale]
            synthesize(folder, scale=self.scale, seed=SEED, details=True, establishments=count)

        return self._made("mirror", make)

    @cached_property
    def editions(self) -> Path:
        return self._made("editions", lambda folder: build(self.mirror, folder))

    @cached_property
    def edition(self) -> Edition:
        return current_edition(self.editions)

    def scaled_editions(self, factor: float) -> Path:
        """Editions whose current one has about ``factor`` times the cells of the newest flows.

        Whole at 1; without stocks nor breakdowns at other sizes.
        """
        if factor == 1:
            return self.editions
        return self._made(f"editions-{factor:g}", lambda folder: self._rewrite(folder, factor))

    def detail(self, factor: float) -> Path:
        """A csv of commuters person by person, ``factor`` times the records of the country."""

        def make(folder: Path) -> None:
            source = self.mirror / "flows" / "commuting" / f"{DETAIL}.parquet"
            write_records(source, folder / f"{DETAIL}.csv", factor)

        return self._made(f"detail-{factor:g}", make) / f"{DETAIL}.csv"

    def passages(self) -> Path:
        """The geography of the mirror and the passages to it, pickled without contours."""

        def make(folder: Path) -> None:
            bundle = read_geography(self.mirror, load_catalog())
            plain = replace(bundle, geometry=replace(bundle.geometry, levels=()))
            (folder / "passages.pickle").write_bytes(pickle.dumps(plain))

        return self._made("passages", make) / "passages.pickle"

    def dense(self, factor: float) -> Path:
        """Matrices of EPCI of the newest flows, as ``numpy_reads`` reads them."""

        def make(folder: Path) -> None:
            write_dense(self.scaled_editions(factor), folder)

        return self._made(f"dense-{factor:g}", make)

    def places(self) -> Path:
        """A table of the code of each node and that of its partner on the mesh of EPCI."""

        def make(folder: Path) -> None:
            partners, geography = self.edition.partners("epci"), self.edition.geography
            codes = [partners.codes[partner] for partner in partners.of]
            table = pa.table({"place": list(geography.index), "partner": codes})
            pq.write_table(table, folder / "places.parquet")

        return self._made("places", make) / "places.parquet"

    def cells(self, flow: str, factor: float) -> Path:
        """The open table of the cells of a flow: what another tool would start from."""
        edition = current_edition(self.scaled_editions(factor))
        year = edition.flow_years(flow)[-1]
        return edition.path / "flows" / flow / str(year) / "cells.parquet"

    def _rewrite(self, folder: Path, factor: float) -> None:
        with EditionWriter(folder) as writer:
            writer.write_geography(self.edition.geography)
            for flow in sorted({meta.flow for meta in self.edition.flows()}):
                year = self.edition.flow_years(flow)[-1]
                writer.write_flow(scaled_cells(self.edition, flow, year, factor))
            writer.publish()

    def _made(self, name: str, make: Callable[[Path], object]) -> Path:
        """A folder of that name, made whole or not at all."""
        done = self.home / name
        if not done.exists():
            self.tell(f"Préparation : {name}…")
            draft = self.home / f".{name}"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            make(draft)
            draft.rename(done)
        return done


def scaled_cells(edition: Edition, flow: str, year: int, factor: float) -> FlowCells:
    """The cells of a flow, thinned to one in ``1 / factor``, or copied onto farther destinations.

    A copy sends each cell to another commune of the neighbourhood in code order; those that meet
    are summed, which leaves a little fewer cells than told.
    """
    matrix = edition.matrix(flow, year)
    rows = matrix.by_origin
    origin = np.repeat(np.arange(matrix.n_nodes), np.diff(rows.start))
    key = origin * matrix.n_nodes + rows.node
    squares = rows.weight if rows.weight_sq is None else rows.weight_sq
    step = max(round(1 / factor), 1)
    copies = [_moved(matrix, key[::step], copy) for copy in range(max(round(factor), 1))]
    cell, row = np.unique(np.concatenate(copies), return_inverse=True)
    weight, weight_sq = (
        np.bincount(row, np.tile(values[::step], len(copies))).astype(np.float64)
        for values in (rows.weight, squares)
    )
    return FlowCells(
        meta=replace(edition.meta(flow, year), secrecy="public"),
        origin=(cell // matrix.n_nodes).astype(np.int32),
        destination=(cell % matrix.n_nodes).astype(np.int32),
        weight=weight,
        weight_sq=None if rows.weight_sq is None else weight_sq,
    )


def _moved(matrix: FlowMatrix, key: np.ndarray, copy: int) -> np.ndarray:
    origin, destination = np.divmod(key, matrix.n_nodes)
    inside = destination < matrix.n_communes
    shifted = np.where(inside, (destination + 53 * copy) % matrix.n_communes, destination)
    return np.asarray(origin * matrix.n_nodes + shifted)


def write_records(source: Path, target: Path, factor: float) -> None:
    """The Parquet records as Insee's csv: one in ``1 / factor``, or all of them several times."""
    plain = pc.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
    with pq.ParquetFile(source) as file, target.open("wb") as stream:
        header = ";".join(file.schema_arrow.names)
        stream.write(f"{header}\n".encode())
        for batch in _records(file, factor):
            pc.write_csv(batch, stream, plain)


def _records(file: pq.ParquetFile, factor: float) -> Iterator[pa.RecordBatch]:
    step, first = max(round(1 / factor), 1), 0
    for _ in range(max(round(factor), 1)):
        for batch in file.iter_batches():
            rows = np.arange(-first % step, len(batch), step)
            first += len(batch)
            yield batch if step == 1 else batch.take(pa.array(rows))
