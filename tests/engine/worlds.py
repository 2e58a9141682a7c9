"""Small countries and their flows, made by hand or by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from maillage.engine.dataset import (
    BreakdownCells,
    FlowCells,
    FlowMeta,
    SourceFile,
    StockValues,
    Universe,
)
from maillage.territory.geography import Geography, Mesh

FILE = SourceFile(card="card", file="file.csv", sha256="0" * 64, rows=1, cog=2025)


def mesh(level, groups, *, year=2025, partition=True, natures=None):
    """A mesh from ``{code: commune indices}``."""
    members = [np.array(sorted(group), dtype=np.int32) for group in groups.values()]
    return Mesh(
        level=level,
        year=year,
        label=level,
        codes=tuple(groups),
        names=tuple(f"{level} {code}" for code in groups),
        natures=natures or ("",) * len(groups),
        starts=np.cumsum([0, *map(len, members)]).astype(np.int32),
        members=np.concatenate([np.zeros(0, np.int32), *members]).astype(np.int32),
        partition=partition,
        source="essai",
    )


def country(n=6, meshes=None):
    """``n`` communes on a line, ten kilometres or so apart; the last one has no EPCI."""
    half = (n - 1) // 2
    epci = {"200000001": range(half), "200000002": range(half, n - 1)}
    return Geography(
        cog=2025,
        codes=tuple(f"{i + 1:05}" for i in range(n)),
        names=tuple(f"Commune {i + 1}" for i in range(n)),
        population=np.arange(1, n + 1) * 1000.0,
        lon=np.linspace(0.0, 0.13 * (n - 1), n),
        lat=np.full(n, 47.0),
        meshes=meshes if meshes is not None else (mesh("epci", epci),),
    )


def meta(flow="commuting", year=2021, **facts):
    default = {
        "unit": "persons",
        "sources": (FILE,),
        "universe": Universe(),
        "mean_weight": None,
        "census": True,
        "estimated": False,
        "secrecy": "public",
    }
    return FlowMeta(flow=flow, year=year, **default | facts)


def cells(table, *, sq=None, suppressed=None, split=None, breakdowns=None, **facts):
    """Cells from ``{(origin, destination): weight}``; ``sq`` likewise, or None."""
    pairs = sorted(table)
    rows = {pair: row for row, pair in enumerate(pairs)}

    def numbers(marked):
        return None if marked is None else np.array([rows[p] for p in marked], dtype=np.int32)

    return FlowCells(
        meta=meta(**facts),
        origin=np.array([o for o, _ in pairs], dtype=np.int32),
        destination=np.array([d for _, d in pairs], dtype=np.int32),
        weight=np.array([table[p] for p in pairs], dtype=np.float64),
        weight_sq=None if sq is None else np.array([sq[p] for p in pairs], dtype=np.float64),
        suppressed=numbers(suppressed),
        split=numbers(split),
        breakdowns=breakdowns or {},
    )


def breakdown(tables):
    """Cells by category from ``{category: {(origin, destination): weight}}``."""
    rows = [
        (index, *pair, weight)
        for index, table in enumerate(tables.values())
        for pair, weight in sorted(table.items())
    ]
    category, origin, destination, weight = (np.array(c) for c in zip(*rows, strict=True))
    return BreakdownCells(
        categories=tuple(tables),
        category=category.astype(np.int32),
        origin=origin.astype(np.int32),
        destination=destination.astype(np.int32),
        weight=weight.astype(np.float64),
        weight_sq=None,
    )


def stock(values, *, name="jobs", year=2021, level="commune", level_year=2025, suppressed=()):
    return StockValues(
        stock=name,
        year=year,
        level=level,
        level_year=level_year,
        values=np.array(values, dtype=np.float64),
        suppressed=np.array(suppressed, dtype=np.int32),
        source=FILE,
    )


def tables(n_nodes, *, max_cells=40):
    """Hypothesis: ``{(origin, destination): weight}`` on ``n_nodes`` nodes."""
    node = st.integers(0, n_nodes - 1)
    weight = st.floats(0, 1e6, allow_nan=False, allow_subnormal=False)
    return st.dictionaries(st.tuples(node, node), weight, max_size=max_cells)
