"""From the places of a table to the communes of the geography, or the units of a mesh."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from maillage.common.errors import InputError
from maillage.sources.layouts.stocks.sums import StockSums
from maillage.sources.references.bundle import GeographyBundle
from maillage.territory.codes import fold_arrondissement
from maillage.territory.geography import FloatArray, Geography, IntArray, Mesh

COMMUNE = "commune"
#: Codes of these meshes that lost their leading zeros get them back.
_WIDTHS = {"departement": 2, "region": 2}
_NO_SUCH_UNIT = "unité inconnue de cette maille"
_NO_UNIT = "unité non renseignée"
_OUTSIDE = "lieu hors des communes du pays"
_DOUBLE = "arrondissement déjà compté dans sa commune"


@dataclass(frozen=True, eq=False)
class Placed:
    """One stock of one year on its units: values (NaN: unknown), and what happened on the way.

    ``suppressed`` and ``lower_bound`` are unit indices. ``lost`` gives the French reason of each
    row of the sums that fell on no unit.
    """

    values: FloatArray
    suppressed: IntArray
    lower_bound: IntArray
    lost: Mapping[int, str]
    restored: int  # places whose leading zero was put back
    merged: int  # units made of several places
    split: int  # places shared out over several communes


@dataclass(frozen=True, eq=False)
class _Parts:
    """Which rows of the sums make which unit: (row, unit, share of the row, code of the place)."""

    row: IntArray
    unit: IntArray
    ratio: FloatArray
    place: npt.NDArray[np.str_]
    lost: Mapping[int, str]
    restored: int

    def keep(self, mask: npt.NDArray[np.bool_], reason: str) -> "_Parts":
        """Without the parts outside ``mask``, whose rows are lost for that reason."""
        lost = {int(row): reason for row in self.row[~mask]}
        return replace(
            self,
            row=self.row[mask],
            unit=self.unit[mask],
            ratio=self.ratio[mask],
            place=self.place[mask],
            lost={**self.lost, **lost},
        )


def place_on_communes(
    sums: StockSums, bundle: GeographyBundle, cog: int | None, *, additive: bool
) -> Placed:
    """Additive: sums, shared out by population where a commune was split.

    Not additive: the value itself, or the mean weighted by the populations of the old communes;
    unknown when one of these populations is.
    """
    parts = _commune_parts(sums.place, bundle, cog)
    n_communes = bundle.geography.n_communes
    if additive:
        return _placed(sums, parts, _sums(sums, parts, parts.ratio, n_communes))
    weights = parts.ratio * _populations(parts.place, bundle, cog)
    return _placed(sums, parts, _means(sums, parts, weights, n_communes))


def place_on_mesh(sums: StockSums, mesh: Mesh) -> Placed:
    """Units of a mesh by their own code; nothing is shared out nor averaged."""
    width = _WIDTHS.get(mesh.level, 0)
    unit = np.array([mesh.index.get(code.zfill(width), -1) for code in sums.place], dtype=np.int32)
    known = np.flatnonzero(unit >= 0).astype(np.int32)
    parts = _Parts(
        row=known,
        unit=unit[known],
        ratio=np.ones(len(known)),
        place=np.array(sums.place, dtype=np.str_)[known],
        lost={
            int(row): _NO_SUCH_UNIT if sums.place[row] else _NO_UNIT
            for row in np.flatnonzero(unit < 0)
        },
        restored=sum(1 for row in known if len(sums.place[row]) < width),
    )
    return _placed(sums, parts, _sums(sums, parts, parts.ratio, len(mesh.codes)))


def mesh_of(geography: Geography, level: str, year: int | None, file: str) -> tuple[Mesh, bool]:
    """The mesh of that level and year, else of that level; True when it is the asked year's.

    InputError when the geography has no such level.
    """
    found = [mesh for mesh in geography.meshes if mesh.level == level]
    if not found:
        raise InputError(
            problem="ce fichier est publié à une maille que l’édition ne connaît pas.",
            remedy="ajoutez au miroir la composition de cette maille.",
            file=file,
            value=level if year is None else f"{level} {year}",
        )
    exact = [mesh for mesh in found if mesh.year == year]
    return (exact[0], True) if exact else (geography.mesh(level), False)


@lru_cache(maxsize=1)
def _commune_parts(places: tuple[str, ...], bundle: GeographyBundle, cog: int | None) -> _Parts:
    """Rows on communes, arrondissements left out where the file also gives their commune.

    The stocks of a table share their places: only the last answer is worth keeping.
    """
    placement = bundle.passages.of(cog).place(places)
    parts = _Parts(
        row=placement.text,
        unit=placement.node,
        ratio=placement.ratio,
        place=np.array(placement.places, dtype=np.str_)[placement.place],
        lost={row: placement.unplaced[text] for row, text in enumerate(placement.texts)
              if text in placement.unplaced},
        restored=len(np.unique(placement.text[placement.restored])),
    )  # fmt: skip
    parts = replace(parts, place=np.array(places, dtype=np.str_)[parts.row])
    inside = parts.keep(parts.unit < bundle.geography.n_communes, _OUTSIDE)
    given = set(inside.place)
    alone = [
        (whole := fold_arrondissement(code)) == code or whole not in given for code in inside.place
    ]
    return inside.keep(np.array(alone, dtype=np.bool_), _DOUBLE)


def _sums(sums: StockSums, parts: _Parts, weights: FloatArray, n_units: int) -> FloatArray:
    """Unit by unit; unknown as soon as a whole part is."""
    held = sums.value[parts.row] * weights
    total = np.bincount(parts.unit, np.nan_to_num(held), minlength=n_units)
    unknown = np.bincount(parts.unit, np.isnan(held), minlength=n_units) > 0
    given = np.bincount(parts.unit, minlength=n_units) > 0
    return np.where(given & ~unknown, total, np.nan)


def _means(sums: StockSums, parts: _Parts, weights: FloatArray, n_units: int) -> FloatArray:
    """Unit by unit; a part alone needs no weight."""
    alone = np.bincount(parts.unit, minlength=n_units)[parts.unit] == 1
    shares = np.where(alone, 1.0, weights)
    total = np.bincount(parts.unit, shares, minlength=n_units)
    held = _sums(sums, parts, shares, n_units)
    mean: FloatArray = np.divide(held, total, out=np.full(n_units, np.nan), where=total > 0)
    return mean


def _populations(
    places: npt.NDArray[np.str_], bundle: GeographyBundle, cog: int | None
) -> FloatArray:
    """Population of each old commune, of the year nearest to the file's; NaN where unknown."""
    known = bundle.passages.populations
    aim = bundle.geography.cog if cog is None else cog
    found: dict[str, float] = {}
    for year in sorted(known, key=lambda year: (abs(year - aim), year), reverse=True):
        found |= known[year]
    return np.array([found.get(code, np.nan) for code in places], dtype=np.float64)


def _placed(sums: StockSums, parts: _Parts, values: FloatArray) -> Placed:
    def touched(tally: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        return np.bincount(parts.unit, tally[parts.row] > 0, minlength=len(values)) > 0

    secret, known = touched(sums.secret), ~np.isnan(values)
    left_out = secret | touched(sums.unknown) | touched(sums.hidden)
    return Placed(
        values=values,
        suppressed=np.flatnonzero(secret & ~known).astype(np.int32),
        lower_bound=np.flatnonzero(left_out & known).astype(np.int32),
        lost=parts.lost,
        restored=parts.restored,
        merged=int((np.bincount(parts.unit, minlength=1) > 1).sum()),
        split=int((np.bincount(parts.row, minlength=1) > 1).sum()),
    )
