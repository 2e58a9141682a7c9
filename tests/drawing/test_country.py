"""Paths of a map: nothing lost, neighbours still touching, overseas apart."""

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.drawing.contours import Contours
from maillage.drawing.country import WIDTH, draw
from maillage.drawing.paths import svg_path

NUMBER = re.compile(r"-?\d+")


def corners(path: str) -> list[tuple[int, int]]:
    """Absolute points of the first ring of a path."""
    numbers = [int(n) for n in NUMBER.findall(path.partition("z")[0])]
    moves = np.array(numbers).reshape(-1, 2)
    return [tuple(point) for point in np.cumsum(moves, axis=0).tolist()]


def box(west: float) -> shapely.Polygon:
    return shapely.box(west, 46, west + 1, 47)


def contours(*shapes: shapely.Polygon) -> Contours:
    ids = tuple("abcdef"[: len(shapes)])
    units = tuple(range(len(shapes)))
    return Contours("epci", ids, ids, units, np.array(shapes), shapely.bounds(shapes), "inventé")


def test_the_map_fills_its_width_and_neighbours_touch():
    drawing = draw(contours(box(0), box(1)))
    left, right = (np.array(corners(place.path)) for place in drawing.places)
    assert left[:, 0].min() == pytest.approx(0, abs=2)
    assert right[:, 0].max() == pytest.approx(WIDTH, abs=2)
    shared = {tuple(p) for p in left.tolist()} & {tuple(p) for p in right.tolist()}
    assert len(shared) == 2


def test_overseas_is_drawn_in_a_named_inset_under_the_mainland():
    reunion = shapely.box(55.3, -21.3, 55.8, -20.9)
    drawing = draw(contours(box(0), reunion))
    [inset] = drawing.insets
    assert inset.name == "La Réunion"
    points = np.array(corners(drawing.places[1].path))
    assert points[:, 0].max() <= inset.x + inset.width + 1
    assert points[:, 1].min() >= inset.y - 1
    mainland = np.array(corners(drawing.places[0].path))
    assert mainland[:, 1].max() < inset.y


def test_overseas_moved_beside_the_mainland_is_named_where_it_stands():
    drawn = replace(contours(box(0), box(-3), box(-4)), moved=("", "Guyane", "Guyane"))
    drawing = draw(drawn)
    [inset] = drawing.insets
    assert inset.name == "Guyane"
    points = np.array([p for place in drawing.places[1:] for p in corners(place.path)])
    assert inset.x == pytest.approx(points[:, 0].min(), abs=1)
    assert inset.y == pytest.approx(points[:, 1].min(), abs=2)
    assert inset.y > 22, "the name stands above"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=3, max_size=12))
def test_a_path_goes_where_the_polygon_goes(points):
    shape = shapely.convex_hull(shapely.multipoints(points))
    if shape.geom_type != "Polygon":
        return
    path = svg_path(shape)
    if not path:
        assert shape.area < 500, "only what rounding flattens disappears"
        return
    drawn = shapely.Polygon(corners(path)) if len(corners(path)) > 2 else shapely.Point(0, 0)
    assert drawn.symmetric_difference(shape).area <= shape.length + 1


def test_small_islands_are_left_out_but_never_a_whole_place():
    island = shapely.box(0, 0, 1, 1)
    mainland = shapely.box(10, 10, 90, 90)
    assert svg_path(shapely.multipolygons([island, mainland])).count("M") == 1
    assert svg_path(island).count("M") == 1
