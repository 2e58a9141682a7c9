"""``maillage export``: a file that says what it holds, exit codes a script can rely on."""

import csv

import pyarrow.parquet as pq
import pytest


@pytest.fixture
def export(run, tiny_editions):
    return lambda *words: run("export", *words, "--editions", tiny_editions)


def test_a_mesh_is_written(export, tmp_path):
    done = export(tmp_path / "epci.csv", "--flow", "commuting")
    assert done.exit_code == 0
    assert "epci.csv" in done.stdout
    with (tmp_path / "epci.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 8
    assert {row["year"] for row in rows} == {"2021"}


def test_the_name_says_the_format(export, tmp_path):
    assert export(tmp_path / "a.parquet", "--mesh", "departement").exit_code == 0
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 16
    assert export(tmp_path / "a.csv", "--excel").exit_code == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfCode;Territoire;")
    assert export(tmp_path / "a.xlsx").exit_code == 0


def test_a_file_is_replaced_only_when_told(export, tmp_path):
    kept = tmp_path / "a.csv"
    kept.write_text("à garder")
    refused = export(kept)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert kept.read_text() == "à garder"
    assert export(kept, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("a.docx",), 2, ".csv, .xlsx ou .parquet"),
        (("a.xlsx", "--excel"), 2, ".csv"),
        (("a.csv", "--flow", "telepathy"), 3, "telepathy"),
        (("a.csv", "--mesh", "canton"), 3, "canton"),
        (("a.csv", "--year", 1901), 3, "Aucune"),
        (("a.csv", "--indicator", "bonheur"), 1, "bonheur"),
        ((), 2, "Il manque"),
    ],
)
def test_what_cannot_be_written_is_told(export, tmp_path, words, code, told):
    files = [tmp_path / word if str(word).startswith("a.") else word for word in words]
    refused = export(*files)
    assert refused.exit_code == code
    assert told in refused.output
    assert "Traceback" not in refused.output
    assert list(tmp_path.iterdir()) == []
