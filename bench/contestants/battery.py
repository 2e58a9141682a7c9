"""The generic battery for every EPCI, beside one pass of ``np.bincount`` over the commune cells."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition, current_edition
from maillage.engine.profile import FlowProfile
from maillage.observatory.inputs import flow_inputs
from maillage.observatory.subjects import whole_level
from maillage.territory.geography import FloatArray, IntArray

LEVEL = "epci"


class Totals(TypedDict):
    """What all agree on: what stays in its EPCI, and what starts in one."""

    internal: float
    origins: float


Call = Callable[[], Any]


def bincount(editions: Path, flow: str) -> Call:
    """Codes of pairs made from those of both ends, then one pass: a matrix of EPCI."""
    unit, origin, destination, weight = _cells(editions, flow)
    n = int(unit.max()) + 1
    return lambda: np.bincount(unit[origin] * n + unit[destination], weight, n * n).reshape(n, n)


def bincount_ready(editions: Path, flow: str) -> Call:
    """The same, the codes of pairs ready."""
    unit, origin, destination, weight = _cells(editions, flow)
    n = int(unit.max()) + 1
    pair = unit[origin] * n + unit[destination]
    return lambda: np.bincount(pair, weight, n * n).reshape(n, n)


def battery(editions: Path, flow: str) -> Call:
    """Ours: the inputs read from the edition, then every generic indicator, partners included.

    What the user chooses is given: a ring round each EPCI, a stock, another vintage.
    """
    edition = current_edition(editions)
    meta = edition.meta(flow, edition.flow_years(flow)[-1])
    indicators = cards_of_flow(edition.catalog.indicators, flow)
    cards = {id: card for id, card in indicators.items() if card.family == "generic"}
    chosen = _chosen(edition, meta)

    def call() -> tuple[FlowProfile, Mapping[str, FloatArray]]:
        inputs = flow_inputs(whole_level(edition, LEVEL), meta)
        return inputs["profile"], evaluate(cards, chosen | inputs)

    missing = cards.keys() - call()[1].keys()
    if missing:
        raise ValueError(f"no input for {sorted(missing)}")
    return call


def of_matrix(flows: FloatArray) -> Totals:
    """The last unit stands for what is in none."""
    return {
        "internal": float(flows.diagonal()[:-1].sum()),
        "origins": float(flows[:-1].sum()),
    }


def of_battery(found: tuple[FlowProfile, Mapping[str, FloatArray]]) -> Totals:
    profile, _ = found
    return {"internal": float(profile.internal.sum()), "origins": float(profile.origins.sum())}


def _chosen(edition: Edition, meta: FlowMeta) -> dict[str, FloatArray]:
    profile = edition.dense(meta.flow, meta.year, LEVEL).profile
    unit, partner = np.indices(profile.outgoing.shape)
    return {
        "in_zone": (np.abs(unit - partner) < 10).astype(np.float64),
        "stock": profile.origins,
        "first": 0.9 * profile.origins,
        "last": profile.origins,
        "years": np.asarray(6.0),
    }


def _cells(
    editions: Path, flow: str
) -> tuple[npt.NDArray[np.int64], IntArray, IntArray, FloatArray]:
    """Unit of each node (one more for all that has none), and the cells, in memory."""
    edition = current_edition(editions)
    rows = edition.matrix(flow, edition.flow_years(flow)[-1]).by_origin
    partners = edition.partners(LEVEL)
    unit = np.minimum(partners.of, partners.n_units).astype(np.int64)
    origin = np.repeat(np.arange(len(rows.start) - 1, dtype=np.int32), np.diff(rows.start))
    return unit, origin, rows.node.copy(), rows.weight.copy()
