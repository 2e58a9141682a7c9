"""What is written is what is read, and nothing is read that was not published."""

import errno
import os
import signal
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from maillage.catalog.cards import FlowCard
from maillage.catalog.load import load_catalog
from maillage.common.errors import InputError
from maillage.engine.dataset import LevelShapes, Scope, Universe
from maillage.engine.edition import Edition, current_edition
from maillage.engine.editions import list_editions
from maillage.engine.flows import flow_balance
from maillage.engine.store.folder import DraftFolder
from maillage.engine.writer import EditionWriter
from maillage.territory.former import FormerCommune
from maillage.territory.perimeter import parse_perimeter

from .worlds import breakdown, cells, country, mesh, stock

TABLE = {(0, 0): 10.0, (0, 1): 2.5, (1, 0): 4.0, (3, 0): 1.0, (5, 7): 3.0}


def publish(editions, *, table=TABLE, geography=None, **facts):
    with EditionWriter(editions) as writer:
        writer.write_geography(geography or country())
        writer.write_flow(cells(table, **facts))
        writer.write_stock(stock([1, 2, np.nan, 4, 5, 6]))
        writer.write_report({"files": []})
        return writer.publish()


def rows_of(rows, row):
    own = slice(rows.start[row], rows.start[row + 1])
    return dict(zip(rows.node[own].tolist(), rows.weight[own].tolist(), strict=True))


def test_cells_are_read_back_both_ways(tmp_path):
    publish(tmp_path)
    matrix = current_edition(tmp_path).matrix("commuting", 2021)
    assert rows_of(matrix.by_origin, 0) == {0: 10.0, 1: 2.5}
    assert rows_of(matrix.by_destination, 0) == {0: 10.0, 1: 4.0, 3: 1.0}
    assert rows_of(matrix.by_destination, 7) == {5: 3.0}
    assert matrix.by_origin.weight_sq is None
    assert matrix.by_origin.flags is None


def test_squares_and_flags_follow_their_cells(tmp_path):
    publish(
        tmp_path,
        table=TABLE | {(2, 2): 0.0},
        sq=dict.fromkeys(TABLE, 7.0) | {(2, 2): 0.0},
        suppressed=[(2, 2)],
        split=[(1, 0)],
    )
    matrix = current_edition(tmp_path).matrix("commuting", 2021)
    for rows, row in ((matrix.by_origin, 1), (matrix.by_destination, 0)):
        own = slice(rows.start[row], rows.start[row + 1])
        assert 2 in rows.flags[own]
        assert rows.weight_sq[own].tolist() == [7.0] * (own.stop - own.start)
    assert (matrix.by_origin.flags == 1).sum() == 1


def test_geography_is_read_back(tmp_path):
    overlapping = mesh("crte", {"crte-1": [0, 1], "crte-2": [1, 5]}, partition=False)
    geography = country(meshes=(*country().meshes, overlapping))
    publish(tmp_path, geography=geography)
    read = current_edition(tmp_path).geography
    assert read.codes == geography.codes
    assert read.outside == geography.outside
    np.testing.assert_array_equal(read.population, geography.population)
    for old, new in zip(geography.meshes, read.meshes, strict=True):
        for name in ("level", "year", "label", "codes", "names", "natures", "partition", "source"):
            assert getattr(old, name) == getattr(new, name)
        assert [old.unit_members(u).tolist() for u in range(len(old.codes))] == [
            new.unit_members(u).tolist() for u in range(len(new.codes))
        ]


def test_former_communes_are_read_back(tmp_path):
    split = FormerCommune("00008", "Vieilleville", (("00001", 0.25), ("00002", 0.75)))
    former = {"00008": split, "00009": FormerCommune("00009", "", (("00001", 1.0),))}
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country())
        writer.write_former(former)
        writer.publish()
    assert current_edition(tmp_path).former_communes == former


@pytest.mark.parametrize("written", [False, True])
def test_an_edition_may_have_no_former_commune(tmp_path, written):
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country())
        if written:
            writer.write_former({})
        writer.publish()
    assert current_edition(tmp_path).former_communes == {}


def test_meaning_of_the_cells_is_read_back(tmp_path):
    scope = Scope("departement", "44", "à l’intérieur du département", np.array([0, 1], np.int32))
    publish(tmp_path, universe=Universe((scope,), ("Mayotte",)), mean_weight=4.0, caveats=("x",))
    meta = current_edition(tmp_path).flows()[0]
    assert (meta.mean_weight, meta.caveats, meta.universe.excludes) == (4.0, ("x",), ("Mayotte",))
    assert meta.sources[0].file == "file.csv"
    assert meta.universe.scopes[0].communes.tolist() == [0, 1]
    assert meta.universe.scopes[0].label == scope.label


def test_a_breakdown_gives_one_matrix_a_category(tmp_path):
    modes = breakdown({"car": {(0, 1): 2.0, (1, 0): 3.0}, "walk": {(0, 0): 10.0, (3, 0): 1.0}})
    publish(tmp_path, breakdowns={"mode": modes})
    edition = current_edition(tmp_path)
    assert edition.dimensions("commuting", 2021) == {"mode": ("car", "walk")}
    car = edition.matrix("commuting", 2021, ("mode", "car"))
    walk = edition.matrix("commuting", 2021, ("mode", "walk"))
    assert rows_of(car.by_origin, 0) == {1: 2.0}
    assert rows_of(walk.by_origin, 0) == {0: 10.0}
    assert rows_of(walk.by_destination, 0) == {0: 10.0, 3: 1.0}
    with pytest.raises(KeyError):
        edition.matrix("commuting", 2021, ("age", "18"))


def test_stocks_keep_unknown_and_hidden_apart_from_zero(tmp_path):
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country())
        writer.write_stock(stock([0, np.nan, 2, np.nan, 4, 5], suppressed=[3]))
        writer.write_stock(stock([7, 8], level="epci", year=2019))
        writer.publish()
    edition = current_edition(tmp_path)
    assert edition.stock_years("jobs") == [2019, 2021]
    newest = edition.stock("jobs")
    assert newest.values[0] == 0
    assert np.isnan(newest.values[[1, 3]]).all()
    assert newest.suppressed.tolist() == [3]
    assert edition.stock("jobs", 2019).values.tolist() == [7, 8]
    with pytest.raises(KeyError):
        edition.stock("jobs", 2021, "epci")


def test_reach_of_a_perimeter_is_a_sum_of_its_communes(tmp_path):
    publish(tmp_path)
    origin, destination = current_edition(tmp_path).distances("commuting", 2021)
    lon = np.radians(0.13)
    straight = 6371.0088 * 2 * np.arcsin(np.cos(np.radians(47)) * np.sin(lon / 2))
    road = straight * (1.1 + 0.3 * np.exp(-straight / 20))
    assert origin.km[0] == pytest.approx(2.5 * road)
    assert (origin.located[0], origin.located[5]) == (12.5, 0.0)  # Belgium has no place
    assert destination.located[0] == 15.0


def test_reach_counts_movers_only_where_staying_is_having_not_moved(tmp_path):
    publish(tmp_path, flow="residential")
    origin, _ = current_edition(tmp_path).distances("residential", 2021)
    assert origin.located[0] == 2.5


def test_cards_of_the_user_travel_with_the_edition(tmp_path):
    own = FlowCard.model_validate(
        {**load_catalog().flows["commuting"].model_dump(), "id": "tides", "slug": "marees"}
    )
    known = load_catalog()
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country())
        writer.write_catalog(replace(known, flows={**known.flows, "tides": own}))
        writer.publish()
    read = current_edition(tmp_path).catalog
    assert read.flows["tides"] == own
    assert read.flows.keys() == known.flows.keys() | {"tides"}
    assert read.indicators == known.indicators


def test_shapes_are_read_back(tmp_path):
    shapes = LevelShapes("epci", 2025, ("a", "b"), (b"\x01", b"\x02"), ("b",), "IGN")
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country())
        writer.write_geometry(shapes)
        writer.publish()
    read = current_edition(tmp_path).geometry("epci")
    assert (read.codes, read.shapes, read.inset) == (shapes.codes, shapes.shapes, shapes.inset)


def test_the_open_table_hides_what_its_source_hides(tmp_path):
    publish(tmp_path, table={(0, 1): 5.0, (1, 0): 0.0}, suppressed=[(1, 0)])
    path = current_edition(tmp_path).path / "flows" / "commuting" / "2021" / "cells.parquet"
    rows = pq.read_table(path).to_pylist()
    assert [(r["origin"], r["weight"], r["suppressed"]) for r in rows] == [
        ("00001", 5.0, False),
        ("00002", None, True),
    ]


@pytest.mark.parametrize(
    ("table", "facts"),
    [
        ({(0, 99): 1.0}, {}),
        ({(0, 1): -1.0}, {}),
        ({(0, 1): float("nan")}, {}),
        ({(0, 1): 5.0}, {"suppressed": [(0, 1)]}),
    ],
)
def test_cells_that_break_their_promise_are_refused(tmp_path, table, facts):
    with pytest.raises(ValueError, match=r"cell|weight"):
        publish(tmp_path, table=table, **facts)
    assert list_editions(tmp_path) == []


def test_same_content_same_bytes_same_id(tmp_path):
    first = publish(tmp_path / "a", sq=dict.fromkeys(TABLE, 1.0))
    second = publish(tmp_path / "b", sq=dict.fromkeys(TABLE, 1.0))
    assert first == second
    files = sorted(p for p in (tmp_path / "a" / first).rglob("*") if p.is_file())
    assert len(files) > 10
    for path in files:
        twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == twin.read_bytes(), path.name


def test_publishing_again_changes_the_pointer_only(tmp_path):
    first = publish(tmp_path)
    second = publish(tmp_path, table={(0, 1): 1.0})
    assert current_edition(tmp_path).id == second
    assert publish(tmp_path) == first
    assert current_edition(tmp_path).id == first
    assert [(e.id, e.current) for e in list_editions(tmp_path)] == [(first, True), (second, False)]


def test_an_open_edition_outlives_its_successor(tmp_path):
    publish(tmp_path)
    old = current_edition(tmp_path)
    publish(tmp_path, table={(0, 1): 1.0})
    assert old.matrix("commuting", 2021).by_origin.weight.sum() == sum(TABLE.values())


def test_a_failed_build_leaves_nothing(tmp_path):
    served = publish(tmp_path)
    with pytest.raises(ValueError, match="negative"):
        publish(tmp_path, table={(0, 0): -1.0})
    assert current_edition(tmp_path).id == served
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([".lock", "CURRENT", served])


def test_altered_bytes_are_found(tmp_path):
    publish(tmp_path)
    edition = current_edition(tmp_path)
    assert edition.altered_files() == []
    damaged = edition.path / "flows" / "commuting" / "2021" / "by_origin" / "weight.npy"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\x7f")
    assert edition.altered_files() == ["flows/commuting/2021/by_origin/weight.npy"]


def test_a_second_build_is_told_who_is_at_work(tmp_path):
    with (
        EditionWriter(tmp_path),
        pytest.raises(InputError, match=f"processus {os.getpid()}"),
        EditionWriter(tmp_path),
    ):
        pass
    publish(tmp_path)


def test_a_full_disk_tells_the_need_and_keeps_the_edition(tmp_path, monkeypatch):
    served = publish(tmp_path)

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError) as caught:
        publish(tmp_path, table={(i, i): 1.0 for i in range(6)})
    monkeypatch.undo()
    assert "espace disque manque" in str(caught.value)
    assert "il faut au moins" in caught.value.problem
    assert current_edition(tmp_path).id == served
    assert not list(tmp_path.glob(".building-*"))


def test_need_counts_the_file_under_way(tmp_path, monkeypatch):
    draft = DraftFolder(tmp_path)
    draft.array("a.npy", np.zeros(1000))

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        draft.array("b.npy", np.zeros(1000))
    assert draft.bytes_asked == 8128 + 8000


KILLED = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from engine.worlds import cells, country
from maillage.engine.writer import EditionWriter
from maillage.territory.perimeter import parse_perimeter
with EditionWriter(Path({editions!r})) as writer:
    writer.write_geography(country())
    writer.write_flow(cells({{(0, 1): 1.0}}))
    print("ready", flush=True)
    time.sleep(60)
"""


def test_kill_9_leaves_the_edition_serving_and_the_next_build_clears(tmp_path, request):
    served = publish(tmp_path)
    script = KILLED.format(tests=str(request.config.rootpath / "tests"), editions=str(tmp_path))
    build = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert build.stdout.readline() == b"ready\n"
    with pytest.raises(InputError, match=f"processus {build.pid}"), EditionWriter(tmp_path):
        pass
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert (tmp_path / f".building-{build.pid}").is_dir()
    assert current_edition(tmp_path).id == served
    fresh = publish(tmp_path, table={(0, 1): 1.0})
    assert not list(tmp_path.glob(".building-*"))
    assert current_edition(tmp_path).id == fresh


def test_no_edition_says_what_to_do(tmp_path):
    with pytest.raises(InputError, match="maillage build"):
        current_edition(tmp_path)
    with pytest.raises(InputError, match="pas une édition"):
        Edition.open(tmp_path)


def test_unknown_things_are_key_errors(tmp_path):
    publish(tmp_path)
    edition = current_edition(tmp_path)
    for ask in (
        lambda: edition.matrix("school", 2021),
        lambda: edition.meta("commuting", 1999),
        lambda: edition.stock("wages"),
        lambda: edition.geometry("epci"),
    ):
        with pytest.raises(KeyError):
            ask()
    assert edition.flow_years("school") == []


def test_a_known_territory_reads_what_gathering_finds(tmp_path):
    crte = mesh("crte", {"crte-1": [0, 1], "crte-2": [1, 5]}, partition=False)
    older = mesh("epci", {"200000001": [0, 2]}, year=2014)
    geography = country(meshes=(*country().meshes, crte, older))
    publish(tmp_path, geography=geography, table=TABLE, sq=dict.fromkeys(TABLE, 9.0))
    edition = current_edition(tmp_path)
    partners = edition.partners("epci")
    matrix = edition.matrix("commuting", 2021)
    known = ("200000001", "200000002", "crte-2", "00001", "200000001@2014", "00001+00006", "pays")
    for id in known:
        perimeter = parse_perimeter(id, edition.geography)
        found = edition.balance("commuting", 2021, perimeter)
        expected = flow_balance(matrix, perimeter.communes, partners.of, len(partners))
        assert found.internal == expected.internal, id
        assert (found.out_total, found.in_total) == (expected.out_total, expected.in_total), id
        np.testing.assert_array_equal(found.outgoing.weight, expected.outgoing.weight)
        np.testing.assert_array_equal(found.incoming.squares, expected.incoming.squares)


def test_partners_can_be_asked_on_another_mesh(tmp_path):
    publish(tmp_path)
    edition = current_edition(tmp_path)
    perimeter = parse_perimeter("200000001", edition.geography)
    found = edition.balance("commuting", 2021, perimeter, edition.partners("commune"))
    assert found.incoming.weight[3] == 1.0
    assert len(found.incoming.weight) == edition.geography.n_nodes
