"""What a map shows first: the territory and the partners that hold most of its flows."""

import numpy as np
import shapely

from maillage.documents.geo.layers import PARTNERS, PLACES, TERRITORY, Atlas
from maillage.documents.geo.reference import onto
from maillage.documents.tables.values import plain

REACH = 0.8  # share of the flows whose partners are in sight
MARGIN = 1.1
SMALLEST = 10_000.0  # metres across, for a small commune alone

Extent = tuple[float, float, float, float]


def first_view(atlas: Atlas, ratio: float) -> Extent:
    """West, south, east, north on the plane of the atlas, ``ratio`` times as wide as high."""
    shapes = onto(np.array([shape for shape in _seen(atlas) if shape is not None]), atlas.reference)
    if not len(shapes):
        return (0.0, 0.0, SMALLEST * ratio, SMALLEST)
    west, south, east, north = shapely.total_bounds(shapes)
    height = max(MARGIN * max(north - south, (east - west) / ratio), SMALLEST)
    x, y, width = (west + east) / 2, (south + north) / 2, height * ratio
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _seen(atlas: Atlas) -> list[shapely.Geometry | None]:
    """By decreasing volume, until most of what is known is in sight; all, where none is told."""
    told = [shape for layer in atlas.layers if layer.name == PLACES for shape in layer.shapes]
    if told:
        return [*atlas.layer(TERRITORY).shapes, *told]
    partners = atlas.layer(PARTNERS)
    volumes = [plain(row[-1]) or 0.0 for row in partners.table.rows]
    pairs = [
        (float(volume), shape)
        for volume, shape in zip(volumes, partners.shapes, strict=True)
        if shape is not None
    ]
    pairs.sort(key=lambda pair: -pair[0])
    wanted, held = REACH * sum(volume for volume, _ in pairs), 0.0
    seen = list(atlas.layer(TERRITORY).shapes)
    for volume, shape in pairs:
        if held >= wanted:
            break
        held += volume
        seen.append(shape)
    return seen
