"""The laws of the algebra of flows, on countries made by hypothesis, against a naive oracle."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engine.flows import flow_balance
from maillage.engine.matrix import pack_matrix
from maillage.engine.mesh_flow import mesh_flow
from maillage.engine.partners import commune_partners, mesh_partners, partners_on

from .worlds import cells, country, mesh, tables

N = 8
NODES = country(N).n_nodes
FLOWS = tables(NODES)
SETS = st.sets(st.integers(0, N - 1), min_size=1, max_size=N)


def pack(table, **facts):
    return pack_matrix(cells(table, **facts), N, NODES)


def members(communes):
    return np.array(sorted(communes), dtype=np.int32)


def balance(table, communes, partners=None, **facts):
    partners = partners or commune_partners(country(N))
    return flow_balance(pack(table, **facts), members(communes), partners.of, len(partners))


def oracle(table, communes, partner_of):
    """The same balance, one cell at a time."""
    found = {"same": 0.0, "moved": 0.0, "out": {}, "in": {}}
    for (origin, destination), weight in table.items():
        if origin in communes and destination in communes:
            found["same" if origin == destination else "moved"] += weight
        elif origin in communes:
            partner = partner_of[destination]
            found["out"][partner] = found["out"].get(partner, 0.0) + weight
        elif destination in communes:
            partner = partner_of[origin]
            found["in"][partner] = found["in"].get(partner, 0.0) + weight
    return found


def total(table, origins, destinations):
    return sum(w for (o, d), w in table.items() if o in origins and d in destinations)


@given(FLOWS, SETS)
def test_balance_equals_the_naive_oracle(table, communes):
    partners = partners_on(country(N), "epci")
    found = balance(table, communes, partners)
    expected = oracle(table, communes, partners.of.tolist())
    assert found.internal_same.weight == pytest.approx(expected["same"])
    assert found.internal_moved.weight == pytest.approx(expected["moved"])
    for vector, naive in ((found.outgoing, expected["out"]), (found.incoming, expected["in"])):
        for partner in range(len(partners)):
            assert vector.weight[partner] == pytest.approx(naive.get(partner, 0.0))


@given(FLOWS, SETS, SETS)
def test_internal_of_a_union(table, p, q):
    q = q - p
    if not q:
        return
    between = total(table, p, q) + total(table, q, p)
    parts = balance(table, p).internal.weight + balance(table, q).internal.weight
    assert balance(table, p | q).internal.weight == pytest.approx(parts + between)


@given(FLOWS, SETS, SETS)
def test_net_adds_over_disjoint_sets(table, p, q):
    q = q - p
    if not q:
        return
    parts = balance(table, p).net + balance(table, q).net
    assert balance(table, p | q).net == pytest.approx(parts, rel=1e-9, abs=1e-3)


@given(tables(N), st.lists(st.integers(0, 3), min_size=N, max_size=N))
def test_nets_cancel_on_a_partition_closed_to_abroad(table, owner):
    parts = [{i for i in range(N) if owner[i] == part} for part in set(owner)]
    balances = [balance(table, part) for part in parts]
    assert sum(b.net for b in balances) == pytest.approx(0, abs=1e-3)
    out, into = (sum(getattr(b, way).weight for b in balances) for way in ("out_total", "in_total"))
    assert out == pytest.approx(into)


@given(FLOWS, SETS)
def test_nothing_is_lost_in_aggregation(table, communes):
    """O and D of a territory are the sums of the rows and columns of its communes."""
    everywhere = set(range(NODES))
    found = balance(table, communes, partners_on(country(N), "epci"))
    assert found.origins == pytest.approx(total(table, communes, everywhere))
    assert found.destinations == pytest.approx(total(table, everywhere, communes))


@given(FLOWS, st.data())
def test_variance_is_additive(table, data):
    """Σw² adds over any way to group the cells, as Σw does."""
    squares = {pair: weight * 4.5 for pair, weight in table.items()}
    communes = data.draw(SETS)
    found = balance(table, communes, sq=squares)
    expected = total(squares, communes, communes)
    assert found.internal.squares == pytest.approx(expected)
    assert found.out_total.squares == pytest.approx(
        total(squares, communes, set(range(NODES)) - communes)
    )


@given(FLOWS, SETS, st.permutations(range(N)))
def test_the_names_of_communes_do_not_matter(table, communes, order):
    place = [*order, *range(N, NODES)]
    moved = {(place[o], place[d]): w for (o, d), w in table.items()}
    first, second = balance(table, communes), balance(moved, {place[c] for c in communes})
    assert second.internal.weight == pytest.approx(first.internal.weight)
    np.testing.assert_allclose(second.outgoing.weight[place], first.outgoing.weight)
    np.testing.assert_allclose(second.incoming.weight[place], first.incoming.weight)


@given(FLOWS, SETS)
def test_a_partner_counts_only_outside_the_territory(table, communes):
    """A partner EPCI that overlaps the territory contributes its part outside, no more."""
    partners = partners_on(country(N), "epci")
    found = balance(table, communes, partners)
    for unit in range(partners.n_units):
        rest = {int(c) for c in np.flatnonzero(partners.of == unit)} - communes
        assert found.outgoing.weight[unit] == pytest.approx(total(table, communes, rest))


def test_communes_without_a_unit_and_outside_cells_are_partners_of_their_own():
    partners = partners_on(country(N), "epci")
    found = balance({(0, N - 1): 3.0, (0, N): 5.0}, {0}, partners)
    by_code = dict(zip(partners.codes, found.outgoing.weight, strict=True))
    assert (by_code["@SANS"], by_code["@BE"]) == (3.0, 5.0)
    assert found.out_total.weight == 8.0
    assert [partners.kinds[i].value for i in np.flatnonzero(found.outgoing.weight)] == [
        "without",
        "abroad",
    ]


def test_overlapping_units_cannot_be_partners():
    overlapping = mesh("crte", {"a": [0, 1], "b": [1, 2]}, partition=False)
    with pytest.raises(ValueError, match="partition"):
        mesh_partners(country(N), overlapping)


def test_hidden_and_split_cells_are_counted_where_they_fall():
    table = {(0, 0): 0.0, (0, 1): 4.0, (2, 0): 0.0, (0, 5): 6.0, (5, 0): 2.0}
    found = balance(table, {0, 1}, suppressed=[(0, 0), (2, 0)], split=[(0, 1), (5, 0)])
    assert (found.internal_same.hidden, found.internal_moved.hidden) == (1, 0)
    assert found.internal_moved.split == 4.0
    assert (found.out_total.hidden, found.out_total.split) == (0, 0.0)
    assert (found.in_total.hidden, found.in_total.split) == (1, 2.0)
    assert found.incoming.at(5).split == 2.0


def test_squares_are_unknown_when_the_file_has_none():
    found = balance({(0, 1): 2.0}, {0})
    assert found.out_total.squares is None
    assert found.internal.squares is None


def test_a_territory_without_flows_keeps_nothing_and_knows_no_retention():
    found = balance({(3, 3): 2.0}, {0})
    assert (found.internal.weight, found.net, found.retention) == (0.0, 0.0, None)


@settings(max_examples=50)
@given(FLOWS, st.booleans(), st.booleans())
def test_a_mesh_reads_what_gathering_finds(table, exact, flagged):
    """Stored balances are those of ``flow_balance``, to the last bit, partition or not."""
    facts = {}
    if exact:
        facts["sq"] = {pair: weight * 3 for pair, weight in table.items()}
    if flagged and table:
        facts["split"] = [min(table)]
    matrix = pack(table, **facts)
    partners = partners_on(country(N), "epci")
    for units in (
        country(N).mesh("epci"),
        mesh("crte", {"a": [0, 1, 4], "b": [1, 2], "c": [7]}, partition=False),
    ):
        stored = mesh_flow(matrix, units, partners)
        profile = stored.profile(len(partners))
        for unit in range(len(units.codes)):
            expected = flow_balance(matrix, units.unit_members(unit), partners.of, len(partners))
            found = stored.balance(unit, len(partners))
            assert found.internal_same == expected.internal_same
            assert found.internal_moved == expected.internal_moved
            for way in ("outgoing", "incoming"):
                mine, theirs = getattr(found, way), getattr(expected, way)
                np.testing.assert_array_equal(mine.weight, theirs.weight)
                assert (mine.squares is None) == (theirs.squares is None) == (not exact)
                np.testing.assert_array_equal(getattr(profile, way)[unit], theirs.weight)
            assert profile.origins[unit] == pytest.approx(expected.origins)
            assert profile.destinations[unit] == pytest.approx(expected.destinations)
