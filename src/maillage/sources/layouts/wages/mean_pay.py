"""The mean pay of every commune, where the file is silent too."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from maillage.territory.geography import FloatArray, Geography, IntArray


@dataclass(frozen=True, eq=False)
class MeanPay:
    """Euros an hour by commune; ``borrowed`` where it is that of a larger area."""

    pay: FloatArray
    borrowed: np.ndarray[tuple[int], np.dtype[np.bool_]]


def filled(pay: FloatArray, weight: FloatArray, geography: Geography) -> MeanPay:
    """A commune without a figure takes the mean of its département, else of the country.

    ``weight`` (commuters, by commune) weighs these means. NaN stays where nothing is known.
    """
    known = ~np.isnan(pay)
    whole = np.ones(geography.n_communes, dtype=np.int32) * 0
    lent = _mean(pay, weight, whole, known)[whole]
    for owner in _owners(geography):
        local = _mean(pay, weight, owner, known)
        inside = owner >= 0
        lent = np.where(inside & ~np.isnan(local[owner]), local[owner], lent)
    return MeanPay(np.where(known, pay, lent), ~known)


def _owners(geography: Geography) -> Iterable[IntArray]:
    """Département of each commune, -1 where none; nothing when the country has none."""
    meshes = [mesh for mesh in geography.meshes if mesh.level == "departement"]
    return [mesh.unit_of(geography.n_communes) for mesh in meshes[:1]]


def _mean(
    pay: FloatArray,
    weight: FloatArray,
    owner: IntArray,
    known: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> FloatArray:
    """Weighted mean by area, NaN where no commune of it is known and weighs anything."""
    used = known & (owner >= 0)
    size = int(owner.max(initial=0)) + 1
    total = np.bincount(owner[used], weight[used], minlength=size)
    held = np.bincount(owner[used], weight[used] * pay[used], minlength=size)
    mean: FloatArray = np.divide(held, total, out=np.full(size, np.nan), where=total > 0)
    return mean
