"""Place of a territory in the system, the system inside it, and its ties."""

import numpy as np
import pytest

from maillage.engine.dataset import Scope, Universe
from maillage.engine.models import expected_flow
from maillage.observatory.links import links
from maillage.observatory.places import unit_distances
from maillage.observatory.record import record
from maillage.observatory.structure import structure
from maillage.observatory.systems import inner_network
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh

N = 12
#: Six EPCI of two communes; the third is the pole, the first depends on the second.
TABLE = {
    (0, 2): 50.0,
    (0, 4): 5.0,
    (2, 4): 60.0,
    (2, 0): 3.0,
    (6, 4): 70.0,
    (8, 4): 40.0,
    (10, 4): 30.0,
    (4, 6): 10.0,
    (10, 8): 1.0,
    (4, 5): 8.0,
    (5, 4): 2.0,
}


@pytest.fixture
def edition(make_edition):
    units = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(6)}

    def make(**facts):
        geography = country(N, (mesh("epci", units),))
        return make_edition(cells(TABLE, **facts), geography=geography)

    return make


def inside(*communes):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.array(communes, dtype=np.int32))
    return Universe((scope,))


def ask(edition, territory, question=structure, **options):
    perimeter = parse_perimeter(territory, edition.geography)
    return question(edition, "commuting", perimeter, **options)


def test_the_hierarchy_of_dominant_flows(edition):
    flows = edition()
    first, second, pole = (ask(flows, f"20000000{u}").place for u in range(3))
    assert first.dominant.id == "200000001"
    assert second.dominant.id == "200000002"
    assert pole.dominant is None
    assert {one.id for one in pole.dominated} == {f"20000000{u}" for u in (1, 3, 4, 5)}
    assert (first.role, second.role, pole.role) == ("Dominé", "Intermédiaire", "Dominant")


def test_links_carry_their_chance_and_what_distance_foretells(edition):
    flows = edition()
    place = ask(flows, "200000002").place
    heaviest = place.links[0]
    assert (heaviest.partner.id, heaviest.outgoing, heaviest.weight) == ("200000003", False, 70.0)
    matrix = flows.dense("commuting", 2021, "epci").profile.outgoing[:, :6]
    expected = expected_flow(matrix, unit_distances(flows, "epci"))[3, 2]
    assert heaviest.expected == pytest.approx(expected)
    assert heaviest.residual == pytest.approx(70 / expected)
    weights = [link.weight for link in place.links]
    assert weights == sorted(weights, reverse=True)
    assert ask(flows, "200000002", limit=1).place.links == place.links[:1]


def test_poles_inside_a_territory(edition):
    found = ask(edition(), "200000000+200000001+200000002").inside
    assert found.communes == 6
    assert [(pole.commune.id, pole.received) for pole in found.poles] == [
        ("00005", 67.0),
        ("00003", 50.0),
        ("00006", 8.0),
        ("00001", 3.0),
    ]
    assert found.rank_size_slope is None  # four poles only


def test_the_inner_network_is_the_cells_between_two_members(edition):
    flows = edition()
    members = np.array([0, 2, 4], dtype=np.int32)
    network = inner_network(flows.matrix("commuting", 2021), members)
    found = dict(
        zip(
            zip(network.origin.tolist(), network.destination.tolist(), strict=True),
            network.weight.tolist(),
            strict=True,
        )
    )
    assert found == {(0, 1): 50.0, (0, 2): 5.0, (1, 0): 3.0, (1, 2): 60.0}


def test_what_cannot_be_placed_says_why(edition):
    flows = edition()
    free = ask(flows, "200000000+00003")
    assert free.place is None
    assert "découpage" in free.no_place
    assert free.inside is not None
    commune = ask(flows, "00001")
    assert commune.inside is None
    assert "Une seule commune" in commune.no_inside


def test_a_file_of_one_part_of_the_country_places_nobody(edition):
    cut = ask(edition(universe=inside(0, 1, 2, 3)), "200000000")
    assert cut.place is None
    assert "tronqués" in cut.no_place
    assert cut.inside is not None
    out = ask(edition(universe=inside(0, 2)), "200000000")
    assert out.inside is None


def test_ties_with_partners(edition):
    found = ask(edition(), "200000001", links)
    ids = [one.id for one in found.indicators]
    rows = {link.id: dict(zip(ids, link.values, strict=True)) for link in found.links}
    assert list(rows) == ["200000002", "200000000"]
    assert rows["200000000"]["bilateral_volume"] == 53.0
    assert rows["200000000"]["bilateral_balance"] == 47.0
    assert rows["200000002"]["dependence"] == pytest.approx(60 / 63)
    # F_PQ² / (O_P D_Q) + F_QP² / (O_Q D_P)
    assert rows["200000000"]["link_strength"] == pytest.approx(3**2 / (63 * 3) + 50**2 / (55 * 50))


def test_ties_are_not_told_when_the_totals_are_cut(edition):
    found = ask(edition(universe=inside(*range(6))), "200000001", links)
    assert found.links == ()
    assert "à l’intérieur du 44" in found.refusal


def test_a_free_perimeter_has_ties_too(edition):
    flows = edition()
    free = Perimeter.of(flows.geography, [0, 2])
    found = links(flows, "commuting", free)
    assert found.links[0].id == "200000002"


def test_answers_are_plain_values(edition):
    flows = edition()
    assert record(ask(flows, "200000002"))["place"]["links"]
    assert record(ask(flows, "200000001", links))["links"]
