"""The tables of an edition leave as they are: whole, checked, with sources, without secrets."""

import csv
import hashlib
import io
import zipfile

import pyarrow.parquet as pq
import pytest

from maillage.documents.vintage import open_files, sources_table, vintage_stem, vintage_zip


@pytest.fixture(scope="module")
def bundle(demo_edition) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(vintage_zip(demo_edition))))


def test_every_checksum_holds(demo_edition, bundle):
    stem = vintage_stem(demo_edition)
    lines = bundle.read(f"{stem}/SHA256SUMS").decode().splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert bundle.testzip() is None
    inside = {name.removeprefix(f"{stem}/") for name in bundle.namelist()} - {"SHA256SUMS"}
    assert inside == set(told)
    for name, digest in told.items():
        assert hashlib.sha256(bundle.read(f"{stem}/{name}")).hexdigest() == digest


def test_the_sources_are_in_it(demo_edition, bundle):
    text = bundle.read(f"{vintage_stem(demo_edition)}/sources.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(sources_table(demo_edition).rows)
    assert {"commuting", "wages"} <= {row["data"] for row in rows}
    assert all(row["fictional"] == "oui" for row in rows)
    assert "Données fictives" in bundle.read(f"{vintage_stem(demo_edition)}/LISEZMOI.txt").decode()


def test_no_cell_that_secrecy_covers_has_a_value(demo_edition):
    protected = [meta for meta in demo_edition.flows() if meta.secrecy == "protected"]
    assert protected
    for meta in protected:
        path = demo_edition.path / f"flows/{meta.flow}/{meta.year}/cells.parquet"
        table = pq.read_table(path)
        hidden = table.filter(table["suppressed"])
        assert hidden.num_rows
        assert hidden["weight"].null_count == hidden.num_rows
        assert "weight_sq" not in table.column_names or not any(hidden["weight_sq"].to_pylist())


def test_the_zip_is_sent_in_small_pieces(demo_edition):
    assert max(map(len, vintage_zip(demo_edition))) <= (1 << 20) + 4096


def test_only_tables_and_what_explains_them_are_open(demo_edition):
    files = open_files(demo_edition)
    assert {file.name.rsplit(".", 1)[1] for file in files} == {"parquet", "json"}
    assert any(file.title.startswith("Navettes") for file in files)
    assert all(file.size and len(file.sha256) == 64 for file in files)
