"""The map of a flow: the territory, its partners, lines as wide as flows are large."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.contours import mesh_contours
from maillage.drawing.flow_lines import Line, Segment, arrows, curves, oursins, saphirs
from maillage.drawing.flow_panels import Panel, panels
from maillage.drawing.flow_places import Spotted, shape_by_piece, spotted
from maillage.drawing.labels import Label, spread
from maillage.drawing.marks import Mark
from maillage.drawing.paths import Inset, simplified, svg_path, svg_paths
from maillage.drawing.pieces import pieces
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

WIDEST = 18.0  # width of the first line, in units of the drawing
SPOTS = 300  # partners drawn as areas
AROUND = 1500  # units drawn around
NAMED = 9  # partners that may be named
#: Drawings by name, and how many partners each shows at most.
FORMS: dict[str, tuple[Callable[[Segment, str], list[Line]], int]] = {
    "": (curves, 60),
    "oursins": (oursins, SPOTS),
    "joignantes": (arrows, 20),
    "saphirs": (saphirs, 20),
}
#: Shares of the largest exchange from which an area is darker.
TINTS = (0.03, 0.1, 0.3)


@dataclass(frozen=True)
class Spot:
    """A partner’s area; ``tint`` goes from 1, light, to 4."""

    code: str
    label: str
    said: str
    path: str
    tint: int


@dataclass(frozen=True)
class FlowMap:
    """``around`` are the other units; ``scale``: volumes and the width of their lines;
    ``drawn``: codes of the partners one can see; ``source``: of the contours."""

    width: int
    height: int
    around: str
    spots: tuple[Spot, ...]
    here: str
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    insets: tuple[Inset, ...]
    scale: tuple[tuple[float, float], ...]
    drawn: frozenset[str]
    source: str


def flow_map(
    edition: Edition,
    perimeter: Perimeter,
    level: str,
    marks: Sequence[Mark],
    *,
    way: str = "both",
    form: str = "",
) -> FlowMap | None:
    """``marks``: partners by decreasing volume, those that are no territory left aside.

    ``way`` is both, incoming or outgoing; ``form`` one of ``FORMS``. None without contours.
    """
    here = shape_by_piece(edition, perimeter)
    if not here:
        return None
    found = spotted(edition, level, [mark for mark in marks if mark.id][:SPOTS], here)
    layout = panels(here, found, pieces(edition))
    spots = [spot for panel in layout for spot in _spots(panel, found)]
    largest = _largest(found.marks, form)
    lines, ends = _lines(layout, here, found, largest, way, form)
    main = layout[0]
    around, source = _around(edition, level, layout)
    return FlowMap(
        width=main.width,
        height=max(int(panel.top + panel.height) for panel in layout),
        around=around,
        spots=tuple(spots),
        here="".join(_path(panel, here[panel.piece]) for panel in layout if panel.piece in here),
        lines=tuple(lines),
        labels=spread(main, here[main.piece], perimeter.name, ends[:NAMED]),
        insets=tuple(panel.inset for panel in layout[1:]),
        scale=tuple((v, WIDEST * v / largest) for v in steps(largest)) if lines else (),
        drawn=frozenset(line.code for line in lines) | {spot.code for spot in spots},
        source=source,
    )


def steps(largest: float) -> tuple[float, ...]:
    """Two round volumes that a legend shows: about the largest, and a fifth of it."""
    if largest < 5:
        return (largest,) if largest > 0 else ()
    scale = 10 ** np.floor(np.log10(largest))
    top = float(max(step * scale for step in (1, 2, 5) if step * scale <= largest))
    return top, top / 5


def _largest(marks: Sequence[Mark], form: str) -> float:
    """What the widest line stands for."""
    one_way = form in ("joignantes", "saphirs")
    volumes = (max(m.out, m.into) if one_way else m.volume for m in marks)
    return max(volumes, default=0.0)


def _path(panel: Panel, shape: shapely.Geometry) -> str:
    [placed] = simplified(panel.placed(np.array([shape])))
    return svg_path(placed)


def _spots(panel: Panel, found: Spotted) -> list[Spot]:
    rows = [row for row in panel.rows if found.marks[row].volume > 0]
    if not rows:
        return []
    largest = max(mark.volume for mark in found.marks)
    placed = simplified(panel.placed(found.shapes[rows]))
    marks = [found.marks[row] for row in rows]
    return [
        Spot(m.code, m.label, m.said, path, 1 + int(np.searchsorted(TINTS, m.volume / largest)))
        for m, path in zip(marks, svg_paths(placed), strict=True)
        if path
    ]


def _lines(
    layout: Sequence[Panel],
    here: dict[int, shapely.Geometry],
    found: Spotted,
    largest: float,
    way: str,
    form: str,
) -> tuple[list[Line], list[tuple[Mark, np.ndarray, bool]]]:
    """The widest first, so that none hides a thinner one; and where each partner’s ends."""
    draw, most = FORMS[form]
    main = layout[0]
    start = main.point(here[main.piece])
    by_piece = {panel.piece: panel for panel in layout}
    lines, ends = [], []
    for mark, shape, piece in list(zip(found.marks, found.shapes, found.piece, strict=True))[:most]:
        if piece not in by_piece or mark.volume <= 0:
            continue
        end, beyond = by_piece[piece].reached(shape, start)
        lines += draw(Segment(mark, start, end, WIDEST / largest, beyond), way)
        if by_piece[piece] is main:
            ends.append((mark, end, beyond))
    return lines, ends


def _around(edition: Edition, level: str, layout: Sequence[Panel]) -> tuple[str, str]:
    """One path for all the units in sight, of the mesh or of the first coarser one; its source."""
    known = [level, "epci", "departement", "region"]
    found = [
        (c, pieces(edition))
        for name in known
        if name != COMMUNE and (c := mesh_contours(edition, name)) is not None
    ]
    paths, source = "", ""
    for panel in layout:
        for contours, country in found:
            mesh = edition.geography.mesh(contours.level)
            rows = panel.frame.rows_in(contours.bounds)
            home = [country.of[mesh.unit_members(contours.units[row])[0]] for row in rows]
            rows = rows[np.array(home, dtype=np.int32) == panel.piece]
            if 0 < len(rows) <= AROUND:
                shapes = contours.shapes_at(panel.frame.detail)[rows]
                paths += "".join(svg_paths(simplified(panel.placed(shapes))))
                source = contours.source
                break
    return paths, source
