"""Two territories: what they exchange, what they would cover as one, what they already share."""

import numpy as np
import pytest

from maillage.common.errors import InputError
from maillage.engine.dataset import Coverage, Scope, Universe
from maillage.observatory.common_perimeters import Surroundings
from maillage.observatory.pair import apart, pair
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh, stock

N = 8
EPCI = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(4)}
TABLE = {(0, 0): 50.0, (0, 2): 40.0, (0, 6): 10.0, (2, 0): 5.0, (3, 1): 15.0, (2, 2): 60.0}
SUPPLY = {"electricity": [9] * 2 + [1] * 6, "heat": [1] * 2 + [9] * 6, "gas": [1] * N}
NEED = {"electricity": [4] * N, "heat": [4] * N, "gas": [2] * N}


@pytest.fixture
def edition(make_edition):
    stocks = [
        stock(values, name=f"energy_{side}_{group}")
        for side, table in (("supply", SUPPLY), ("need", NEED))
        for group, values in table.items()
    ]
    meshes = (
        mesh("epci", EPCI),
        mesh("scot", {"s1": range(4)}),
        mesh("crte", {"c1": [0, 2], "c2": range(2)}, partition=False),
        mesh("pvd", {"p1": [1], "p2": [3], "p3": [7]}),
        mesh("densite", {"1": range(8)}),
    )

    def make(*flows):
        return make_edition(*flows, stocks=stocks, geography=country(N, meshes))

    return make


def ask(edition, here="200000000", other="200000001"):
    geography = edition.geography
    return pair(edition, parse_perimeter(here, geography), parse_perimeter(other, geography))


def flow(found, id="commuting"):
    return next(flow for flow in found.flows if flow.flow == id)


def theme(found, id="energy"):
    return next(theme for theme in found.themes if theme.id == id)


def test_both_ways_and_their_part_on_each_side(edition):
    found = flow(ask(edition(cells(TABLE))))
    assert (found.exchange.outgoing, found.exchange.incoming) == (40.0, 20.0)
    assert found.shares.of_departures == pytest.approx(40 / 50)
    assert found.shares.of_arrivals == pytest.approx(1.0)
    assert found.shares.of_other_departures == pytest.approx(1.0)
    assert found.shares.of_other_arrivals == pytest.approx(1.0)


def test_seen_from_the_other_side_everything_is_turned_round(edition):
    flows = edition(cells(TABLE))
    here, there = ask(flows), ask(flows, "200000001", "200000000")
    ours, theirs = flow(here), flow(there)
    assert ours.exchange.outgoing == theirs.exchange.incoming
    assert ours.shares.of_departures == theirs.shares.of_other_departures
    assert theme(here).to_other == theme(there).from_other
    assert theme(here).gain == pytest.approx(theme(there).gain)
    link = {tie.id: tie.value for tie in ours.ties}["link_strength"]
    back = {tie.id: tie.value for tie in theirs.ties}["link_strength"]
    assert link == pytest.approx(back)


def test_no_exchange_is_a_zero_where_the_file_sees_both(edition):
    found = flow(ask(edition(cells(TABLE)), "200000001", "200000003"))
    assert found.exchange.outgoing == 0.0
    assert found.shares.of_departures == 0.0


def test_what_the_file_does_not_hold_is_no_zero(edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.arange(2, dtype=np.int32))
    found = flow(ask(edition(cells({(0, 1): 4.0}, universe=Universe((scope,))))))
    assert found.exchange.outgoing is None
    assert found.exchange.coverage is Coverage.ABSENT
    assert found.shares.of_departures is None
    assert found.ties == ()


def test_a_family_without_a_file_says_why(edition):
    found = flow(ask(edition(cells(TABLE))), "school")
    assert found.exchange is None
    assert "aucun fichier" in found.missing


def test_expected_flows_are_those_of_the_whole_system(edition):
    table = {(o, d): 30.0 / (1 + abs(o - d)) for o in range(N) for d in range(N)}
    found = flow(ask(edition(cells(table))))
    assert found.expected.outgoing == pytest.approx(found.exchange.outgoing, rel=0.5)
    alone = flow(ask(edition(cells(table)), "00001"))
    assert alone.expected is None


def test_together_they_cover_what_each_has_and_the_other_lacks(edition):
    found = theme(ask(edition(cells(TABLE))))
    # Ours: 18 2 2 for 8 8 4; theirs: 2 18 2 for 8 8 4; as one: 20 20 4 for 16 16 8.
    assert found.coverage_here == pytest.approx((8 + 2 + 2) / 20)
    assert found.apart == pytest.approx(24 / 40)
    assert found.together == pytest.approx((16 + 16 + 4) / 40)
    assert found.gain == pytest.approx(found.together - found.apart)
    by_id = {group.id: group for group in found.groups}
    assert (by_id["electricity"].to_other, by_id["electricity"].from_other) == (6.0, 0.0)


def test_unknown_quantities_are_said(edition):
    found = theme(ask(edition(cells(TABLE))), "food")
    assert found.gain is None
    assert "« Céréales »" in found.missing


def test_common_perimeters_tell_those_that_hold_both(edition):
    found = ask(edition(cells(TABLE))).common
    shown = {(p.id, p.whole) for p in found.perimeters}
    assert shown == {("s1", True), ("c1", False)}
    [programme] = found.programmes
    assert (programme.here, programme.other) == (("Commune 2",), ("Commune 4",))


def test_surroundings_of_far_ones_have_nothing_in_common(edition):
    flows = edition(cells(TABLE))
    here, far = (parse_perimeter(id, flows.geography) for id in ("200000000", "200000002"))
    found = Surroundings(flows, here).common(far)
    assert found.perimeters == ()
    assert found.programmes == ()


def test_the_other_has_its_place_among_the_neighbours(edition):
    found = ask(edition(cells(TABLE)))
    assert found.place.id == "200000001"
    assert found.place.link >= found.strong_link
    assert ask(edition(cells(TABLE)), other="00004").place is None


def test_a_territory_is_no_pair_with_itself(edition):
    flows = edition(cells(TABLE))
    with pytest.raises(InputError, match="deux fois le même"):
        ask(flows, other="200000000")


def test_what_is_inside_is_no_other_but_the_rest_of_what_holds_us_is(edition):
    flows = edition(cells(TABLE))
    with pytest.raises(InputError, match="tout entier dans"):
        ask(flows, other="00001")
    found = ask(flows, here="00001", other="200000000")
    assert found.shared == 1
    assert found.other.communes == 2
    assert flow(found).exchange.outgoing == 0.0


def test_communes_of_both_are_counted_once(edition):
    flows = edition(cells(TABLE))
    here = Perimeter.of(flows.geography, [0, 1, 2])
    rest, shared = apart(flows, here, parse_perimeter("200000001", flows.geography))
    assert (list(rest.communes), shared) == ([3], 1)
    assert rest.name == "epci 200000001"
