"""The compressed form: one text by set, read back, and nothing else accepted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territory.runs import decode_runs, encode_runs

SIZE = 300
nodes = st.sets(st.integers(0, SIZE - 1), min_size=1).map(
    lambda chosen: np.array(sorted(chosen), dtype=np.int32)
)
checks = st.integers(0, 0xFFFF)


@given(nodes, checks)
def test_a_set_comes_back(chosen, check):
    text = encode_runs(chosen, check)
    assert np.array_equal(decode_runs(text, check, SIZE), chosen)


@given(nodes, nodes, checks)
def test_one_text_by_set(one, other, check):
    same = np.array_equal(one, other)
    assert (encode_runs(one, check) == encode_runs(other, check)) == same


@given(nodes, checks, checks)
def test_another_list_of_communes_is_refused(chosen, check, other):
    if check != other:
        with pytest.raises(ValueError, match="another list"):
            decode_runs(encode_runs(chosen, check), other, SIZE)


@given(nodes)
def test_a_set_beyond_the_list_is_refused(chosen):
    with pytest.raises(ValueError, match="beyond"):
        decode_runs(encode_runs(chosen, 7), 7, int(chosen[-1]))


@given(st.text(max_size=40))
def test_any_other_text_is_refused_or_read_without_harm(text):
    try:
        found = decode_runs(text, 7, SIZE)
    except ValueError:
        return
    assert len(found) == 0 or found[-1] < SIZE


@pytest.mark.parametrize("count", [100, 2_000, 17_000])
def test_a_set_of_french_size_fits_in_an_address(count):
    chosen = np.sort(np.random.default_rng(1).choice(34_875, count, replace=False))
    assert len(encode_runs(chosen.astype(np.int32), 7)) < 8_000
