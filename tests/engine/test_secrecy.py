"""No answer, and no combination of answers, depends on a value its source hides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.catalog.cards import SecrecyRule
from maillage.engine.flows import CellSum, flow_balance
from maillage.engine.matrix import pack_matrix
from maillage.engine.partners import partners_on
from maillage.engine.secrecy import (
    SecrecyStatus,
    atom_ceiling,
    broken_cells,
    protect,
    secrecy,
)

from .worlds import breakdown, cells, country

N = 5
NODES = country(N).n_nodes
PARTNERS = partners_on(country(N), "epci")
RULE = SecrecyRule(status="protected", min_units=5)
WAGES = SecrecyRule(status="protected", min_units=5, dominance=0.8)
PAIRS = st.tuples(st.integers(0, N - 1), st.integers(0, N - 1))
COUNTS = st.dictionaries(PAIRS, st.integers(1, 12), min_size=1, max_size=20)
SETS = st.sets(st.integers(0, N - 1), min_size=1, max_size=N)


def answers(table, communes):
    """Everything a territory may be told of a protected table of persons."""
    raw = cells(table)
    kept = protect(raw, broken_cells(RULE, raw.weight.astype(np.int32)))
    matrix = pack_matrix(kept, N, NODES)
    members = np.array(sorted(communes), dtype=np.int32)
    found = flow_balance(matrix, members, PARTNERS.of, len(PARTNERS))
    sums = [found.internal_same, found.internal_moved, found.out_total, found.in_total]
    for way in (found.outgoing, found.incoming):
        sums += [way.at(partner) for partner in range(len(PARTNERS))]
    return [secrecy(sum, RULE, "persons") for sum in sums]


@given(COUNTS, SETS, st.data())
def test_answers_do_not_depend_on_hidden_values(table, communes, data):
    """Two files that differ only by hidden values give the same answers, for every perimeter:
    whatever is computed from answers, differences included, cannot tell one from the other."""
    low = st.integers(1, RULE.min_units - 1)
    other = {pair: data.draw(low) if n < RULE.min_units else n for pair, n in table.items()}
    assert answers(table, communes) == answers(other, communes)


@given(COUNTS, SETS)
def test_the_interval_holds_the_truth(table, communes):
    truth = sum(n for (o, d), n in table.items() if o in communes and d not in communes)
    out = answers(table, communes)[2]
    assert out.low <= truth <= out.high


@given(COUNTS, SETS, st.integers(0, N - 1))
def test_differencing_two_perimeters_narrows_nothing(table, communes, extra):
    """P and P + one commune: the difference bounds a hidden atom no closer than the rule does."""
    hidden = [pair for pair, n in table.items() if n < RULE.min_units]
    if extra in communes or (extra, extra) not in hidden:
        return
    before, after = answers(table, communes)[0], answers(table, communes | {extra})[0]
    assert after.low - before.low == 0
    assert after.high - before.high == atom_ceiling(RULE, "persons")
    assert after.hidden_cells == before.hidden_cells + 1


def test_statuses():
    open_rule = SecrecyRule(status="public")
    assert secrecy(CellSum(3.0, None), open_rule, "persons").status is SecrecyStatus.PUBLIC
    assert secrecy(CellSum(3.0, None), RULE, "persons").status is SecrecyStatus.RELEASED
    partly = secrecy(CellSum(30.0, None, hidden=2), RULE, "persons")
    assert (partly.status, partly.low, partly.high) == (SecrecyStatus.INCOMPLETE, 30.0, 38.0)
    assert secrecy(CellSum(0.0, None, hidden=1), RULE, "persons").status is SecrecyStatus.HIDDEN


def test_a_dominance_rule_or_an_amount_gives_no_ceiling():
    assert atom_ceiling(WAGES, "persons") is None
    assert atom_ceiling(RULE, "eur") is None
    assert secrecy(CellSum(3.0, None, hidden=1), WAGES, "eur").high is None


def test_categories_cannot_give_back_what_their_sum_hides():
    parts = {"sector": breakdown({"a": {(0, 1): 3.0}})}
    hidden = cells({(0, 1): 0.0}, suppressed=[(0, 1)], secrecy="protected", breakdowns=parts)
    with pytest.raises(ValueError, match="categories"):
        pack_matrix(hidden, N, NODES)


def test_the_rule_of_wages_at_the_workplace():
    rule = SecrecyRule(
        status="protected",
        min_units=5,
        dominance=0.8,
        min_establishments=3,
        establishment_dominance=0.85,
    )
    broken = broken_cells(
        rule,
        units=np.array([4, 5, 50, 50, 50], dtype=np.int32),
        largest_share=np.array([0.1, 0.81, 0.1, 0.1, 0.8]),
        establishments=np.array([9, 9, 2, 3, 3], dtype=np.int32),
        largest_establishment=np.array([0.1, 0.1, 0.1, 0.86, 0.85]),
    )
    assert broken.tolist() == [True, True, True, True, False]


def test_protection_leaves_no_value_behind():
    raw = cells({(0, 1): 3.0, (1, 0): 7.0}, sq={(0, 1): 3.0, (1, 0): 7.0})
    kept = protect(raw, raw.weight < 5)
    assert kept.weight.tolist() == [0.0, 7.0]
    assert kept.weight_sq.tolist() == [0.0, 7.0]
    assert kept.suppressed.tolist() == [0]
    with pytest.raises(ValueError, match="suppressed"):
        pack_matrix(cells({(0, 1): 3.0}, suppressed=[(0, 1)]), N, NODES)
