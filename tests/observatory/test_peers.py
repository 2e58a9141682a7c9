"""Who resembles a territory: on published variables, never on the figure compared."""

from dataclasses import replace

import numpy as np
import pytest

from maillage.common.errors import NotFoundError
from maillage.observatory.peers import peers
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import country, mesh, stock

N = 20
#: Population of the two communes of each EPCI, and its share of dwellings left vacant.
PEOPLE = [p for u in range(10) for p in (1000.0 * (u + 1), 1000.0 * (u + 1))]
VACANT = [1.0, 9.0, 2.0, 1.0, 9.0, 5.0, 5.0, 5.0, 5.0, 5.0]


@pytest.fixture
def edition(make_edition):
    units = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(10)}
    geography = replace(country(N, (mesh("epci", units),)), population=np.array(PEOPLE))
    vacant = [v * 10 for v in VACANT for _ in range(2)]
    stocks = (
        stock([100.0] * N, name="dwellings"),
        stock(vacant, name="dwellings_vacant"),
    )
    return make_edition(stocks=stocks, geography=geography)


def ask(edition, territory="200000000", **options):
    return peers(edition, parse_perimeter(territory, edition.geography), **options)


def test_the_nearest_come_first_and_the_territory_is_not_its_own_peer(edition):
    found = ask(edition, limit=3)
    assert "200000000" not in {peer.id for peer in found.peers}
    assert found.peers[0].id == "200000002"  # three times as many people, as few empty dwellings
    distances = [peer.distance for peer in found.peers]
    assert distances == sorted(distances)
    assert found.candidates == 9


def test_the_largest_are_told_apart_though_extremes_are_held(make_edition):
    """The winsorised tail makes the largest equal: the nearest in size still comes first."""
    sizes = [100.0] * 300 + [50_000.0, 90_000.0, 60_000.0, 900_000.0, 70_000.0, 80_000.0]
    units = {f"{200000000 + u}": [2 * u, 2 * u + 1] for u in range(len(sizes))}
    geography = country(2 * len(sizes), (mesh("epci", units),))
    people = np.repeat(sizes, 2)
    edition = make_edition(geography=replace(geography, population=people))
    found = ask(edition, "200000304", limit=5)
    tail = [peer.population for peer in found.peers if peer.distance == 0]
    assert tail == [160_000.0, 180_000.0, 1_800_000.0]


def test_variables_are_told_with_their_reason_and_those_left_out_too(edition):
    found = ask(edition)
    assert [variable.id for variable in found.variables] == ["population", "vacant_dwellings"]
    assert found.variables[0].value == pytest.approx(2000.0)
    assert found.variables[1].value == pytest.approx(0.1)
    assert all(variable.reason for variable in found.variables)
    assert "Densité" in found.left_out


def test_what_sets_two_territories_apart_is_shared_among_variables(edition):
    found = ask(edition)
    for peer in found.peers:
        assert sum(peer.drivers) == pytest.approx(1)
        assert len(peer.values) == 2


def test_the_reader_pins_and_drops(edition):
    found = ask(edition, limit=2, pin=("200000009",), drop=("200000002",))
    assert next(peer.id for peer in found.peers) == "200000009"
    assert found.peers[0].pinned
    assert len(found.peers) == 3
    assert "200000002" not in {peer.id for peer in found.peers}
    assert found.dropped == ("200000002",)


def test_a_territory_of_another_kind_cannot_be_pinned(edition):
    with pytest.raises(NotFoundError, match="comparable"):
        ask(edition, pin=("00001",))


def test_a_free_perimeter_is_compared_with_perimeters_grown_to_its_size(edition):
    geography = edition.geography
    free = Perimeter.of(geography, [0, 1, 2, 3, 4])  # two EPCI and a half: 9,000 people
    found = peers(edition, free, limit=20)
    assert found.built == "grown"
    for peer in found.peers:
        communes = parse_perimeter(peer.id, geography).communes
        assert not set(communes) & {0, 1, 2, 3, 4}
        assert 4_000 <= peer.population <= 20_000


def test_a_free_perimeter_as_large_as_the_country_but_one_has_nothing_like_it(edition):
    most = Perimeter.of(edition.geography, range(19))
    with pytest.raises(NotFoundError, match="recouvre"):
        peers(edition, most)


def test_communes_are_compared_with_communes(edition):
    found = ask(edition, "00003", limit=2)
    assert next(peer.id for peer in found.peers) == "00004"
    assert found.peers[0].distance == 0.0


def test_the_country_has_no_peer_and_no_stock_no_answer(edition, make_edition):
    with pytest.raises(NotFoundError, match="semblable"):
        ask(edition, "pays")
    bare = country(8)
    empty = make_edition(geography=replace(bare, population=np.full(8, np.nan)))
    with pytest.raises(NotFoundError, match="stocks"):
        ask(empty, "200000001")
