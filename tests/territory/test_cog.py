"""Carrying flows from one vintage to another: nothing lost, and what merged is told."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.territory.cog import Passage, carry
from maillage.territory.passages import Passages

from .countries import CODES, geography
from .history import FIRST, histories

PASSAGE = Passage(
    geography(),
    changed={"44060": (("44109", 1.0),), "44999": (("44001", 0.25), ("44036", 0.75))},
)


def placed(passage, *texts):
    """(text, place, node code, ratio) of each row."""
    found = passage.place(texts)
    nodes = (*passage.geography.codes, *(cell.code for cell in passage.geography.outside))
    return [
        (found.texts[t], found.places[p], nodes[n], r)
        for t, p, n, r in zip(found.text, found.place, found.node, found.ratio, strict=True)
    ]


def test_every_way_of_being_somewhere_is_told_apart():
    found = PASSAGE.place(["44109", "44060", "44999", "75101", "1001", "BE.110", "44888", "97"])
    assert placed(PASSAGE, "44060", "75101", "1001", "BE.110") == [
        ("44060", "44060", "44109", 1.0),
        ("75101", "75056", "75056", 1.0),
        ("1001", "01001", "01001", 1.0),
        ("BE.110", "@BE", "@BE", 1.0),
    ]
    assert found.count(found.vanished) == 2
    assert found.count(found.split) == 1
    assert found.count(found.folded) == 1
    assert found.count(found.restored) == 1
    assert found.unplaced == {
        "44888": "commune inconnue du code officiel (44888)",
        "97": "code tronqué : un code de commune a cinq caractères",
    }


def test_a_split_gives_a_row_by_part():
    assert placed(PASSAGE, "44999") == [
        ("44999", "44999", "44001", 0.25),
        ("44999", "44999", "44036", 0.75),
    ]
    assert PASSAGE.nodes("44999") == ((3, 0.25), (4, 0.75))


def test_a_code_of_the_geography_is_itself_even_if_it_looks_foreign():
    zones = Passage(geography(("BE100", "BE200", "X1")))
    assert [row[2] for row in placed(zones, "BE100", "BE300", "X1")] == ["BE100", "@BE", "X1"]


def test_a_reused_code_means_what_the_passage_says():
    passage = Passage(geography(), changed={"44001": (("44036", 1.0),)})
    assert placed(passage, "44001") == [("44001", "44001", "44036", 1.0)]


@given(st.lists(st.text(max_size=7) | st.sampled_from([*CODES, "44060", "44999"]), unique=True))
def test_every_text_is_placed_whole_or_named_as_unplaced(texts):
    found = PASSAGE.place(texts)
    total = np.bincount(found.text, weights=found.ratio, minlength=len(texts))
    for text, share in zip(texts, total, strict=True):
        assert share == pytest.approx(0 if text in found.unplaced else 1)
        assert bool(found.unplaced.get(text, "")) == (text in found.unplaced)


def test_a_matrix_refuses_a_code_it_cannot_place():
    with pytest.raises(KeyError):
        PASSAGE.matrix(["44888"])


def flows(n):
    weight = st.floats(0.001, 1000, allow_nan=False)
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    return st.dictionaries(pairs, weight, max_size=30)


def matrix(table, n):
    keys = sorted(table)
    rows, columns = [o for o, _ in keys], [d for _, d in keys]
    return sp.csr_array(([table[key] for key in keys], (rows, columns)), shape=(n, n))


def carried_by_loops(table, codes, passage):
    """The same by its definition, with no matrix."""
    cells, within, between, estimated = {}, 0.0, 0.0, set()
    for (o, d), weight in table.items():
        for o_part, o_share in passage.shares(codes[o]):
            for d_part, d_share in passage.shares(codes[d]):
                moved = weight * o_share * d_share
                cells[o_part, d_part] = cells.get((o_part, d_part), 0.0) + moved
                within += moved * (o != d and o_part == d_part)
                between += moved * (o == d and o_part != d_part)
                if o_share < 1 or d_share < 1:
                    estimated.add((o_part, d_part))
    return cells, within, between, estimated


@settings(max_examples=200)
@given(histories(), st.data())
def test_carrying_equals_its_definition_and_keeps_the_total(history, data):
    codes = sorted(history.years[0])
    target = geography(sorted(history.years[-1]), cog=history.last)
    passage = Passages(target, tuple(history.movements)).of(FIRST)
    table = data.draw(flows(len(codes)))
    found = carry(matrix(table, len(codes)), passage.matrix(codes))
    cells, within, between, estimated = carried_by_loops(table, codes, passage)

    assert found.matrix.sum() == pytest.approx(sum(table.values()), rel=1e-12)
    assert found.moved_within == pytest.approx(within, rel=1e-9, abs=1e-9)
    assert found.moved_between == pytest.approx(between, rel=1e-9, abs=1e-9)
    at = sp.coo_array(found.matrix)
    named = {
        (target.codes[o], target.codes[d]): w
        for o, d, w in zip(at.row, at.col, at.data, strict=True)
    }
    assert named == pytest.approx(cells)
    marked = zip(at.row[found.estimated], at.col[found.estimated], strict=True)
    assert {(target.codes[o], target.codes[d]) for o, d in marked} == estimated
