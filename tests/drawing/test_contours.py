"""Contours made lighter once for all: the same units, that still touch."""

import shapely

from maillage.drawing.contours import RUNGS, mesh_contours


def test_a_close_map_has_every_detail(demo_edition):
    contours = mesh_contours(demo_edition, "epci")
    assert contours.shapes_at(RUNGS[-1] / 2) is contours.shapes


def test_a_wide_map_has_fewer_points_and_the_same_units(demo_edition):
    contours = mesh_contours(demo_edition, "epci")
    points = [shapely.get_num_coordinates(contours.shapes_at(rung)).sum() for rung in RUNGS]
    assert points == sorted(points)
    assert points[0] < shapely.get_num_coordinates(contours.shapes).sum()
    for rung in RUNGS:
        lighter = contours.shapes_at(rung)
        assert len(lighter) == len(contours.ids)
        assert not shapely.is_empty(lighter).any()
        assert shapely.coverage_is_valid(lighter) == shapely.coverage_is_valid(contours.shapes)
        assert contours.shapes_at(rung * 1.2) is lighter
