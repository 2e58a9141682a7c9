"""GeoJSON (RFC 7946): one collection, in degrees, each feature saying which layer it is of."""

import json
from typing import Any

import shapely

from maillage.documents.geo.layers import AROUND, Atlas, Layer
from maillage.documents.tables.values import records

DECIMALS = 1e-6  # degrees: about ten centimetres


def geojson(atlas: Atlas) -> bytes:
    """Territory, partners and flows; what is around is a ground for maps and is left out."""
    layers = [layer for layer in atlas.layers if layer.name != AROUND]
    content = {
        "type": "FeatureCollection",
        "name": atlas.workbook.stem,
        "title": atlas.workbook.title,
        "facts": {fact.key: fact.value for fact in atlas.workbook.facts},
        "features": [feature for layer in layers for feature in _features(layer)],
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def _features(layer: Layer) -> list[dict[str, Any]]:
    """Rings turn as the standard asks."""
    shapes = shapely.set_precision(layer.shapes, DECIMALS)
    turned = shapely.orient_polygons(shapes, exterior_cw=False)
    return [
        {
            "type": "Feature",
            "properties": {"layer": layer.name, **record},
            "geometry": None
            if shape is None or shape.is_empty
            else shapely.geometry.mapping(shape),
        }
        for record, shape in zip(records(layer.table), turned, strict=True)
    ]
