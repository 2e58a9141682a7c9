"""The country is plausible: ranks of towns, legal thresholds, neighbours, history."""

import numpy as np
import pytest
import shapely

from maillage.synth.codes import commune_siren, with_key
from maillage.synth.country import Country
from maillage.synth.graph import Graph
from maillage.synth.invention import invent_country


def parts(graph: Graph, nodes: np.ndarray) -> int:
    """Connected parts of a set of nodes, by a walk."""
    left, count = set(nodes.tolist()), 0
    while left:
        count += 1
        front = [left.pop()]
        while front:
            near = set(graph.near(front.pop()).tolist()) & left
            left -= near
            front += near
    return count


def test_the_demo_has_the_announced_units(country: Country) -> None:
    assert len(country.code) == len(set(country.code)) == 500
    assert len(country.epci_siren) == 30
    assert len(country.departement_code) == 5
    assert len(country.region_name) == 2
    assert list(country.code) == sorted(country.code)


def test_towns_follow_rank_and_the_metropolis_stands_alone(country: Country) -> None:
    size = np.sort(country.settlement.agglomeration)[::-1]
    assert size[0] > 2.5 * size[1]
    slope = np.polyfit(np.log(np.arange(1, len(size))), np.log(size[1:]), 1)[0]
    assert -1.15 < slope < -0.75


def test_few_people_live_in_most_communes(country: Country) -> None:
    population = np.sort(country.population)[::-1]
    assert np.median(population) < 2_000
    assert population[:50].sum() > 0.5 * population.sum()


def test_places_tile_the_land_without_holes_nor_overlaps(country: Country) -> None:
    cells = country.places.cells
    assert shapely.is_valid(cells).all()
    assert shapely.coverage_is_valid(cells)
    assert shapely.area(cells).sum() == pytest.approx(country.land.outline.area, rel=1e-4)


def test_epci_are_in_one_piece_but_for_the_communes_that_left(country: Country) -> None:
    epci = country.groupings.epci
    pieces = [parts(country.graph, np.flatnonzero(epci == u)) for u in range(30)]
    assert sum(p > 1 for p in pieces) <= np.sum(epci < 0)


def test_natures_respect_the_legal_thresholds(country: Country) -> None:
    epci, natures = country.groupings.epci, country.groupings.nature
    total = np.bincount(epci[epci >= 0], weights=country.population[epci >= 0])
    assert all(total[u] >= 400_000 for u, n in enumerate(natures) if n == "METRO")
    assert all(total[u] >= 50_000 for u, n in enumerate(natures) if n in ("CA", "CU"))
    assert all(
        total[u] < 50_000 or n != "CC" or _no_large_centre(country, u)
        for u, n in enumerate(natures)
    )
    assert natures.count("METRO") == 1


def _no_large_centre(country: Country, unit: int) -> bool:
    return bool(country.population[country.groupings.epci == unit].max() < 15_000)


def test_some_epci_straddle_departements_and_regions(country: Country) -> None:
    groups = country.groupings
    units = [groups.epci == unit for unit in range(30)]
    assert sum(len(set(groups.departement[u])) > 1 for u in units) == country.scale.straddling
    assert any(len(set(groups.region[u])) > 1 for u in units)
    assert np.sum(groups.epci < 0) == country.scale.without_epci


def test_the_former_communes_and_the_new_ones_cover_the_same_places(country: Country) -> None:
    composition = country.composition
    assert len(composition.merged) == country.scale.mergers
    assert len(composition.split) == country.scale.splits
    assert len(composition.renamed) == country.scale.renames
    assert len(composition.moved) == 1
    moved = (composition.now != np.arange(len(composition.now))) | (
        composition.then != np.arange(len(composition.then))
    )
    departement = country.groupings.departement[country.commune]
    assert (departement[moved] == departement[composition.now[moved]]).all()


def test_sirens_have_their_key() -> None:
    assert with_key("73282932") == "732829320"  # the usual textbook example
    assert commune_siren("2A997").startswith("2120")


def test_another_seed_is_another_country(country: Country) -> None:
    other = invent_country("demo", 2)
    assert other.name != country.name
    assert not np.array_equal(other.settlement.population, country.settlement.population)


@pytest.mark.parametrize("seed", range(2, 8))
def test_any_seed_gives_a_country(seed: int) -> None:
    country = invent_country("demo", seed)
    assert shapely.coverage_is_valid(country.places.cells)
    assert parts(country.graph, np.arange(500)) == 1
    assert country.groupings.nature.count("METRO") == 1
    assert len(set(country.groupings.region)) == 2
