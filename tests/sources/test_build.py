"""A build is whole or nothing: bad files are refused, the edition in service stays."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from tests.sources.census import MOBPRO, drop, pairs_file
from tests.sources.references.mirrors import FILES, write

from maillage.common.errors import InputError
from maillage.engine.edition import current_edition
from maillage.engine.editions import list_editions
from maillage.sources.build import build

COMMUTERS = "flows/base-flux-mobilite-domicile-lieu-travail-2014.csv"
ROWS = [
    ("44109", "44109", "500"),
    ("44109", "44060", "12.5"),  # 44060 and 44163 merged into 44213 in 2016
    ("44060", "44163", "3.25"),
    ("44060", "44060", "20"),
    ("75101", "75101", "90"),
    ("01004", "99999", "1.75"),
]


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = write(tmp_path / "mirror", FILES)
    drop(folder, COMMUTERS, pairs_file(ROWS, yy=14))
    return folder


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    return tmp_path / "editions"


def reasons(result) -> dict[str, str]:
    return {refusal.file: refusal.reason for refusal in result.report.refused}


def test_an_edition_holds_the_cells_and_the_account_of_each_file(mirror, editions):
    result = build(mirror, editions)
    edition = current_edition(editions)
    assert edition.id == result.edition_id
    assert edition.path == result.path
    matrix = edition.matrix("commuting", 2014)
    assert matrix.by_origin.weight.sum() == float(sum(Decimal(w) for *_, w in ROWS))
    (account,) = [item for item in edition.report()["files"] if item["file"] == COMMUTERS]
    assert account["account"]["moved"] == "3.250000"
    assert account["account"]["vanished"] == 2
    assert account["account"]["placed"] == account["account"]["total"] == "627.500000"
    assert account["gave"] == [["commuting", 2014, "commune"]]
    assert json.dumps(edition.report())


def test_two_builds_give_the_same_edition_byte_for_byte(mirror, tmp_path):
    drop(mirror, "flows/FD_MOBPRO_2020.csv", detail(4000))
    first = build(mirror, tmp_path / "a")
    second = build(mirror, tmp_path / "b")
    assert first.edition_id == second.edition_id
    files = sorted(path for path in first.path.rglob("*") if path.is_file())
    assert len(files) > 10
    for path in files:
        assert path.read_bytes() == (second.path / path.relative_to(first.path)).read_bytes()


def detail(rows: int) -> str:
    places = ("44109", "44213", "44036", "75056", "93008", "01004")
    lines = (
        f"{places[i % 6]};ZZZZZ;99999;{places[i * i % 6]};025;3;{1 + i % 7 / 3:.12f};GU;{1 + i % 6}"
        for i in range(rows)
    )
    return "\n".join([MOBPRO, *lines]) + "\n"


def test_a_bad_file_is_refused_whole_and_the_others_make_an_edition(mirror, editions):
    drop(mirror, "flows/bad.csv", pairs_file([*ROWS, ("44109", "44213", "-1")], yy=20))
    drop(mirror, "flows/cut.zip", b"PK\x03\x04 half")
    drop(mirror, "notes.txt", "bonjour")
    result = build(mirror, editions)
    assert set(reasons(result)) == {"flows/bad.csv", "flows/cut.zip"}
    assert "ligne 8" in reasons(result)["flows/bad.csv"]
    assert "négatif" in reasons(result)["flows/bad.csv"]
    assert result.report.unmatched == ("notes.txt",)
    assert current_edition(editions).flow_years("commuting") == [2014]


def test_strict_publishes_nothing_when_a_file_is_refused(mirror, editions):
    before = build(mirror, editions).edition_id
    drop(mirror, "flows/bad.csv", pairs_file([("44109", "44213", "x")], yy=20))
    with pytest.raises(InputError, match=r"1\sfichier refusé") as caught:
        build(mirror, editions, strict=True)
    assert "flows/bad.csv" in str(caught.value)
    assert current_edition(editions).id == before
    assert [edition.id for edition in list_editions(editions)] == [before]


def test_two_departements_of_one_year_are_joined(mirror, editions):
    west = [(o, d, "5") for o in ("44036", "44109", "44213") for d in ("44036", "44109", "44213")]
    drop(mirror, COMMUTERS, pairs_file(west, yy=14))
    east = [(o, d, "7") for o in ("93008", "93066") for d in ("93008", "93066")]
    drop(mirror, "flows/93.csv", pairs_file(east, yy=14))
    result = build(mirror, editions)
    assert not result.report.refused
    meta = current_edition(editions).meta("commuting", 2014)
    assert sorted(scope.code for scope in meta.universe.scopes) == ["44", "93"]
    assert len(meta.sources) == 2


def test_the_detail_file_wins_over_the_pairs_of_its_year(mirror, editions):
    drop(mirror, "flows/FD_MOBPRO_2014.csv", detail(200))
    rows = [line.split(";") for line in detail(200).splitlines()[1:]]
    every = [(o, d, "7") for o, d in sorted({(row[0], row[3]) for row in rows})]
    drop(mirror, COMMUTERS, pairs_file(every, yy=14))
    result = build(mirror, editions)
    assert list(reasons(result)) == [COMMUTERS]
    assert current_edition(editions).meta("commuting", 2014).mean_weight is None


def test_a_full_disk_leaves_the_edition_in_service(mirror, editions, monkeypatch):
    before = build(mirror, editions)
    drop(mirror, "flows/more.csv", pairs_file(ROWS, yy=20))
    written = 0
    real = Path.open

    def full(self, mode="r", *args, **more):
        nonlocal written
        if "w" in mode and ".building-" in str(self):
            written += 1
            if written > 12:
                raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, mode, *args, **more)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(InputError, match="espace disque"):
        build(mirror, editions)
    monkeypatch.undo()
    assert current_edition(editions).id == before.edition_id
    assert not list(editions.glob(".building-*"))
    assert build(mirror, editions).edition_id != before.edition_id


CHILD = """
import sys, time
from pathlib import Path
from maillage.sources import mirror_reading
from maillage.sources.build import build
def wait(*_):
    Path(sys.argv[3]).touch()
    time.sleep(60)
mirror_reading.layout_of = wait
build(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def half_way(mirror, editions, tmp_path):
    """A build in another process, stopped while it reads its files."""
    before = build(mirror, editions)
    reached = tmp_path / "reached"
    process = subprocess.Popen([sys.executable, "-c", CHILD, mirror, editions, reached])
    deadline = time.monotonic() + 60
    while not reached.exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield before, process
    process.kill()
    process.wait()


def test_a_killed_build_leaves_the_edition_in_service(half_way, mirror, editions):
    before, process = half_way
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert list(editions.glob(".building-*"))
    assert current_edition(editions).id == before.edition_id
    drop(mirror, "flows/more.csv", pairs_file(ROWS, yy=20))
    after = build(mirror, editions)
    assert not list(editions.glob(".building-*"))
    assert current_edition(editions).id == after.edition_id != before.edition_id


def test_two_builds_at_once_the_second_is_told_to_wait(half_way, mirror, editions):
    before, process = half_way
    with pytest.raises(InputError, match=f"processus {process.pid}"):
        build(mirror, editions)
    assert list(editions.glob(".building-*"))  # the other one's work is left alone
    assert current_edition(editions).id == before.edition_id


def test_a_mirror_that_is_no_folder(tmp_path, editions):
    with pytest.raises(InputError, match="n’existe pas"):
        build(tmp_path / "nowhere", editions)
    assert not list(editions.glob(".building-*"))
