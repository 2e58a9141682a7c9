"""GeoPackage: the layers on the plane of the territory, with their QGIS styles inside."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import shapely

from maillage.documents.geo.layers import Atlas, Layer
from maillage.documents.geo.reference import onto
from maillage.documents.geo.styles import style
from maillage.documents.tables.values import plain
from maillage.documents.writers.parquet import TYPES

#: Written where the format wants the hour: the same answer gives the same bytes.
EPOCH = "2025-01-01T00:00:00.000Z"
VERSION = "1.3"  # what the GDAL of current Debian and QGIS read without a remark
#: As QGIS itself makes it (DatabaseDocumentation of its GeoPackage provider).
STYLES = """CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
FACTS = "CREATE TABLE sources (id INTEGER PRIMARY KEY NOT NULL, key TEXT, label TEXT, value TEXT)"


def geopackage(atlas: Atlas) -> bytes:
    """Layers ``alentours``, ``partenaires``, ``territoire``, ``flux``; table ``sources``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "maillage.gpkg"
        write_geopackage(atlas, path)
        return path.read_bytes()


def write_geopackage(atlas: Atlas, path: Path) -> None:
    """To a path that does not exist yet."""
    import pyogrio  # brings pandas, two thirds of what a start-up took

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": EPOCH})
    for number, layer in enumerate(atlas.layers):
        _write(layer, atlas.reference, path, {} if number else {"VERSION": VERSION})
    with closing(sqlite3.connect(path)) as base, base:
        _attributes(base, "layer_styles", STYLES)
        _attributes(base, "sources", FACTS)
        base.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
            " update_time) VALUES ('', '', ?, 'geom', 'maillage', ?, '', 1, ?, '', ?)",
            [(x.name, style(x), x.table.title, EPOCH) for x in atlas.layers],
        )
        facts = [("title", "Titre", atlas.workbook.title)]
        facts += [(fact.key, fact.label, fact.value) for fact in atlas.workbook.facts]
        base.executemany("INSERT INTO sources (key, label, value) VALUES (?, ?, ?)", facts)


def _write(layer: Layer, reference: int, path: Path, options: dict[str, str]) -> None:
    import pyogrio

    shapes = onto(layer.shapes, reference)
    columns = layer.table.columns
    cells = list(zip(*layer.table.rows, strict=True)) or [()] * len(columns)
    arrays = {
        column.key: pa.array([plain(cell) for cell in values], TYPES[column.kind])
        for column, values in zip(columns, cells, strict=True)
    }
    multi = [_multi(shape) if layer.geometry == "MultiPolygon" else shape for shape in shapes]
    wkb = shapely.to_wkb(multi)
    table = pa.table({**arrays, "geom": pa.array(wkb, pa.binary())})
    pyogrio.write_arrow(
        table,
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_name="geom",
        geometry_type=layer.geometry,
        crs=f"EPSG:{reference}",
        dataset_options=options,
        layer_options={"IDENTIFIER": layer.table.title, "GEOMETRY_NAME": "geom", "FID": "fid"},
    )


def _multi(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    single = shape is not None and shape.geom_type == "Polygon"
    return shapely.multipolygons([shape]) if single else shape


def _attributes(base: sqlite3.Connection, name: str, made: str) -> None:
    """A table without geometry, declared as the standard asks."""
    base.execute(made)
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
        " VALUES (?, 'attributes', ?, ?)",
        (name, name, EPOCH),
    )
