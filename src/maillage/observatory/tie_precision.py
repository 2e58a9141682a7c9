"""Precision of the tie with a partner: first-order linearisation over sums that share no cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.catalog.cards import IndicatorCard
from maillage.engine.battery import evaluate
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSum, CellSums, FlowBalance
from maillage.engine.linearisation import slopes_of
from maillage.engine.mesh_flow import IN, MOVED, OUT, SAME
from maillage.engine.partners import Partners
from maillage.engine.precision import (
    Precision,
    Unmeasured,
    precision_method,
    unmeasured,
    unmeasured_in,
    variance,
    variances,
)
from maillage.engine.profile import FlowProfile
from maillage.observatory.indicator_precision import precision_at, step_along
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

#: Sums of a tie, in rows: what P keeps; P to Q, Q to P; the rest that leaves and enters P; then
#: what Q keeps, the rest that leaves it and the rest that enters it.
N_OWN, N_SUMS = 5, 8


@dataclass(frozen=True, eq=False)
class Margins:
    """Sums of each partner, (partners,): kept, sent, received. ``shared``: partners that hold
    some of the territory, whose cells are in part its own. ``between`` is all that goes from one
    territory to another, taken as exact."""

    kept: CellSums
    sent: CellSums
    received: CellSums
    shared: npt.NDArray[np.bool_]
    between: float


def mesh_margins(
    edition: Edition, meta: FlowMeta, partners: Partners, perimeter: Perimeter
) -> Margins | None:
    """Those of the units of a mesh; None where the edition has no sums on it."""
    try:
        margins = edition.mesh_flow(meta.flow, meta.year, partners.level).margins
    except KeyError:
        return None
    kept = margins[SAME] + margins[MOVED]
    whole = float(edition.matrix(meta.flow, meta.year).by_origin.weight.sum())
    shared = np.zeros(len(partners), dtype=np.bool_)
    shared[partners.of[perimeter.communes]] = True
    return Margins(kept, margins[OUT], margins[IN], shared, whole - float(kept.weight.sum()))


def zone_margins(theirs: FlowBalance) -> Margins:
    """Those of a zone that shares no commune with the territory, and of nowhere else."""
    sums = (theirs.internal, theirs.out_total, theirs.in_total)
    kept, sent, received = (_one(sum) for sum in sums)
    return Margins(kept, sent, received, np.zeros(2, dtype=np.bool_), float("nan"))


def _one(sum: CellSum) -> CellSums:
    squares = None if sum.squares is None else np.array([sum.squares])
    return CellSums(np.array([sum.weight]), squares)


def tie_precisions(
    cards: Mapping[str, IndicatorCard],
    meta: FlowMeta,
    balance: FlowBalance,
    margins: Margins | None,
    partners: Sequence[int],
) -> list[dict[str, Precision]]:
    """Precision of every indicator of the tie with each of these partners, by id.

    Without margins, those that need the totals of the partner are left out.
    """
    read = _read(meta, balance, margins, np.asarray(partners, dtype=np.int64))
    if read is None:
        return [dict.fromkeys(cards, unmeasured(unmeasured_in(meta))) for _ in partners]
    weights, spreads = read
    steps = step_along(weights)
    moves = np.eye(N_SUMS + 1, N_SUMS, k=-1)
    found = evaluate(cards, _inputs(weights + moves[..., None] * steps, margins))
    method = precision_method(meta, has_squares=balance.internal.squares is not None)
    told: list[dict[str, Precision]] = [{} for _ in partners]
    for id, both in found.items():
        values = both[..., 0]
        slopes = slopes_of(values, steps)
        for row, partner in enumerate(partners):
            mixed = margins is not None and bool(margins.shared[partner])
            if mixed and slopes[N_OWN:, row].any():
                told[row][id] = unmeasured(Unmeasured.OVERLAP)
                continue
            at = (values[:, row], slopes[:, row], spreads[:, row])
            told[row][id] = precision_at(cards[id], *at, method)
    return told


def _read(
    meta: FlowMeta, balance: FlowBalance, margins: Margins | None, partners: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray] | None:
    """Each sum and its variance, (sums, partners); None where the file gives no variance."""
    own = [variance(s, meta) for s in (balance.internal, balance.out_total, balance.in_total)]
    ways = [variances(sums, meta) for sums in (balance.outgoing, balance.incoming)]
    if any(found is None for found in (*own, *ways)):
        return None
    inside, leaves, enters = (np.full(len(partners), found) for found in own)
    out, into = (found[partners] for found in ways if found is not None)
    spreads = [inside, out, into, leaves - out, enters - into]
    out_w, into_w = balance.outgoing.weight[partners], balance.incoming.weight[partners]
    rest = (balance.out_total.weight - out_w, balance.in_total.weight - into_w)
    weights = [np.full(len(partners), balance.internal.weight), out_w, into_w, *rest]
    theirs = _theirs(meta, margins, partners)
    nothing = np.zeros((3, len(partners)))
    spread_q, weight_q = (nothing, nothing) if theirs is None else theirs
    spread_q = spread_q - np.array([np.zeros_like(into), into, out])
    weight_q = weight_q - np.array([np.zeros_like(into), into_w, out_w])
    return (
        np.maximum(np.vstack([*weights, weight_q]), 0.0),
        np.maximum(np.vstack([*spreads, spread_q]), 0.0),
    )


def _theirs(
    meta: FlowMeta, margins: Margins | None, partners: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray] | None:
    """Variance and weight of what partners keep, send and receive; 0 for those outside."""
    if margins is None:
        return None
    sums = (margins.kept, margins.sent, margins.received)
    inside = partners < len(margins.kept.weight)
    spreads, weights = np.zeros((3, len(partners))), np.zeros((3, len(partners)))
    for row, one in enumerate(sums):
        known = variances(one, meta)
        weights[row, inside] = one.weight[partners[inside]]
        if known is not None:
            spreads[row, inside] = known[partners[inside]]
    return spreads, weights


def _inputs(sums: FloatArray, margins: Margins | None) -> dict[str, object]:
    """What formulas read, (moves, partners, 2): the partner, then all the others as one."""
    kept, out, into, out_rest, in_rest, kept_q, sent_q, received_q = np.moveaxis(sums, 1, 0)
    profile = FlowProfile(
        internal=kept,
        origins=kept + out + out_rest,
        destinations=kept + into + in_rest,
        outgoing=np.stack([out, out_rest], axis=-1),
        incoming=np.stack([into, in_rest], axis=-1),
    )
    if margins is None:
        return {"profile": profile}
    return {
        "profile": profile,
        "partner_origins": _beside(kept_q + sent_q + into),
        "partner_destinations": _beside(kept_q + received_q + out),
        "partner_in_total": _beside(received_q + out),
        "between_total": np.asarray(margins.between),
    }


def _beside(margin: FloatArray) -> FloatArray:
    return np.stack([margin, np.full_like(margin, np.nan)], axis=-1)
