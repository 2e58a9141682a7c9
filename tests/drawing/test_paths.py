"""SVG paths of several shapes at once: what writing them point by point gives."""

import numpy as np
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from maillage.drawing.paths import SMALLEST, svg_path, svg_paths

numbers = st.floats(-50, 50, allow_nan=False)
boxes = st.builds(
    lambda x, y, wide, tall: shapely.box(x, y, x + wide, y + tall),
    numbers,
    numbers,
    st.floats(0.01, 30),
    st.floats(0.01, 30),
)
holed = boxes.map(lambda box: box.difference(shapely.affinity.scale(box, 0.5, 0.5)))
shapes = st.one_of(
    boxes,
    holed,
    st.just(shapely.MultiPolygon()),
    st.lists(st.one_of(boxes, holed), min_size=1, max_size=4).map(shapely.union_all),
)


def point_by_point(shape):
    """« M x y l dx dy … z » of each ring, islands too small to be seen left out."""
    parts = shapely.get_parts(shape)
    largest = max((part.area for part in parts), default=0)
    written = ""
    for part in parts:
        if part.area < SMALLEST and part.area != largest:
            continue
        for ring in (part.exterior, *part.interiors):
            x, y = start = [int(v) for v in np.rint(ring.coords[0])]
            moves = []
            for point in ring.coords[1:-1]:
                to = [int(v) for v in np.rint(point)]
                if to != [x, y]:
                    moves.append(f"{to[0] - x} {to[1] - y}")
                x, y = to
            if len(moves) >= 2:
                written += f"M{start[0]} {start[1]}l" + " ".join(moves).replace(" -", "-") + "z"
    return written


@given(st.lists(shapes, max_size=5))
def test_paths_at_once_are_those_written_point_by_point(drawn):
    found = svg_paths(np.array(drawn, dtype=object))
    assert found == [point_by_point(shape) for shape in drawn]
    assert found == [svg_path(shape) for shape in drawn]
