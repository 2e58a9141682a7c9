"""The part of the country that a map shows, and the place of shapes in its drawing."""

from dataclasses import dataclass

import numpy as np
import shapely

from maillage.drawing.paths import TOLERANCE, fitted, projection
from maillage.territory.geography import FloatArray

_POLYGON = 3  # in the numbers of shapely.get_type_id


@dataclass(frozen=True, eq=False)
class Frame:
    """``window``: west, south, east, north in degrees, drawn ``width`` × ``height``."""

    window: FloatArray
    width: int
    height: int

    @property
    def detail(self) -> float:
        """What simplification may lose, in degrees of latitude: finer is not seen."""
        return float((self.window[3] - self.window[1]) / self.height * TOLERANCE)

    def placed(self, shapes: np.ndarray) -> np.ndarray:
        """Cut to the window and put where the drawing has them."""
        cut = [_surface(shape) for shape in shapely.clip_by_rect(shapes, *self.window)]
        return self.points(np.array(cut))

    def points(self, shapes: np.ndarray) -> np.ndarray:
        """Put where the drawing has them, whole."""
        project = projection(self.window)
        edge = shapely.total_bounds(shapely.transform(shapely.box(*self.window), project))
        return fitted(shapely.transform(shapes, project), edge, 0, 0, self.width)[0]

    def rows_in(self, bounds: FloatArray) -> np.ndarray:
        """Rows of ``bounds`` that meet the window; unknown ones (NaN) do not."""
        after_start = bounds[:, 2:] >= self.window[:2]
        before_end = bounds[:, :2] <= self.window[2:]
        return np.flatnonzero((after_start & before_end).all(axis=1))


def frame_around(
    bounds: FloatArray, width: int, height: int, *, margin: float, smallest: float
) -> Frame:
    """``margin`` times as large as ``bounds``, never under ``smallest`` degrees of latitude."""
    west, south, east, north = bounds
    middle, centre = (south + north) / 2, (west + east) / 2
    degree = np.cos(np.radians(middle))  # of longitude, one of latitude being 1
    across = (east - west) * degree * height / width
    tall = max(margin * max(north - south, across), smallest)
    wide = tall * width / height / degree
    west, south = centre - wide / 2, middle - tall / 2
    return Frame(np.array([west, south, west + wide, south + tall]), width, height)


def _surface(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """What has an area: cutting leaves lines and points where shapes only touch the edge."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == _POLYGON])
