"""The frames of a flow map: one around the territory, one for each other piece of the country."""

from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.flow_places import Spotted
from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.paths import Inset
from maillage.drawing.pieces import Pieces
from maillage.territory.geography import FloatArray

WIDTH, HEIGHT = 720, 560
MARGIN = 1.12
SMALLEST = 0.25  # degrees of latitude
REACH = 0.85  # share of the exchanges whose partners the frame holds
INSET_WIDTH, INSET_HEIGHT, GAP, TITLE = 128, 112, 16, 30
EDGE = 10.0  # from the edge of the drawing to the end of a line that goes on beyond it


@dataclass(frozen=True, eq=False)
class Panel:
    """A frame put at ``left``, ``top`` of the drawing; ``rows`` are the partners it shows."""

    piece: int
    name: str
    frame: Frame
    left: float
    top: float
    rows: tuple[int, ...]

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height

    @property
    def inset(self) -> Inset:
        return Inset(self.name, self.left, self.top, self.width, self.height)

    def placed(self, shapes: np.ndarray) -> np.ndarray:
        """Cut to the frame, in the drawing."""
        corner = np.array([self.left, self.top])
        return np.asarray(shapely.transform(self.frame.placed(shapes), lambda p: p + corner))

    def point(self, shape: shapely.Geometry) -> FloatArray:
        """A point of a shape, in the drawing."""
        middle = self.frame.points(np.array([shapely.point_on_surface(shape)]))
        return np.asarray(shapely.get_coordinates(middle)[0] + np.array([self.left, self.top]))

    def reached(self, shape: shapely.Geometry, start: FloatArray) -> tuple[FloatArray, bool]:
        """Where a line from ``start`` ends, and whether the frame stops it short."""
        end = self.point(shape)
        low = np.array([self.left, self.top]) + EDGE
        high = np.array([self.left + self.width, self.top + self.height]) - EDGE
        if (end >= low).all() and (end <= high).all():
            return end, False
        move = end - start
        with np.errstate(divide="ignore", invalid="ignore"):
            rooms = np.where(move > 0, (high - start) / move, (low - start) / move)
        room = float(np.nanmin(np.where(move == 0, np.nan, rooms)))
        return start + move * min(max(room, 0.0), 1.0), True


def panels(here: dict[int, shapely.Geometry], found: Spotted, country: Pieces) -> list[Panel]:
    """The one of the territory, then a row of insets for what lies in other pieces."""
    home = next(iter(here))
    held = _held(here[home], found, home)
    frame = frame_around(
        shapely.total_bounds([here[home], *found.shapes[held]]),
        WIDTH,
        HEIGHT,
        margin=MARGIN,
        smallest=SMALLEST,
    )
    main = Panel(home, country.names[home], frame, 0, 0, _in_sight(frame, found, home))
    others = [p for p in dict.fromkeys([*here, *found.piece.tolist()]) if p != home]
    return [main, *(_inset(rank, p, here, found, country) for rank, p in enumerate(others))]


def _held(here: shapely.Geometry, found: Spotted, home: int) -> list[int]:
    """The first partners of the same piece, down to ``REACH`` of the exchanges."""
    rows = [row for row, piece in enumerate(found.piece) if piece == home]
    wanted, held = REACH * sum(found.marks[row].volume for row in rows), 0.0
    kept = []
    for row in rows:
        if held >= wanted:
            break
        held += found.marks[row].volume
        kept.append(row)
    return kept


def _in_sight(frame: Frame, found: Spotted, piece: int) -> tuple[int, ...]:
    """Partners whose middle the frame shows."""
    rows = np.flatnonzero(found.piece == piece)
    if not len(rows):
        return ()
    x, y = shapely.get_coordinates(shapely.point_on_surface(found.shapes[rows])).T
    west, south, east, north = frame.window
    return tuple(rows[(x >= west) & (x <= east) & (y >= south) & (y <= north)].tolist())


def _inset(
    rank: int, piece: int, here: dict[int, shapely.Geometry], found: Spotted, country: Pieces
) -> Panel:
    rows = np.flatnonzero(found.piece == piece)
    bounds = country.bounds[piece]
    if np.isnan(bounds).any():
        seen = [here[piece]] if piece in here else []
        bounds = shapely.total_bounds([*seen, *found.shapes[rows]])
    frame = frame_around(bounds, INSET_WIDTH, INSET_HEIGHT, margin=1.1, smallest=0.05)
    left, top = GAP / 2 + rank * (INSET_WIDTH + GAP), HEIGHT + TITLE
    return Panel(piece, country.names[piece], frame, left, top, tuple(rows.tolist()))
