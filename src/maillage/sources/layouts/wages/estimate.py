"""Commuters times mean pay: the wage mass between communes, as an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.engine.dataset import FlowCells
from maillage.sources.layouts.wages.mean_pay import filled
from maillage.territory.geography import FloatArray, Geography, IntArray

OCCUPATION = "occupation"
#: Occupations of the census that earn wages: the others (farmers, shopkeepers…) earn none here.
WAGED = ("3", "4", "5", "6")


@dataclass(frozen=True)
class PayFile:
    """Mean hourly pay by commune (NaN: unknown), of all and by occupation of the census.

    ``hours`` are paid in a year; ``at_workplace`` tells whose pay it is: of those who work in the
    commune, else of those who live there.
    """

    mean: FloatArray
    by_occupation: Mapping[str, FloatArray]
    hours: float
    at_workplace: bool


@dataclass(frozen=True, eq=False)
class WageCells:
    """Euros a year from workplace to residence, sorted; and the shares a reader must know."""

    origin: IntArray  # workplace
    destination: IntArray  # residence
    weight: FloatArray
    borrowed: float  # share of the amount at a pay borrowed from a larger area
    left_out: float  # commuters who live or work outside the communes


def estimated_wages(commuters: FlowCells, pay: PayFile, geography: Geography) -> WageCells:
    """By occupation where the commuters are told apart and their pay is known, else at the mean."""
    home, work, persons, occupation = _rows(commuters, by_occupation=bool(pay.by_occupation))
    inside = (work < geography.n_communes) & (home < geography.n_communes)
    paid = (work if pay.at_workplace else home)[inside]
    hourly, is_borrowed = _hourly(paid, occupation[inside], persons[inside], pay, geography)
    amount = persons[inside] * hourly * pay.hours
    key = work[inside].astype(np.int64) * geography.n_nodes + home[inside]
    cell_key, cell = np.unique(key, return_inverse=True)
    total = np.nansum(amount)
    return WageCells(
        origin=(cell_key // geography.n_nodes).astype(np.int32),
        destination=(cell_key % geography.n_nodes).astype(np.int32),
        weight=np.bincount(cell, np.nan_to_num(amount), len(cell_key)).astype(np.float64),
        borrowed=float(np.nansum(amount[is_borrowed]) / total) if total else 0.0,
        left_out=float(persons[~inside].sum()),
    )


def _rows(
    cells: FlowCells, *, by_occupation: bool
) -> tuple[IntArray, IntArray, FloatArray, IntArray]:
    """Residence, workplace, persons, and occupation (0 where it is not told)."""
    found = cells.breakdowns.get(OCCUPATION)
    if found is None or not by_occupation:
        nothing = np.zeros(len(cells.origin), dtype=np.int32)
        return cells.origin, cells.destination, cells.weight, nothing
    codes = [int(code) if code.isdigit() else 0 for code in found.categories]
    occupation = np.array(codes, dtype=np.int32)[found.category]
    return found.origin, found.destination, found.weight, occupation


def _hourly(
    place: IntArray, occupation: IntArray, persons: FloatArray, pay: PayFile, geography: Geography
) -> tuple[FloatArray, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Pay of each row, 0 for an occupation that earns no wage; and where it is borrowed."""
    hourly = np.zeros(len(place))
    borrowed = np.zeros(len(place), dtype=np.bool_)
    for code in np.unique(occupation):
        rows = occupation == code
        if code and str(code) not in WAGED:
            continue
        known = pay.by_occupation.get(str(code), pay.mean)
        weight = np.bincount(place[rows], persons[rows], geography.n_communes)
        local = filled(known, weight.astype(np.float64), geography)
        hourly[rows] = local.pay[place[rows]]
        borrowed[rows] = local.borrowed[place[rows]]
    return hourly, borrowed
