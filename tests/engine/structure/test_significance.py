"""Dominance, disparity and multiple linkage against plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.engine.matrix import SparseRows
from maillage.engine.structure.dominance import dominance_role, dominant_partner
from maillage.engine.structure.network import Network
from maillage.engine.structure.significance import disparity, multiple_linkage

# Whole numbers: equal flows and equal fits happen, and mean the same in every order of adding.
FLOWS = arrays(np.float64, st.integers(1, 7).map(lambda n: (n, n)), elements=st.integers(0, 9))


def links(flows):
    n = len(flows)
    return [
        (i, j, float(flows[i, j])) for i in range(n) for j in range(n) if i != j and flows[i, j]
    ]


def rows_of(flows):
    n = len(flows)
    start, node, weight = [0], [], []
    for i in range(n):
        found = [(j, float(flows[i, j])) for j in range(n) if flows[i, j]]
        node += [j for j, _ in found]
        weight += [w for _, w in found]
        start.append(len(node))
    return SparseRows(np.array(start), np.array(node, dtype=np.int32), np.array(weight), None)


@given(FLOWS)
def test_a_network_holds_each_link_once_whatever_it_is_made_of(flows):
    for network in (Network.of_matrix(flows), Network.of_rows(rows_of(flows), len(flows))):
        found = list(zip(network.origin, network.destination, network.weight, strict=True))
        assert found == links(flows)
        assert network.out_strength.sum() == pytest.approx(network.in_strength.sum())


@given(FLOWS, st.integers(0, 7))
def test_communes_alone_are_kept_of_rows_with_outside_cells(flows, n):
    n = min(n, len(flows))
    network = Network.of_rows(rows_of(flows), n)
    assert len(network.weight) == len(links(flows[:n, :n]))


@given(FLOWS)
def test_dominant_partner(flows):
    received = [sum(flows[i, j] for i in range(len(flows)) if i != j) for j in range(len(flows))]
    for i, found in enumerate(dominant_partner(Network.of_matrix(flows))):
        sent = [(w, -j) for a, j, w in links(flows) if a == i]
        best = -max(sent)[1] if sent else -1
        assert found == (best if sent and received[best] > received[i] else -1)


@given(FLOWS)
def test_domination_has_no_circle(flows):
    dominant = dominant_partner(Network.of_matrix(flows))
    for node in range(len(flows)):
        seen = set()
        while node >= 0:
            assert node not in seen
            seen.add(node)
            node = dominant[node]


@given(FLOWS)
def test_roles(flows):
    dominant = dominant_partner(Network.of_matrix(flows))
    for node, role in enumerate(dominance_role(dominant)):
        up, down = dominant[node] >= 0, node in dominant
        assert role == {(0, 0): 0, (0, 1): 1, (1, 1): 2, (1, 0): 3}[int(up), int(down)]


def test_another_size_gives_another_hierarchy() -> None:
    """A receives most, but B is larger once those who stay count (Ameginatif: O + D - I)."""
    flows = np.array([[0.0, 5.0, 0.0], [6.0, 900.0, 0.0], [4.0, 0.0, 0.0]])
    network = Network.of_matrix(flows)
    assert dominant_partner(network).tolist() == [-1, 0, 0]
    mass = flows.sum(axis=0) + flows.sum(axis=1) - flows.diagonal()
    assert dominant_partner(network, mass).tolist() == [1, -1, 0]


@given(FLOWS)
def test_disparity(flows):
    found = disparity(Network.of_matrix(flows))
    for p, (i, j, w) in zip(found, links(flows), strict=True):
        sent = [x for a, _, x in links(flows) if a == i]
        got = [x for _, b, x in links(flows) if b == j]
        ends = [(1 - w / sum(x)) ** (len(x) - 1) if len(x) > 1 else 1.0 for x in (sent, got)]
        assert p == pytest.approx(min(ends), abs=1e-12)


def squared_correlation(one, other):
    n = len(one)
    a, b = sum(one) / n, sum(other) / n
    both = sum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    return both**2 / math.prod(sum((x - m) ** 2 for x in v) for v, m in ((one, a), (other, b)))


@given(FLOWS)
def test_multiple_linkage(flows):
    """The k whose k equal shares fit best, tried one after the other."""
    for i, found in enumerate(multiple_linkage(Network.of_matrix(flows))):
        sent = sorted((w for a, _, w in links(flows) if a == i), reverse=True)
        n = len(sent)
        if len(set(sent)) < 2:
            assert found == n
            continue
        fits = [squared_correlation(sent, [1.0] * k + [0.0] * (n - k)) for k in range(1, n)]
        best = max(fits)
        assert found == next(k for k, fit in enumerate(fits, 1) if fit >= best - 1e-9)


def test_links_that_a_node_retains() -> None:
    flows = np.zeros((6, 6))
    flows[0, 1:] = [50, 48, 3, 2, 1]  # two stand out
    flows[1, [0, 2, 3]] = [9, 9, 9]  # none does: all count
    network = Network.of_matrix(flows)
    counts = multiple_linkage(network)
    assert counts.tolist() == [2, 3, 0, 0, 0, 0]
    kept = network.heaviest(counts)
    pairs = list(zip(network.origin[kept], network.destination[kept], strict=True))
    assert pairs == [(0, 1), (0, 2), (1, 0), (1, 2), (1, 3)]


def test_an_equal_link_is_kept_with_its_equal() -> None:
    network = Network.of_matrix(np.array([[0, 5, 5, 1], [0] * 4, [0] * 4, [0] * 4], dtype=float))
    assert len(network.heaviest(np.array([1, 0, 0, 0]))) == 2


def test_a_country_without_links_has_no_structure() -> None:
    network = Network.of_matrix(np.eye(3))
    assert dominant_partner(network).tolist() == [-1, -1, -1]
    assert disparity(network).size == 0
    assert multiple_linkage(network).tolist() == [0, 0, 0]
