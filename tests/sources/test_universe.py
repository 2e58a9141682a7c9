"""What a file covers, told from its cells alone."""

from dataclasses import replace

import numpy as np
import pytest
from tests.sources.world import CODES, geography, mesh

from maillage.catalog.cards import UniverseRule
from maillage.engine.dataset import FlowCells, FlowMeta, Reach, Universe
from maillage.sources.universe import universe_of
from maillage.territory.geography import Geography

N = len(CODES)
DETECTED = UniverseRule(rule="detected", excludes=("Mayotte",))
LOIRE = ("44001", "44002", "44109")
META = FlowMeta("commuting", 2020, "persons", (), Universe(), 4, True, False, "public")


def cells(pairs, weight=1.0, world: Geography | None = None) -> FlowCells:
    index = (world or geography()).index
    origin, destination = zip(*((index[o], index[d]) for o, d in pairs), strict=True)
    weights = np.broadcast_to(np.asarray(weight, dtype=np.float64), len(pairs))
    ends = (np.array(side, dtype=np.int32) for side in (origin, destination))
    return FlowCells(META, *ends, weights, None)


def detected(pairs, weight=1.0, world: Geography | None = None) -> Universe:
    return universe_of(DETECTED, cells(pairs, weight, world), world or geography())


def product(origins, destinations):
    return [(o, d) for o in origins for d in destinations]


def test_a_national_file_has_no_scope():
    assert detected(product(CODES, CODES)).national
    assert detected(product(CODES, (*CODES, "@ETR"))).national


@pytest.mark.parametrize(
    ("pairs", "reach"),
    [
        (product(LOIRE, LOIRE), Reach.INSIDE),
        (product(LOIRE, (*LOIRE, "75056", "@ETR")), Reach.FROM),
        (product((*LOIRE, "75056"), LOIRE), Reach.TO),
        (product(LOIRE, (*LOIRE, "75056")) + product(("01001", "75056"), LOIRE), Reach.TOUCHING),
    ],
)
def test_a_departement_by_the_reach_of_its_moves(pairs, reach):
    (scope,) = detected(pairs).scopes
    assert (scope.level, scope.code, scope.reach) == ("departement", "44", reach)
    assert [CODES[node] for node in scope.communes] == list(LOIRE)
    assert "44" in scope.label


def test_a_commune_that_a_merger_took_over_the_edge_changes_nothing():
    pairs = [*product(LOIRE, LOIRE), ("01001", "44001")]
    (scope,) = detected(pairs, [100.0] * 9 + [0.5]).scopes
    assert (scope.code, scope.reach) == ("44", Reach.INSIDE)
    (wide,) = detected(pairs, [100.0] * 9 + [50.0]).scopes
    assert wide.reach is Reach.TO


def test_several_departements_are_named_and_a_whole_region_by_its_name():
    ends = (*LOIRE, "01001", "01002")
    (scope,) = detected(product(ends, ends)).scopes
    assert (scope.level, scope.code) == ("departement", "01+44")
    regions = mesh("region", 2025, {"99": (*CODES[:2], *LOIRE), "11": ("75056",)})
    world = replace(
        geography(), meshes=(*(m for m in geography().meshes if m.level != "region"), regions)
    )
    (region,) = detected(product(ends, ends), world=world).scopes
    assert (region.level, region.code) == ("region", "99")


def test_a_part_of_a_departement_is_its_communes_and_no_more():
    pairs = product(("44001", "44002"), ("44001", "44002"))  # two fifths of the population
    (scope,) = detected(pairs).scopes
    assert (scope.level, len(scope.communes)) == ("commune", 2)


def test_without_departements_the_communes_seen_are_the_scope():
    world = replace(geography(), meshes=())
    (scope,) = detected(product(LOIRE, LOIRE), world=world).scopes
    assert (scope.level, len(scope.communes)) == ("commune", 3)


def test_unknown_populations_count_every_commune_for_one():
    world = replace(geography(), population=np.full(N, np.nan))
    assert detected(product(CODES, CODES), world=world).national
    (scope,) = detected(product(LOIRE, LOIRE), world=world).scopes
    assert scope.code == "44"


def test_a_declared_universe_is_taken_at_its_word():
    rule = UniverseRule(rule="declared", level="epci", codes=("244400404",), label="dans l’EPCI")
    (scope,) = universe_of(rule, cells(product(CODES, CODES)), geography()).scopes
    assert (scope.code, scope.label, len(scope.communes)) == ("244400404", "dans l’EPCI", 3)
    national = UniverseRule(rule="national", excludes=("Mayotte",))
    universe = universe_of(national, cells(product(LOIRE, LOIRE)), geography())
    assert universe.national
    assert universe.excludes == ("Mayotte",)


@pytest.mark.parametrize(
    ("pairs", "reach", "said"),
    [
        (product(("44001", "44002"), ("44001", "44002", "75056")), Reach.FROM, "au départ des"),
        (product(("44001", "44002", "75056"), ("44001", "44002")), Reach.TO, "à destination des"),
        (
            product(("44001", "44002"), ("44001", "44002", "75056"))
            + product(("01001", "75056"), ("44001", "44002")),
            Reach.TOUCHING,
            "au départ ou à destination des",
        ),
    ],
)
def test_a_part_of_a_departement_by_the_reach_of_its_moves(pairs, reach, said):
    (scope,) = detected(pairs).scopes
    assert [CODES[node] for node in scope.communes] == ["44001", "44002"]
    assert scope.reach is reach
    assert scope.label == f"{said} 2\u00a0communes du fichier"


def test_a_single_commune_is_said_in_the_singular():
    (scope,) = detected(product(("44001",), ("44001", "75056"))).scopes
    assert scope.label == "au départ de la seule commune du fichier"


def test_moves_abroad_do_not_make_a_file_cover_the_rest_of_the_country():
    (leaving,) = detected(product(LOIRE, (*LOIRE, "@ETR"))).scopes
    (arriving,) = detected(product((*LOIRE, "@ETR"), LOIRE)).scopes
    assert (leaving.code, leaving.reach) == (arriving.code, arriving.reach) == ("44", Reach.INSIDE)


def test_a_departement_full_of_partners_is_not_covered():
    """44001 and 44002 exchange with every commune of their département, both ways."""
    own = ("44001", "44002")
    (scope,) = detected(product(own, LOIRE) + product(LOIRE, own)).scopes
    assert (scope.level, scope.reach) == ("commune", Reach.TOUCHING)
    assert [CODES[node] for node in scope.communes] == list(own)


def test_partners_all_over_the_country_do_not_make_a_file_national():
    (scope,) = detected(product(LOIRE, CODES) + product(CODES, LOIRE)).scopes
    assert (scope.code, scope.reach) == ("44", Reach.TOUCHING)
