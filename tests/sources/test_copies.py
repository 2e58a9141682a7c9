"""The same bytes never pass for two files, nor for two years."""

from pathlib import Path

from tests.sources.census import MOBPRO, drop, pairs_file

from maillage.catalog.load import load_catalog
from maillage.sources.copies import without_copies
from maillage.sources.mirror import scan_mirror

PAIRS = pairs_file([("01001", "01001", "5")], yy=14)
WORKER = f"{MOBPRO}\n01001;ZZZZZ;99999;01001;025;3;2.5;GU;5\n"


def sorted_out(mirror: Path):
    kept, refused = without_copies(scan_mirror(mirror, load_catalog()).files)
    return [file.name for file in kept], {item.file: item.reason for item in refused}


def test_different_files_are_all_kept(tmp_path):
    drop(tmp_path, "a.csv", PAIRS)
    drop(tmp_path, "b.csv", PAIRS + "\n")
    assert sorted_out(tmp_path) == (["a.csv", "b.csv"], {})


def test_a_copy_is_set_aside(tmp_path):
    drop(tmp_path, "a.csv", PAIRS)
    drop(tmp_path, "copie/a.csv", PAIRS)
    kept, refused = sorted_out(tmp_path)
    assert kept == ["a.csv"]
    assert "« a.csv »" in refused["copie/a.csv"]


def test_two_years_with_the_same_bytes_the_column_tells_which(tmp_path):
    drop(tmp_path, "flux-2013.csv", PAIRS)
    drop(tmp_path, "flux-2014.csv", PAIRS)
    kept, refused = sorted_out(tmp_path)
    assert kept == ["flux-2014.csv"]
    assert "2013 et 2014" in refused["flux-2013.csv"]


def test_two_years_with_the_same_bytes_and_nothing_to_tell_are_both_refused(tmp_path):
    drop(tmp_path, "FD_MOBPRO_2019.csv", WORKER)
    drop(tmp_path, "FD_MOBPRO_2020.csv", WORKER)
    kept, refused = sorted_out(tmp_path)
    assert kept == []
    assert set(refused) == {"FD_MOBPRO_2019.csv", "FD_MOBPRO_2020.csv"}
    assert all("Remède" in reason for reason in refused.values())
