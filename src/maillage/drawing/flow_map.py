"""The map of a balance: the territory, its partners, lines as wide as flows are large."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.contours import commune_contours, mesh_contours
from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.locator import territory_shape
from maillage.drawing.paths import simplified, svg_path
from maillage.engine.edition import Edition
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

WIDTH, HEIGHT = 720, 560
MARGIN = 1.15
SMALLEST = 0.4  # degrees of latitude
FIRST = 25  # partners that have a line
WIDEST = 16.0  # width of the first line, in units of the drawing
REACH = 0.8  # share of the flows whose partners the frame holds
MOST = 1500  # units drawn around
BEND = 0.12  # how far a line bends, in lengths of its own


@dataclass(frozen=True)
class Spot:
    """A partner that has a contour."""

    code: str
    path: str


@dataclass(frozen=True)
class Line:
    """A flow: a curve, as wide as it is large."""

    code: str
    path: str
    width: float


@dataclass(frozen=True)
class FlowMap:
    """``around`` are the other units, ``scale`` a volume and the width of its line;
    ``drawn`` the codes of the partners one can see."""

    width: int
    height: int
    around: str
    spots: tuple[Spot, ...]
    here: str
    lines: tuple[Line, ...]
    scale: tuple[tuple[float, float], ...]
    drawn: frozenset[str]


def flow_map(
    edition: Edition, perimeter: Perimeter, level: str, volumes: Mapping[str, float]
) -> FlowMap | None:
    """``volumes``: partners that are territories, by decreasing flow. None without contours."""
    here = territory_shape(edition, perimeter)
    if here is None:
        return None
    shapes = _shapes(edition, level, list(volumes))
    frame = _frame(here, shapes, volumes)
    codes = [code for code in volumes if code in shapes and _meets(shapes[code], frame)]
    spots = _spots(codes, shapes, frame)
    largest = max(volumes.values(), default=0.0)
    lines = _lines(here, codes[:FIRST], shapes, frame, volumes, largest)
    [shape] = simplified(frame.placed(np.array([here])))
    return FlowMap(
        width=WIDTH,
        height=HEIGHT,
        around=_around(edition, level, frame),
        spots=tuple(spots),
        here=svg_path(shape),
        lines=tuple(lines),
        scale=tuple((v, WIDEST * v / largest) for v in _steps(largest)) if lines else (),
        drawn=frozenset(spot.code for spot in spots),
    )


def _shapes(edition: Edition, level: str, codes: list[str]) -> dict[str, shapely.Geometry]:
    """Contour of each partner: the edition’s, else that of its communes together."""
    geography, communes = edition.geography, commune_contours(edition)
    if level == COMMUNE:
        found = {} if communes is None else {c: communes[geography.index[c]] for c in codes}
        return {code: shape for code, shape in found.items() if shape is not None}
    mesh, contours = geography.mesh(level), mesh_contours(edition, level)
    if contours is not None:
        rows = {unit: row for row, unit in enumerate(contours.units)}
        units = {code: mesh.index[code] for code in codes}
        return {c: contours.shapes[rows[unit]] for c, unit in units.items() if unit in rows}
    if communes is None:
        return {}
    unions = {}
    for code in codes:
        known = [s for s in communes[mesh.unit_members(mesh.index[code])] if s is not None]
        if known:
            unions[code] = shapely.union_all(known)
    return unions


def _frame(
    here: shapely.Geometry, shapes: dict[str, shapely.Geometry], volumes: Mapping[str, float]
) -> Frame:
    """Holds the territory and its nearest-linked partners, down to ``REACH`` of the flows."""
    held, wanted = 0.0, REACH * sum(volumes.get(code, 0.0) for code in shapes)
    boxes = [here]
    for code in (code for code in volumes if code in shapes):
        if held >= wanted:
            break
        held += volumes[code]
        boxes.append(shapes[code])
    bounds = shapely.total_bounds(boxes)
    return frame_around(bounds, WIDTH, HEIGHT, margin=MARGIN, smallest=SMALLEST)


def _meets(shape: shapely.Geometry, frame: Frame) -> bool:
    """Whether one can see its middle."""
    x, y = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    west, south, east, north = frame.window
    return bool(west <= x <= east and south <= y <= north)


def _spots(codes: list[str], shapes: dict[str, shapely.Geometry], frame: Frame) -> list[Spot]:
    if not codes:
        return []
    placed = simplified(frame.placed(np.array([shapes[code] for code in codes])))
    return [Spot(code, svg_path(shape)) for code, shape in zip(codes, placed, strict=True)]


def _around(edition: Edition, level: str, frame: Frame) -> str:
    """One path for all the units in sight: of the mesh, else of the first coarser one."""
    for known in (level, "epci", "departement", "region"):
        contours = None if known == COMMUNE else mesh_contours(edition, known)
        if contours is None:
            continue
        rows = frame.rows_in(contours.bounds)
        if len(rows) <= MOST:
            return "".join(map(svg_path, simplified(frame.placed(contours.shapes[rows]))))
    return ""


def _lines(
    here: shapely.Geometry,
    codes: list[str],
    shapes: dict[str, shapely.Geometry],
    frame: Frame,
    volumes: Mapping[str, float],
    largest: float,
) -> list[Line]:
    """The widest first, so that none hides a thinner one."""
    middles = shapely.point_on_surface(np.array([here, *(shapes[code] for code in codes)]))
    start, *ends = shapely.get_coordinates(frame.points(middles))
    return [
        Line(code, _curve(start, end), max(WIDEST * volumes[code] / largest, 0.5))
        for code, end in zip(codes, ends, strict=True)
    ]


def _curve(start: FloatArray, end: FloatArray) -> str:
    across = np.array([start[1] - end[1], end[0] - start[0]])
    bend = (start + end) / 2 + BEND * across
    points = [f"{x:.0f} {y:.0f}" for x, y in (start, bend, end)]
    return "M{} Q{} {}".format(*points)


def _steps(largest: float) -> tuple[float, ...]:
    """Two round volumes that a legend shows: about the largest, and a fifth of it."""
    if largest < 5:
        return (largest,) if largest else ()
    scale = 10 ** np.floor(np.log10(largest))
    top = float(max(step * scale for step in (1, 2, 5) if step * scale <= largest))
    return top, top / 5
