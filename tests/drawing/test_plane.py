"""The plane of a country: every unit once, in its place, overseas parts below or named."""

import re

import numpy as np
import pytest
import shapely
from tests.tiny import EPCI, geography

from maillage.drawing.layers import cell, cells, layer, towns
from maillage.drawing.plane import WIDTH, insets, layers, plane
from maillage.engine.dataset import LevelShapes
from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter

REUNION = shapely.box(55.2, -21.3, 55.7, -20.9)
MAINLAND = shapely.box(0, 46, 1, 47)


@pytest.fixture
def edition(tmp_path):
    """Two intercommunalités, drawn as the test says."""

    def write(*shapes, inset=()):
        with EditionWriter(tmp_path) as writer:
            writer.write_geography(geography(fictional=True))
            if shapes:
                codes = tuple(EPCI)[: len(shapes)]
                drawn = tuple(map(shapely.to_wkb, shapes))
                writer.write_geometry(LevelShapes("epci", 2025, codes, drawn, inset, "inventé"))
            writer.publish()
        return current_edition(tmp_path)

    return write


def test_without_contours_there_is_no_plane(edition):
    bare = edition()
    assert plane(bare) is None
    assert (layers(bare), layer(bare, "epci"), towns(bare), insets(bare)) == ([], (), (), [])
    assert cell(bare, 0, 0) == ()


def test_what_lies_overseas_is_set_below_and_named(edition):
    drawn = edition(MAINLAND, REUNION)
    here, there = layer(drawn, "epci")
    assert here.box[0] == 0
    assert here.box[2] == WIDTH
    assert there.box[1] > here.box[3]
    [inset] = insets(drawn)
    assert inset.name == "La Réunion"
    assert inset.x <= there.point[0] <= inset.x + inset.width
    assert inset.y <= there.point[1] <= inset.y + inset.height


def test_what_the_producer_moved_is_named_where_it_is(edition):
    """By its département, as its contour does not say what it is."""
    drawn = edition(MAINLAND, shapely.box(-2, 46, -1, 47), inset=(tuple(EPCI)[1],))
    [inset] = insets(drawn)
    assert inset.name == "Amont"
    assert inset.x == pytest.approx(0, abs=1)


def test_a_country_all_overseas_has_a_plane(edition):
    [unit] = layer(edition(REUNION), "epci")
    assert unit.box[0] >= 0


def test_every_unit_is_drawn_with_what_a_choice_needs(demo_edition):
    geography_ = demo_edition.geography
    mesh = geography_.mesh("epci")
    units = layer(demo_edition, "epci")
    assert [unit.id for unit in units] == list(mesh.codes)
    assert sum(unit.communes for unit in units) == len(mesh.members)
    ground = plane(demo_edition)
    for unit in units:
        left, top, right, bottom = unit.box
        assert 0 <= left < unit.point[0] < right <= ground.width
        assert 0 <= top < unit.point[1] < bottom <= ground.height
        assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", unit.path)


def test_cells_part_the_communes(demo_edition):
    """Each is in one cell, and in its own place: cells and meshes lie on the same plane."""
    sides = cells(demo_edition)
    found = [unit for c in range(sides) for r in range(sides) for unit in cell(demo_edition, c, r)]
    assert sorted(unit.id for unit in found) == sorted(demo_edition.geography.codes)
    boxes = np.array([unit.box for unit in found])
    whole = np.array([unit.box for unit in layer(demo_edition, "region")])
    assert np.abs(boxes[:, :2].min(axis=0) - whole[:, :2].min(axis=0)).max() < 40
    assert np.abs(boxes[:, 2:].max(axis=0) - whole[:, 2:].max(axis=0)).max() < 40


def test_towns_come_from_the_largest(demo_edition):
    geography_ = demo_edition.geography
    largest = geography_.names[int(np.nanargmax(geography_.population))]
    assert towns(demo_edition)[0].name == largest
