"""Graphs and grown territories, against slow and obvious versions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.synth.graph import Graph, link
from maillage.synth.growth import absorb_smallest, grow, spread_centres

edges = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


def grid(side: int) -> tuple[Graph, np.ndarray]:
    """A square grid of places one apart."""
    nodes = np.arange(side * side)
    right, up = nodes[nodes % side < side - 1], nodes[:-side]
    one, other = np.r_[right, up], np.r_[right + 1, up + side]
    return link(one, other, side * side), np.c_[nodes % side, nodes // side].astype(float)


@given(edges)
def test_neighbours_are_those_of_the_links(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    graph = link(one, other, 12)
    for node in range(12):
        expected = {b for a, b in pairs if a == node} | {a for a, b in pairs if b == node}
        assert graph.near(node).tolist() == sorted(expected - {node})


@given(edges, st.lists(st.integers(-1, 3), min_size=12, max_size=12))
def test_merged_graph_links_groups_of_linked_nodes(
    pairs: list[tuple[int, int]], group: list[int]
) -> None:
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    merged = link(one, other, 12).merge(np.array(group), 4)
    for unit in range(4):
        expected = {group[b] for a, b in pairs if group[a] == unit}
        expected |= {group[a] for a, b in pairs if group[b] == unit}
        assert set(merged.near(unit).tolist()) == expected - {unit, -1}


def test_without_advantage_each_place_goes_to_its_nearest_centre() -> None:
    graph, xy = grid(9)
    centres = np.array([0, 80])
    owner = grow(graph, xy, centres, np.ones(2))
    walk = np.abs(xy[:, None] - xy[centres]).sum(axis=2)
    clear = walk[:, 0] != walk[:, 1]
    assert (owner[clear] == walk.argmin(axis=1)[clear]).all()


def test_a_faster_front_takes_more() -> None:
    graph, xy = grid(9)
    owner = grow(graph, xy, np.array([0, 80]), np.array([3.0, 1.0]))
    assert (owner == 0).sum() > 0.6 * len(xy)


def test_centres_spread_to_the_far_corners() -> None:
    _, xy = grid(9)
    assert sorted(spread_centres(xy, np.array([40]), 5)) == [0, 8, 40, 72, 80]


def test_the_smallest_territories_are_absorbed_by_neighbours() -> None:
    graph, xy = grid(6)
    owner = grow(graph, xy, np.array([0, 5, 30, 35]), np.ones(4))
    size = np.where(owner == 1, 0.1, 1.0)
    left = absorb_smallest(graph, owner, size, 3)
    assert set(left) == {0, 1, 2}
    assert len(set(left[owner == 1])) == 1
    assert (left[owner == 1][0] == left).sum() > (owner == 1).sum()
