"""With whom to cooperate: links and complementarities, crossed."""

import numpy as np
import pytest

from maillage.engine.dataset import Scope, Universe
from maillage.engine.profile import FlowProfile
from maillage.observatory.cooperation import cooperation, link_chances
from maillage.observatory.record import record
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh, stock

N = 10
#: Five EPCI of two communes on a line. The first sends to the second, has heat, lacks gas.
TABLE = {(0, 0): 50.0, (0, 2): 40.0, (0, 4): 2.0, (2, 2): 60.0, (4, 4): 80.0, (6, 6): 30.0}
SUPPLY = {"electricity": [1] * N, "heat": [9, 9, 1, 1, 9, 9, 1, 1, 1, 1], "gas": [0] * 6 + [9] * 4}
NEED = {"electricity": [1] * N, "heat": [5] * N, "gas": [4] * N}


@pytest.fixture
def edition(make_edition):
    units = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(5)}
    stocks = [
        stock(values, name=f"energy_{side}_{group}")
        for side, table in (("supply", SUPPLY), ("need", NEED))
        for group, values in table.items()
    ]

    def make(*flows, stocks=stocks):
        return make_edition(*flows, stocks=stocks, geography=country(N, (mesh("epci", units),)))

    return make


def ask(edition, territory="200000000", **options):
    return cooperation(
        edition, "commuting", parse_perimeter(territory, edition.geography), **options
    )


def by_id(found):
    return {partner.id: partner for partner in found.partners}


def test_complementarity_is_what_one_has_and_the_other_lacks(edition):
    found = by_id(ask(edition(cells(TABLE))))
    # To the second: 8 of surplus heat meet a deficit of 8 out of 10, one group in three.
    assert found["200000001"].to_partner == pytest.approx(0.8 / 3)
    assert found["200000001"].from_partner == 0.0
    # The fourth has the gas that is lacking: 8 out of 8, one group in three.
    assert found["200000003"].from_partner == pytest.approx(1 / 3)
    assert found["200000003"].reciprocity == pytest.approx(2 * 0.8 / 1.8)


def test_links_are_smart_s_index(edition):
    found = by_id(ask(edition(cells(TABLE))))
    assert found["200000001"].link == pytest.approx(40**2 / (92 * 100))
    assert found["200000001"].outgoing == 40.0


def test_quadrants_follow_the_medians_of_the_partners_shown(edition):
    found = ask(edition(cells(TABLE)))
    shown = by_id(found)
    assert found.strong_link == pytest.approx(np.median([p.link for p in shown.values()]))
    for partner in shown.values():
        strong = (
            partner.link >= found.strong_link,
            partner.complementarity >= found.strong_complement,
        )
        assert partner.quadrant == 2 * strong[0] + strong[1]
        assert partner.quadrant_label
    order = [partner.quadrant for partner in found.partners]
    assert order == sorted(order, reverse=True)


def test_only_neighbours_are_shown_and_never_the_territory_itself(edition):
    flows = edition(cells(TABLE))
    assert set(by_id(ask(flows, radius_km=30.0))) == {"200000001"}
    assert "200000000" not in by_id(ask(flows, radius_km=1e6))


def test_a_territory_astride_keeps_the_rest_of_its_epci_as_a_partner(edition):
    flows = edition(cells(TABLE))
    free = Perimeter.of(flows.geography, [0, 1, 2])
    found = by_id(cooperation(flows, "commuting", free))
    assert "200000000" not in found
    assert "200000001" in found


def test_without_complete_themes_the_reason_is_said(edition):
    found = ask(edition(cells(TABLE), stocks=()))
    assert found.themes == ()
    assert "complémentarité" in found.missing
    assert {partner.quadrant for partner in found.partners} == {None}
    assert found.partners[0].quadrant_label == "Inconnu"


def test_themes_can_be_chosen(edition):
    found = ask(edition(cells(TABLE)), themes=("food",))
    assert found.themes == ()
    assert ask(edition(cells(TABLE)), themes=("energy",)).themes[0].title == "Énergie"


def test_a_cut_file_gives_no_link(edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.arange(8, dtype=np.int32))
    found = ask(edition(cells(TABLE, universe=Universe((scope,)))))
    assert {partner.link for partner in found.partners} == {None}
    assert found.partners[0].to_partner is not None


def test_a_link_stands_out_against_an_even_spread():
    flows = np.array([90.0, 2, 2, 2, 2, 2, 0])
    none = np.zeros(7)
    profile = FlowProfile(none[0], none[0], none[0], flows, none)
    chances = link_chances(profile)
    assert chances[0] == pytest.approx(0.1**5)
    assert chances[1] == pytest.approx(0.98**5)
    assert chances[6] == 1.0


def test_answers_are_plain_values(edition):
    assert record(ask(edition(cells(TABLE))))["partners"]
