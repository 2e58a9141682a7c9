"""Layers lose nothing of the table, lie where places are, and open styled with GDAL and QGIS."""

import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maillage.documents.geo.geojson import geojson
from maillage.documents.geo.geopackage import geopackage
from maillage.documents.geo.layers import Atlas, flow_atlas
from maillage.documents.geo.qgis_bundle import qgis_bundle
from maillage.documents.geo.reference import DEGREES, onto, reference_at
from maillage.documents.tables.values import plain
from maillage.observatory.flow import Asked, flow
from maillage.observatory.places import centre

DEBIAN_PYTHON = Path("/usr/bin/python3")


@pytest.fixture(scope="module")
def atlas(demo_edition, perimeter) -> Atlas:
    answer = flow(demo_edition, "commuting", perimeter, Asked(threshold=0))
    return flow_atlas(answer, demo_edition, perimeter)


@pytest.fixture(scope="module")
def package(atlas, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("gpkg") / "flux.gpkg"
    path.write_bytes(geopackage(atlas))
    return path


def test_no_row_is_lost_on_the_way_to_a_map(atlas, package):
    main = atlas.workbook.main
    keys = [column.key for column in main.columns]
    sent = [plain(row[keys.index(way)]) for row in main.rows for way in ("outgoing", "incoming")]
    for layer in atlas.layers:
        assert pyogrio.read_info(package, layer=layer.name)["features"] == len(layer.table.rows)
    assert len(atlas.layer("flux").table.rows) == sum(value != 0 for value in sent)
    assert len(atlas.layer("partenaires").table.rows) == len(main.rows)


def test_the_lines_carry_the_totals_of_the_territory(atlas, package):
    wanted = ["way", "volume", "width_mm"]
    meta, _, _, fields = pyogrio.raw.read(package, layer="flux", columns=wanted)
    found = dict(zip(meta["fields"], fields, strict=True))
    for way, key in (("sortants", "outgoing"), ("entrants", "incoming")):
        column = [column.key for column in atlas.workbook.main.columns].index(key)
        total = plain(atlas.workbook.main.total[column])
        assert found["volume"][found["way"] == way].sum() == pytest.approx(total)
    assert found["width_mm"].max() == pytest.approx(6.0)
    assert (found["width_mm"] > 0).all()


def test_lines_start_where_people_live(atlas, demo_edition, perimeter):
    layer = atlas.layer("flux")
    ways = [row[2] for row in layer.table.rows]
    here = centre(demo_edition.geography, perimeter.communes)
    for way, shape in zip(ways, layer.shapes, strict=True):
        if shape is not None:
            end = shapely.get_point(shape, 0 if way == "sortants" else -1)
            assert (end.x, end.y) == pytest.approx(here)


def test_the_layers_are_on_the_legal_plane_with_their_styles(package):
    assert pyogrio.read_info(package, layer="flux")["crs"] == "EPSG:2154"
    with sqlite3.connect(package) as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        assert [row[0] for row in base.execute("PRAGMA integrity_check")] == ["ok"]
        assert not base.execute("PRAGMA foreign_key_check").fetchall()
    assert set(styles) == {"alentours", "partenaires", "territoire", "flux"}
    assert 'type="graduatedSymbol"' in styles["partenaires"]
    assert "width_mm" in styles["flux"]
    assert all(ElementTree.fromstring(text).tag == "qgis" for text in styles.values())


def test_the_same_answer_gives_the_same_bytes(atlas):
    assert geopackage(atlas) == geopackage(atlas)
    assert qgis_bundle(atlas) == qgis_bundle(atlas)


def test_geojson_is_in_degrees_and_says_its_facts(atlas):
    content = json.loads(geojson(atlas))
    assert content["facts"]["licence"]
    assert "crs" not in content
    layers = [feature["properties"]["layer"] for feature in content["features"]]
    assert {"territoire", "partenaires", "flux"} == set(layers)
    for feature in content["features"]:
        if feature["geometry"]:
            shape = shapely.geometry.shape(feature["geometry"])
            assert shape.is_valid
            west, south, east, north = shape.bounds
            assert -180 <= west <= east <= 180
            assert -90 <= south <= north <= 90


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (-1.55, 47.2, 2154),
        (9.1, 42.1, 2154),
        (-61.5, 16.2, 5490),
        (-61.0, 14.6, 5490),
        (-52.3, 4.9, 2972),
        (55.5, -21.1, 2975),
        (45.2, -12.8, 4471),
        (15.3, -4.3, 32733),
        (float("nan"), float("nan"), 2154),
    ],
)
def test_each_place_has_its_legal_plane(lon, lat, code):
    assert reference_at(lon, lat) == code


@given(st.floats(-5, 9), st.floats(41.5, 51))
def test_the_plane_keeps_distances(lon, lat):
    ends = shapely.points([(lon, lat), (lon, lat + 0.01)])
    first, second = onto(ends, 2154)
    assert first.distance(second) == pytest.approx(1112, rel=0.01)
    assert (onto(ends, DEGREES) == ends).all()


def test_what_has_no_place_is_there_without_a_shape(demo_edition, perimeter, atlas):
    layer = atlas.layer("partenaires")
    abroad = [n for n, row in enumerate(layer.table.rows) if str(row[0]).startswith("@")]
    assert abroad
    assert all(layer.shapes[n] is None for n in abroad)
    moved = onto(np.array([None, shapely.Point(2, 47)], dtype=object), 2154)
    assert moved[0] is None


def test_the_bundle_holds_a_project_on_its_own_layers(atlas):
    bundle = zipfile.ZipFile(io.BytesIO(qgis_bundle(atlas)))
    stem = atlas.workbook.stem
    names = {f"{stem}/{stem}.gpkg", f"{stem}/{stem}.qgz", f"{stem}/LISEZMOI.txt"}
    assert set(bundle.namelist()) == names
    inside = zipfile.ZipFile(io.BytesIO(bundle.read(f"{stem}/{stem}.qgz")))
    root = ElementTree.fromstring(inside.read(f"{stem}.qgs"))
    sources = [node.text for node in root.iter("datasource")]
    assert sorted(sources) == sorted(f"./{stem}.gpkg|layername={x.name}" for x in atlas.layers)
    assert "Données fictives" in bundle.read(f"{stem}/LISEZMOI.txt").decode()


def test_gdal_of_debian_reads_every_layer(package, atlas):
    ogrinfo = shutil.which("ogrinfo")
    if not ogrinfo:
        pytest.skip("GDAL absent : installez gdal-bin (make system-packages)")
    command = [ogrinfo, "-so", "-al", package]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Warning" not in done.stderr
    for layer in atlas.layers:
        assert f"Layer name: {layer.name}" in done.stdout
    assert f"Feature Count: {len(atlas.layer('flux').table.rows)}" in done.stdout


OPENED = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsLayoutExporter, QgsProject
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
read = project.read(sys.argv[1])
layers = {
    layer.name(): [layer.isValid(), layer.featureCount(), layer.renderer().type(),
                   layer.labelsEnabled(), layer.attributeAlias(1)]
    for layer in project.mapLayers().values()
}
[page] = project.layoutManager().printLayouts()
settings = QgsLayoutExporter.ImageExportSettings()
settings.dpi = 40
done = QgsLayoutExporter(page).exportToImage(sys.argv[2], settings)
print(json.dumps([read, project.crs().authid(), layers, page.name(), int(done)]))
sys.stdout.flush()
os._exit(0)
"""


def test_qgis_opens_the_project_styled_and_prints_its_page(atlas, tmp_path):
    if not (DEBIAN_PYTHON.parent.parent / "lib/python3/dist-packages/qgis").is_dir():
        pytest.skip("QGIS absent : installez python3-qgis (make system-packages)")
    zipfile.ZipFile(io.BytesIO(qgis_bundle(atlas))).extractall(tmp_path)
    [project] = tmp_path.glob("*/*.qgz")
    image = tmp_path / "page.png"
    command = [DEBIAN_PYTHON, "-c", OPENED, project, image]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr
    read, reference, layers, page, exported = json.loads(done.stdout.splitlines()[-1])
    assert (read, reference, page, exported) == (True, "EPSG:2154", "A3 paysage", 0)
    assert layers["Flux"][:3] == [True, len(atlas.layer("flux").table.rows), "categorizedSymbol"]
    assert layers["Partenaires"][2:] == ["graduatedSymbol", True, "Partenaire"]
    assert image.stat().st_size > 20_000
