"""The way back from later vintages, when an older year is the target."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.territory.movements import Movement
from maillage.territory.passages import Passages
from maillage.territory.predecessors import predecessors

from .countries import geography
from .history import FIRST, histories

MERGER = (
    Movement("2016-01-01", "44060", "44213", kind="32"),
    Movement("2016-01-01", "44163", "44213", kind="32"),
)
OLD = ("44060", "44109", "44163")


def test_a_new_commune_is_shared_between_those_it_was_made_of():
    known = {2014: {"44060": 100, "44163": 300}, 2025: {"44213": 500}}
    found = predecessors(MERGER, OLD, 2014, 2025, known)
    assert found.shares == {"44213": (("44060", 0.25), ("44163", 0.75))}
    assert found.basis == {"44213": "populations 2014"}


def test_it_is_shared_equally_when_a_population_is_unknown():
    found = predecessors(MERGER, OLD, 2014, 2025, {2014: {"44060": 100}})
    assert found.shares == {"44213": (("44060", 0.5), ("44163", 0.5))}
    assert found.basis == {"44213": "parts égales"}


def test_later_files_are_placed_in_an_older_geography():
    passages = Passages(geography(OLD, cog=2014), MERGER)
    for vintage in (None, 2016, 2025):
        placement = passages.of(vintage).place(["44213", "44109"])
        assert not placement.unplaced
        assert placement.places == ("44109", "44213")
        assert placement.split.tolist() == [True, True, False]


@settings(max_examples=300)
@given(histories(traced=True), st.data())
def test_each_later_commune_lies_where_its_pieces_were(history, data):
    target = data.draw(st.integers(FIRST, history.last))
    vintage = data.draw(st.integers(target, history.last))
    then = history.years[target - FIRST]
    passages = Passages(geography(sorted(then), cog=target), tuple(history.movements))
    for code, pieces in history.years[vintage - FIRST].items():
        lies = dict(passages.of(vintage).shares(code))
        assert lies.keys() == {c for c, held in then.items() if held & pieces}
        assert sum(lies.values()) == pytest.approx(1)


@settings(max_examples=200)
@given(histories(), st.data())
def test_every_commune_of_every_year_is_placed_whatever_the_target(history, data):
    target = data.draw(st.integers(FIRST, history.last))
    then = sorted(history.years[target - FIRST])
    passages = Passages(geography(then, cog=target), tuple(history.movements))
    for number, communes in enumerate(history.years):
        placement = passages.of(FIRST + number).place(sorted(communes))
        assert not placement.unplaced
        assert placement.ratio.sum() == pytest.approx(len(communes))
