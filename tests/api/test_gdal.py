"""The layers open in GDAL, the library of QGIS, over a live server."""

import os
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pyogrio
import pytest

pytestmark = pytest.mark.slow
SERVE = "from pathlib import Path; from maillage.config.serve import serve; "
SERVE += "serve(Path({editions!r}), '127.0.0.1', {port})"


@pytest.fixture(scope="module")
def layers(demo_editions, tmp_path_factory):
    """Address of the landing page, as GDAL writes it."""
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("ce GDAL ne lit pas OGC API – Features")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("var")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(editions=str(demo_editions), port=port)],
        env=os.environ | {"MAILLAGE_VAR": str(folder)},
    )
    try:
        _wait(f"http://127.0.0.1:{port}/ogc/", server)
        yield f"OAPIF:http://127.0.0.1:{port}/ogc/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address, server, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not start")


def test_every_layer_is_listed(layers):
    names = set(pyogrio.list_layers(layers)[:, 0])
    assert {"commune", "epci", "departement", "flux-domicile-travail"} <= names


def test_territories_are_read_whole(layers, demo_edition):
    found = pyogrio.raw.read(layers, layer="commune")
    meta, _, shapes, columns = found
    geography = demo_edition.geography
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert meta["geometry_type"].removeprefix("Multi") in {"Polygon", "Unknown"}
    assert len(shapes) == geography.n_communes
    assert set(fields["name"]) == set(geography.names)
    assert float(fields["population"].sum()) == pytest.approx(float(geography.population.sum()))


def test_a_window_is_asked_of_the_server(layers, demo_edition):
    geography = demo_edition.geography
    lon, lat = float(geography.lon[0]), float(geography.lat[0])
    window = (lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05)
    meta, _, _, columns = pyogrio.raw.read(layers, layer="commune", bbox=window)
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert 0 < len(fields["name"]) < geography.n_communes
    assert geography.names[0] in set(fields["name"])


def test_flows_are_read_as_lines(layers, demo_edition):
    found = pyogrio.raw.read(layers, layer="flux-domicile-travail", max_features=250)
    meta, _, shapes, columns = found
    fields = dict(zip(meta["fields"], columns, strict=True))
    assert len(shapes) == 250
    assert list(fields["value"]) == sorted(fields["value"], reverse=True)
    assert set(fields["origin"]) <= set(demo_edition.geography.mesh("epci").codes)
