"""Systems of coordinates: degrees (CRS84) and Lambert-93, in and out (Part 2 of the standard)."""

from dataclasses import dataclass

import numpy as np
import shapely

from maillage.common.errors import InputError
from maillage.territory.insets import DEGREES, LAMBERT_93, project

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LAMBERT = "http://www.opengis.net/def/crs/EPSG/0/2154"
#: By the name that requests give: EPSG number, and decimals that keep ten centimetres.
SYSTEMS = {CRS84: (DEGREES, 6), LAMBERT: (LAMBERT_93, 1)}


#: No place of the country is farther, in Lambert-93; beyond, the projection folds on itself.
METRES = 1e7


@dataclass(frozen=True)
class System:
    """One system, by its address."""

    uri: str

    def write(self, shape: shapely.Geometry) -> shapely.Geometry:
        """A shape in degrees, in this system."""
        epsg, decimals = SYSTEMS[self.uri]
        return shapely.transform(
            shape, lambda p: np.round(p if epsg == DEGREES else project(p, DEGREES, epsg), decimals)
        )

    def window(self, numbers: tuple[float, ...]) -> shapely.Geometry:
        """The part of the world, in degrees, between west, south, east and north."""
        west, south, east, north = numbers
        epsg, _ = SYSTEMS[self.uri]
        if epsg != DEGREES:
            # Edges of a projected square are no straight lines in degrees: followed by steps.
            known = np.clip(numbers, -METRES, METRES)
            square = shapely.segmentize(shapely.box(*known), METRES / 200)
            return shapely.transform(square, lambda p: project(p, epsg, DEGREES))
        if west > east:  # across the antimeridian
            beyond = shapely.box(-180, south, east, north)
            return shapely.union(shapely.box(west, south, 180, north), beyond)
        return shapely.box(*numbers)


def system(uri: str | None, column: str) -> System:
    """InputError for a system that is not offered."""
    if uri is None:
        return System(CRS84)
    if uri not in SYSTEMS:
        raise InputError(
            problem="ce système de coordonnées n’est pas proposé.",
            remedy=f"demandez {CRS84} ou {LAMBERT}.",
            column=column,
            value=uri,
        )
    return System(uri)


def bbox(text: str, within: System) -> shapely.Geometry:
    """The window that four numbers, or six with heights, ask for."""
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise _badly_written(text) from error
    flat = numbers if len(numbers) != 6 else (*numbers[:2], *numbers[3:5])
    if len(flat) != 4 or not _sound(*flat, degrees=within.uri == CRS84):
        raise _badly_written(text)
    window = within.window(flat)
    if not np.isfinite(shapely.get_coordinates(window)).all():
        raise _badly_written(text)
    return window


def _sound(west: float, south: float, east: float, north: float, *, degrees: bool) -> bool:
    """In degrees, a window may cross the antimeridian: its west is then larger than its east."""
    if not degrees:
        return west <= east and south <= north
    return max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90


def _badly_written(text: str) -> InputError:
    return InputError(
        problem="cette emprise est mal écrite.",
        remedy="donnez ouest,sud,est,nord, par exemple -2.0,47.0,-1.0,47.5.",
        column="bbox",
        value=text,
    )
