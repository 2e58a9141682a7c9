"""Where a territory and its partners are: their contours, and the piece of country they are in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.contours import commune_contours, mesh_contours
from maillage.drawing.locator import territory_shape
from maillage.drawing.marks import Mark
from maillage.drawing.pieces import pieces
from maillage.engine.edition import Edition
from maillage.territory.geography import IntArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE


@dataclass(frozen=True, eq=False)
class Spotted:
    """Partners that have a contour: their marks, shapes in degrees, and piece of the country."""

    marks: tuple[Mark, ...]
    shapes: np.ndarray
    piece: IntArray


def shape_by_piece(edition: Edition, perimeter: Perimeter) -> dict[int, shapely.Geometry]:
    """Of the territory, the piece that holds most of its communes first; empty without contours."""
    home = pieces(edition).of[perimeter.communes]
    numbers, counts = np.unique(home, return_counts=True)
    if len(numbers) == 1:
        whole = territory_shape(edition, perimeter)
        return {} if whole is None else {int(numbers[0]): whole}
    communes = commune_contours(edition)
    if communes is None:
        return {}
    found = {}
    for number in numbers[np.argsort(-counts, kind="stable")]:
        known = [s for s in communes[perimeter.communes[home == number]] if s is not None]
        if known:
            found[int(number)] = shapely.union_all(known)
    return found


def spotted(
    edition: Edition, level: str, marks: Sequence[Mark], here: dict[int, shapely.Geometry]
) -> Spotted:
    """Without what a mesh does not draw. A partner that holds the territory loses that part."""
    known = edition.geography.index if level == COMMUNE else edition.geography.mesh(level).index
    marks = [mark for mark in marks if mark.code in known]
    found: list[tuple[Mark, shapely.Geometry, int]] = []
    first = _first_commune(edition, level, [mark.code for mark in marks])
    for mark, node in zip(marks, first, strict=True):
        shape = _shape(edition, level, mark.code)
        piece = int(pieces(edition).of[node])
        if shape is not None and mark.own and piece in here:
            shape = shapely.difference(shape, here[piece])
        if shape is not None and not shape.is_empty:
            found.append((mark, shape, piece))
    return Spotted(
        tuple(mark for mark, _, _ in found),
        np.array([shape for _, shape, _ in found], dtype=object),
        np.array([piece for _, _, piece in found], dtype=np.int32),
    )


def _first_commune(edition: Edition, level: str, codes: Sequence[str]) -> list[int]:
    geography = edition.geography
    if level == COMMUNE:
        return [geography.index[code] for code in codes]
    mesh = geography.mesh(level)
    return [int(mesh.unit_members(mesh.index[code])[0]) for code in codes]


def _shape(edition: Edition, level: str, code: str) -> shapely.Geometry | None:
    """The contour of the edition, else that of the communes together."""
    geography, communes = edition.geography, commune_contours(edition)
    if level == COMMUNE:
        return None if communes is None else communes[geography.index[code]]
    mesh, contours = geography.mesh(level), mesh_contours(edition, level)
    if contours is not None:
        row = contours.row.get(mesh.index[code])
        return None if row is None else contours.shapes[row]
    if communes is None:
        return None
    known = [s for s in communes[mesh.unit_members(mesh.index[code])] if s is not None]
    return shapely.union_all(known) if known else None
