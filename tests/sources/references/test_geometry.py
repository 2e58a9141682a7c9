"""Contours: what is drawn where it is, what was moved, and where communes truly are."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from maillage.territory.insets import DEGREES, LAMBERT_93, project

from .mirrors import COMMUNES, EPCI, read

OVERSEAS = """\
COM,97401,04,974,974D,9744,0,A,A,Les Avirons,97401,
COM,97411,04,974,974D,9741,0,B,B,Saint-Denis,97411,
COM,97416,04,974,974D,9744,0,C,C,Saint-Pierre,97416,
"""
MEMBERS = """\
974;249740077;Civis;CA;FPU;2;1;1;974;97401;219740016;Les Avirons;1;1
974;249740077;Civis;CA;FPU;2;1;1;974;97416;219740164;Saint-Pierre;1;1
974;249740119;Cinor;CA;FPU;1;1;1;974;97411;219740115;Saint-Denis;1;1
"""
TRUE = {"97401": (55.33, -21.24), "97416": (55.48, -21.32), "97411": (55.45, -20.90)}
NANTES = (-1.553, 47.218)


def square(lon, lat, half=0.02):
    return shapely.box(lon - half, lat - half, lon + half, lat + half)


def shifted(shape):
    """Moved beside the mainland: turned, twice as large, far north."""
    turn = 2 * np.exp(0.1j)

    def move(points):
        local = project(points, DEGREES, 2975)
        there = (
            (local[:, 0] - 340_000 + 1j * (local[:, 1] - 7_650_000)) * turn + 50_000 + 6_500_000j
        )
        return project(np.column_stack([there.real, there.imag]), LAMBERT_93, DEGREES)

    return shapely.transform(shape, move)


def geojson(key, shapes):
    features = [
        {"type": "Feature", "properties": {key: code}, "geometry": shapely.geometry.mapping(shape)}
        for code, shape in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def parquet(path, shapes):
    lambert = [
        shapely.transform(s, lambda p: project(p, DEGREES, LAMBERT_93)) for s in shapes.values()
    ]
    table = pa.table({"DEPCOM": list(shapes), "geometry": [shapely.to_wkb(s) for s in lambert]})
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)


@pytest.fixture
def files(tmp_path):
    true = {code: square(*place) for code, place in TRUE.items()}
    civis = shapely.union(true["97401"], true["97416"])
    communes = {code: shifted(shape) for code, shape in true.items()} | {"44109": square(*NANTES)}
    parquet(tmp_path / "geometry" / "cog2025_communes_2154.parquet", communes)
    epci = {"249740077": civis, "249740119": true["97411"]}
    drawn = {code: shifted(shape) for code, shape in epci.items()}
    return {
        "cog/v_commune_2026.csv": COMMUNES + OVERSEAS,
        "epci/perimetre-epci-a-fp_2025.csv": (EPCI + MEMBERS).encode("cp1252"),
        "geometry/cog2025_epci_4326.geojson": geojson(
            "EPCI", drawn | {"244400404": square(*NANTES)}
        ),
        "geometry/cog2025_epci_974_4326.geojson": geojson("EPCI", epci),
    }


def place(bundle, code):
    node = bundle.geography.index[code]
    return bundle.geography.lon[node], bundle.geography.lat[node]


def test_communes_of_the_mainland_are_where_their_contour_is(tmp_path, files):
    bundle = read(tmp_path, files)
    assert place(bundle, "44109") == pytest.approx(NANTES, abs=1e-3)
    assert np.isnan(place(bundle, "01004")).all()


def test_overseas_communes_are_taken_back_to_where_they_are(tmp_path, files):
    bundle = read(tmp_path, files)
    for code, where in TRUE.items():
        assert place(bundle, code) == pytest.approx(where, abs=2e-3)
    (inset,) = bundle.geometry.insets
    assert (inset.departement, inset.units) == ("974", 2)
    assert inset.scale == pytest.approx(2, rel=1e-3)
    assert bundle.geometry.moved == ("974",)
    assert any("positions vraies déduites de 2 EPCI" in note for note in bundle.report.notes)


def test_what_was_moved_is_named_and_what_is_true_is_not_drawn_twice(tmp_path, files):
    levels = {shapes.level: shapes for shapes in read(tmp_path, files).geometry.levels}
    assert set(levels["commune"].inset) == set(TRUE)
    assert set(levels["epci"].inset) == {"249740077", "249740119"}
    assert levels["epci"].codes == ("249740077", "249740119", "244400404")
    assert (levels["epci"].year, levels["epci"].source) == (2025, "ref_geo_epci")
    nantes = shapely.from_wkb(levels["commune"].shapes[levels["commune"].codes.index("44109")])
    assert nantes.centroid.x == pytest.approx(NANTES[0], abs=1e-3)


def test_without_true_contours_a_moved_place_is_unknown_rather_than_false(tmp_path, files):
    bundle = read(tmp_path, files | {"geometry/cog2025_epci_974_4326.geojson": None})
    assert np.isnan(place(bundle, "97411")).all()
    assert "Département 974 : contours déplacés, positions vraies inconnues." in bundle.report.notes


def test_lambert_contours_follow_the_order_of_the_geography(tmp_path, files):
    bundle = read(tmp_path, files)
    contours = bundle.geometry.communes_2154
    assert len(contours) == bundle.geography.n_communes
    assert contours[bundle.geography.index["01004"]] is None
    x, _ = project(np.array([NANTES]), DEGREES, LAMBERT_93)[0]
    assert shapely.from_wkb(contours[bundle.geography.index["44109"]]).centroid.x == pytest.approx(
        x, abs=50
    )


def test_unreadable_contours_are_refused_and_the_rest_is_read(tmp_path, files):
    bundle = read(tmp_path, files | {"geometry/cog2025_regions_4326.geojson": '{"features": 3}'})
    assert any("contours illisibles" in reason for reason in bundle.report.refused)
    assert len(bundle.geometry.levels) == 2


def test_no_contours_at_all_is_no_fault(tmp_path):
    bundle = read(tmp_path)
    assert bundle.geometry.levels == ()
    assert np.isnan(bundle.geography.lon).all()


def test_of_two_years_the_nearest_is_drawn(tmp_path, files):
    older = {"geometry/cog2021_epci_4326.geojson": geojson("EPCI", {"244400404": square(*NANTES)})}
    bundle = read(tmp_path, files | older)
    assert [s.year for s in bundle.geometry.levels if s.level == "epci"] == [2025]


def test_contours_are_among_the_files_read(tmp_path, files):
    read_files = {file.file: file for file in read(tmp_path, files).report.files}
    communes = read_files["geometry/cog2025_communes_2154.parquet"]
    assert (communes.card, communes.year, communes.rows) == ("ref_geo_communes", 2025, 4)
