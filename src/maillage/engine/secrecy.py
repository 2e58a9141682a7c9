"""Figures of protected files: sums of what may be shown, the rest as an interval.

Cells (the atoms) are protected once, when the file is read: a cell that breaks the producer's
rule loses its value for good. Whatever is asked afterwards is a sum of released cells, hence the
same function of released values for every perimeter: subtracting two answers gives a sum of
released cells again. No history of the questions is needed.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from maillage.catalog.cards import SecrecyRule
from maillage.engine.dataset import FlowCells
from maillage.engine.flows import CellSum
from maillage.territory.geography import FloatArray, IntArray

#: Units whose cells count what the rule counts, so that the rule bounds a hidden cell.
_COUNTS = {"persons", "jobs"}


class SecrecyStatus(StrEnum):
    """What secrecy does to one figure."""

    PUBLIC = "public"  # the source hides nothing
    RELEASED = "released"  # protected source, no hidden cell here
    INCOMPLETE = "incomplete"  # hidden cells are left out: a lower bound
    HIDDEN = "hidden"  # every cell is hidden


@dataclass(frozen=True, slots=True)
class Secrecy:
    """A figure lies between ``low`` and ``high``; None: no bound is known on that side."""

    status: SecrecyStatus
    hidden_cells: int
    low: float | None
    high: float | None


def secrecy(sum: CellSum, rule: SecrecyRule, unit: str) -> Secrecy:
    """What may be said of a sum of cells."""
    if sum.hidden == 0:
        public = rule.status == "public"
        status = SecrecyStatus.PUBLIC if public else SecrecyStatus.RELEASED
        return Secrecy(status, 0, sum.weight, sum.weight)
    ceiling = atom_ceiling(rule, unit)
    return Secrecy(
        SecrecyStatus.INCOMPLETE if sum.weight else SecrecyStatus.HIDDEN,
        sum.hidden,
        sum.weight,
        None if ceiling is None else sum.weight + sum.hidden * ceiling,
    )


def atom_ceiling(rule: SecrecyRule, unit: str) -> float | None:
    """The most a hidden cell may hold: one unit short of the threshold.

    None when cells are also hidden for dominance, or count something else (euros): a hidden
    cell may then hold anything.
    """
    for_size_only = rule.dominance >= 1 and rule.establishment_dominance >= 1
    if unit in _COUNTS and for_size_only and not rule.min_establishments and rule.min_units:
        return rule.min_units - 1
    return None


def broken_cells(
    rule: SecrecyRule,
    units: IntArray,
    largest_share: FloatArray | None = None,
    establishments: IntArray | None = None,
    largest_establishment: FloatArray | None = None,
) -> npt.NDArray[np.bool_]:
    """Cells that break the rule: too few persons or establishments, or one that dominates."""
    broken = units < rule.min_units
    if largest_share is not None:
        broken = broken | (largest_share > rule.dominance)
    if establishments is not None:
        broken = broken | (establishments < rule.min_establishments)
    if largest_establishment is not None:
        broken = broken | (largest_establishment > rule.establishment_dominance)
    return broken


def protect(cells: FlowCells, broken: npt.NDArray[np.bool_]) -> FlowCells:
    """The same cells, without the values of those that break the rule."""
    kept = ~broken
    return replace(
        cells,
        weight=np.where(kept, cells.weight, 0.0),
        weight_sq=None if cells.weight_sq is None else np.where(kept, cells.weight_sq, 0.0),
        suppressed=np.flatnonzero(broken).astype(np.int32),
    )
