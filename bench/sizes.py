"""What each flow file weighs in an edition, beside its cells alone as compressed Parquet."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from maillage.engine.edition import Edition
from maillage.engine.store.flow import flow_folder


@dataclass(frozen=True)
class Size:
    """Bytes. ``payload`` is the table of cells (Parquet, zstd); ``arrays`` all that answers need
    besides: rows both ways, balances of the meshes, distances; ``breakdowns`` the same by
    category."""

    flow: str
    year: int
    cells: int
    payload: int
    arrays: int
    breakdowns: int


def flow_sizes(edition: Edition) -> list[Size]:
    """One by flow and year, in the order of the catalogue."""
    return [_size(edition, meta.flow, meta.year) for meta in edition.flows()]


def _size(edition: Edition, flow: str, year: int) -> Size:
    home = edition.path / flow_folder(flow, year)
    payload = (home / "cells.parquet").stat().st_size
    breakdowns = _bytes((home / "breakdowns").rglob("*"))
    return Size(
        flow=flow,
        year=year,
        cells=len(edition.matrix(flow, year).by_origin.node),
        payload=payload,
        arrays=_bytes(home.rglob("*")) - payload - breakdowns,
        breakdowns=breakdowns,
    )


def _bytes(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())
