"""Contours: communes in GeoParquet Lambert-93, EPCI, départements and régions in GeoJSON."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS, Transformer

from maillage.synth.country import COG, Country
from maillage.synth.graph import Index

CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


def write_geometry(country: Country, out: Path) -> None:
    folder = out / "geometry"
    folder.mkdir(parents=True, exist_ok=True)
    _write_communes(country, folder / f"cog{COG}_communes_2154.parquet")
    groups = country.groupings
    for level, key, unit, codes in (
        ("epci", "EPCI", groups.epci, country.epci_siren),
        ("departements", "DEP", groups.departement, country.departement_code),
        ("regions", "REG", groups.region, country.region_code),
    ):
        _write_units(country, folder / f"cog{COG}_{level}_4326.geojson", key, unit, codes)


def _write_communes(country: Country, path: Path) -> None:
    shapes = _multi(country.shapes)
    wkb = pa.array(shapely.to_wkb(shapes), type=pa.binary())
    crs = CRS.from_epsg(2154).to_json_dict()
    geometry = pa.field(
        "geometry",
        pa.binary(),
        metadata={
            "ARROW:extension:name": "geoarrow.wkb",
            "ARROW:extension:metadata": json.dumps({"crs": crs}),
        },
    )
    column = {
        "encoding": "WKB",
        "crs": crs,
        "geometry_types": ["MultiPolygon"],
        "bbox": [float(bound) for bound in shapely.total_bounds(shapes)],
    }
    geo = {"primary_column": "geometry", "columns": {"geometry": column}, "version": "1.1.0"}
    schema = pa.schema(
        [("DEPCOM", pa.string()), ("AREA", pa.float64()), geometry],
        metadata={"geo": json.dumps(geo)},
    )
    areas = np.round(shapely.area(shapes) / 1e4) * 1e4
    table = pa.table([pa.array(country.code), pa.array(areas), wkb], schema=schema)
    pq.write_table(table, path, compression="zstd")


def _multi(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    return np.array([shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes])


def _write_units(
    country: Country, path: Path, key: str, unit: Index, codes: tuple[str, ...]
) -> None:
    """One feature a line, true coordinates rounded at 1e-5 degree."""
    project = Transformer.from_crs(2154, 4326, always_xy=True)
    lines = []
    for number in sorted(range(len(codes)), key=codes.__getitem__):
        shape = shapely.union_all(country.shapes[unit == number])
        degrees = shapely.transform(shape, project.transform, interleaved=False)
        rounded = shapely.set_precision(degrees, 1e-5, mode="pointwise")
        properties = {key: codes[number], "AREA": float(round(shape.area, -4))}
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": shapely.geometry.mapping(rounded),
        }
        lines.append(json.dumps(feature))
    head = json.dumps(
        {
            "type": "FeatureCollection",
            "name": path.stem,
            "crs": CRS84,
            "xy_coordinate_resolution": 1e-05,
        }
    )[:-1]
    path.write_text(f'{head}, "features": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
