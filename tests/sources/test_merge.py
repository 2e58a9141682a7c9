"""Files of one flow and year: joined when no move can be in both, else the better one."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engine.dataset import BreakdownCells, FlowCells, FlowMeta, Reach, Scope, Universe
from maillage.sources.merge import Candidate, joined

N = 8
WEST, EAST = (0, 1, 2), (3, 4)


def scope(communes, reach=Reach.INSIDE):
    return Scope("departement", str(communes), "", np.array(communes, dtype=np.int32), reach)


def cells(table, universe=None, *, exact=False, breakdowns=None, **facts) -> FlowCells:
    pairs = sorted(table)
    weight = np.array([table[pair] for pair in pairs])
    meta = FlowMeta(
        "commuting", 2020, "persons", (), universe or Universe(), 4, True, False, "public"
    )
    return FlowCells(
        meta=replace(meta, **facts),
        origin=np.array([o for o, _ in pairs], dtype=np.int32),
        destination=np.array([d for _, d in pairs], dtype=np.int32),
        weight=weight,
        weight_sq=weight * 4 if exact else None,
        breakdowns=breakdowns or {},
    )


def candidate(name, found) -> Candidate:
    file = SimpleNamespace(name=name, card=SimpleNamespace(id="card"))
    return Candidate(SimpleNamespace(file=file), found)


def join(*found: FlowCells):
    named = [candidate(f"{i}.csv", one) for i, one in enumerate(found)]
    return joined(named, N)


def as_dict(found: FlowCells):
    return dict(
        zip(
            zip(found.origin.tolist(), found.destination.tolist(), strict=True),
            found.weight,
            strict=True,
        )
    )


def test_two_departements_make_one_file_with_two_scopes():
    west = cells({(0, 0): 5.0, (0, 1): 1.0}, Universe((scope(WEST),)), caveats=("a",))
    east = cells({(3, 4): 2.0}, Universe((scope(EAST),)), caveats=("a", "b"))
    found = join(east, west)
    assert as_dict(found.cells) == {(0, 0): 5.0, (0, 1): 1.0, (3, 4): 2.0}
    assert len(found.cells.meta.universe.scopes) == 2
    assert found.cells.meta.caveats == ("a", "b")
    assert not found.refused


def test_a_pair_in_both_is_summed_when_their_moves_differ():
    west = cells({(0, 0): 5.0, (3, 0): 1.0}, Universe((scope(WEST),)))  # 3 was West before a merger
    east = cells({(3, 0): 0.5, (3, 3): 2.0}, Universe((scope(EAST),)))
    assert as_dict(join(west, east).cells)[3, 0] == 1.5


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Reach.INSIDE, Reach.INSIDE, True),
        (Reach.INSIDE, Reach.TOUCHING, True),
        (Reach.FROM, Reach.FROM, True),
        (Reach.TO, Reach.TO, True),
        (Reach.FROM, Reach.TO, False),  # what goes from one to the other is in both
        (Reach.FROM, Reach.TOUCHING, False),
        (Reach.TOUCHING, Reach.TOUCHING, False),
    ],
)
def test_files_of_disjoint_places_are_joined_when_no_move_is_in_both(one, other, both):
    west = cells({(0, 0): 5.0}, Universe((scope(WEST, one),)))
    east = cells({(3, 4): 2.0}, Universe((scope(EAST, other),)))
    assert bool(join(west, east).refused) is not both


def test_the_better_file_wins_and_the_other_is_refused_with_a_sentence():
    part = cells({(0, 0): 5.0}, Universe((scope(WEST),)), exact=True)
    country = cells({(0, 0): 5.0, (3, 3): 1.0})
    found = join(part, country)
    assert as_dict(found.cells) == as_dict(country)
    (refused,) = found.refused
    assert refused.file == "0.csv"
    assert "1.csv" in refused.reason
    exact = cells({(0, 0): 5.0}, exact=True)
    assert join(country, exact).cells.weight_sq is not None


def test_two_questions_never_mix():
    now = cells({(0, 0): 5.0}, Universe((scope(WEST),)), question="one_year")
    then = cells({(3, 3): 5.0}, Universe((scope(EAST),)), question="five_years")
    assert len(join(now, then).refused) == 1


def test_precision_is_exact_only_where_every_part_is():
    west = cells({(0, 0): 5.0}, Universe((scope(WEST),)), exact=True, mean_weight=None)
    east = cells({(3, 3): 2.0}, Universe((scope(EAST),)))
    assert join(west, east).cells.weight_sq is None
    assert join(west, east).cells.meta.mean_weight == 4
    both = join(west, replace(east, weight_sq=east.weight * 3)).cells
    assert both.weight_sq is not None
    assert both.weight_sq.tolist() == [20.0, 6.0]


def breakdown(categories, rows):
    columns = [np.array(column) for column in zip(*sorted(rows), strict=True)]
    category, origin, destination = (column.astype(np.int32) for column in columns[:3])
    return BreakdownCells(categories, category, origin, destination, columns[3].astype(float), None)


def test_breakdowns_stay_when_every_part_has_them():
    mode = breakdown(("1", "2"), [(0, 0, 0, 2.0), (1, 0, 0, 3.0)])
    west = cells({(0, 0): 5.0}, Universe((scope(WEST),)), breakdowns={"mode": mode, "age": mode})
    other = breakdown(("1", "2"), [(1, 3, 3, 2.0)])
    east = cells({(3, 3): 2.0}, Universe((scope(EAST),)), breakdowns={"mode": other})
    found = join(west, east).cells.breakdowns
    assert set(found) == {"mode"}
    assert found["mode"].category.tolist() == [0, 1, 1]
    assert found["mode"].weight.tolist() == [2.0, 3.0, 2.0]


nodes = st.integers(0, N - 1)
tables = st.dictionaries(st.tuples(nodes, nodes), st.integers(1, 50).map(float), min_size=1)


@given(tables, tables, st.sets(st.integers(0, 3)))
def test_joining_adds_and_keeps_marks(west, east, marked):
    split = np.array(sorted(row for row in marked if row < len(west)), dtype=np.int32)
    first = replace(cells(west, Universe((scope(WEST),))), split=split)
    found = join(first, cells(east, Universe((scope(EAST),)))).cells
    expected = {pair: west.get(pair, 0) + east.get(pair, 0) for pair in {*west, *east}}
    assert as_dict(found) == expected
    key = found.origin.astype(np.int64) * N + found.destination
    assert (np.diff(key) > 0).all()
    pairs = sorted(west)
    assert {(found.origin[row], found.destination[row]) for row in found.split} == {
        pairs[row] for row in split
    }
