"""A territory among its neighbours: drawn at its place, whatever the cut leaves."""

import re

import numpy as np
import pytest
import shapely

from maillage.drawing.frames import Frame, frame_around
from maillage.drawing.locator import HEIGHT, WIDTH, locator_map, territory_shape
from maillage.engine.edition import current_edition
from maillage.territory.perimeter import parse_perimeter

NUMBER = re.compile(r"-?\d+")


@pytest.fixture
def edition(tiny_editions):
    return current_edition(tiny_editions)


def test_the_territory_is_drawn_last_in_the_middle(edition):
    drawing = locator_map(edition, "200000001")
    assert [place.here for place in drawing.places] == [False, True]
    assert drawing.places[-1].name == "CC des Deux Rives"
    moves = np.array([int(n) for n in NUMBER.findall(drawing.places[-1].path)]).reshape(-1, 2)
    points = np.cumsum(moves, axis=0)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    assert middle == pytest.approx([WIDTH / 2, HEIGHT / 2], abs=6)


def test_without_contours_of_its_own_there_is_no_map(edition):
    assert territory_shape(edition, parse_perimeter("01001", edition.geography)) is None
    assert locator_map(edition, "01001") is None


def test_the_window_keeps_the_proportions_of_the_drawing():
    frame = frame_around(np.array([2.0, 46.0, 2.1, 46.2]), WIDTH, HEIGHT, margin=1.9, smallest=0.4)
    west, south, east, north = frame.window
    across = (east - west) * np.cos(np.radians((south + north) / 2))
    assert across / (north - south) == pytest.approx(WIDTH / HEIGHT)
    assert west < 2.0 < 2.1 < east
    assert south < 46.0 < 46.2 < north


def test_what_only_touches_the_window_leaves_nothing():
    frame = Frame(np.array([0.0, 46.0, 1.0, 46.5]), WIDTH, HEIGHT)
    inside, beside = shapely.box(0.2, 46.1, 0.4, 46.3), shapely.box(1.0, 46.0, 2.0, 46.5)
    corner = shapely.box(0.9, 46.4, 3.0, 48.0)
    tongue = shapely.union(corner, shapely.box(1.0, 46.0, 2.0, 48.0))
    placed = frame.placed(np.array([inside, beside, tongue]))
    assert [shape.geom_type for shape in placed] == ["MultiPolygon"] * 3
    assert [shape.is_empty for shape in placed] == [False, True, False]
