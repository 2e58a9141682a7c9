"""Precision of ties, stocks and themes: worked out another way, or its absence explained."""

import numpy as np
import pytest

from maillage.engine.battery import evaluate
from maillage.engine.precision import WHY, Unmeasured
from maillage.engine.profile import FlowProfile
from maillage.observatory.cooperation import cooperation
from maillage.observatory.links import links, tie_cards
from maillage.observatory.pair import pair
from maillage.observatory.portrait import portrait
from maillage.observatory.record import record
from maillage.observatory.structure import structure
from maillage.observatory.supply_need import supply_need
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh, stock

N = 4  # EPCI of two communes
UNITS = {f"20000000{u}": [2 * u, 2 * u + 1] for u in range(N)}
WEIGHT = 4.0


@pytest.fixture
def edition(make_edition):
    def make(*flows, stocks=()):
        geography = country(2 * N, (mesh("epci", UNITS, natures=("CC",) * N),))
        return make_edition(*flows, stocks=stocks, geography=geography)

    return make


def drawn(seed):
    """What goes from commune to commune, everywhere some."""
    weights = np.random.default_rng(seed).uniform(20, 900, (2 * N, 2 * N)).round(3)
    return {(i, j): float(weights[i, j]) for i in range(2 * N) for j in range(2 * N)}


def by_unit(table):
    flows = np.zeros((N, N))
    for (i, j), weight in table.items():
        flows[i // 2, j // 2] += weight
    return flows


def figures(cards, flows, between):
    """Every indicator of the first unit with each, from the whole matrix."""
    profile = FlowProfile.of_matrix(flows)
    inside = flows.diagonal()
    inputs = {
        "profile": profile,
        "partner_origins": flows.sum(axis=1),
        "partner_destinations": flows.sum(axis=0),
        "partner_in_total": flows.sum(axis=0) - inside,
        "between_total": np.asarray(between),
    }
    return {id: values[0] for id, values in evaluate(cards, inputs).items()}


@pytest.mark.parametrize("seed", range(3))
def test_the_error_of_a_tie_is_that_of_its_cells_one_by_one(edition, seed):
    """Each cell of the country is moved in its turn: √Σ (∂g/∂cell)² V(cell)."""
    table = drawn(seed)
    held = edition(cells(table, mean_weight=WEIGHT))
    found = links(held, "commuting", parse_perimeter("200000000", held.geography))
    cards, flows = tie_cards(held, "commuting"), by_unit(table)
    between = flows.sum() - flows.trace()
    start, variance = figures(cards, flows, between), {id: np.zeros(N) for id in cards}
    for i in range(N):
        for j in range(N):
            moved = flows.copy()
            step = 1e-5 * flows[i, j]
            moved[i, j] += step
            for id, values in figures(cards, moved, between).items():
                slope = (values - start[id]) / step
                variance[id] += slope**2 * (WEIGHT - 1) * flows[i, j]
    ids = [one.id for one in found.indicators]
    assert set(ids) == set(cards)
    assert len(found.links) == N - 1
    for link in found.links:
        unit = int(link.code[-1])
        for id, value, precision in zip(ids, link.values, link.precision, strict=True):
            assert value == pytest.approx(start[id][unit])
            assert precision.standard_error == pytest.approx(variance[id][unit] ** 0.5, rel=5e-3)
            assert (precision.method.value, precision.why) == ("approximate", None)


def test_a_volume_and_a_share_are_graded_a_balance_is_not(edition):
    held = edition(cells(drawn(1), mean_weight=WEIGHT))
    found = links(held, "commuting", parse_perimeter("200000000", held.geography))
    told = dict(zip([i.id for i in found.indicators], found.links[0].precision, strict=True))
    assert told["bilateral_volume"].grade == "A"
    assert told["dependence"].grade in {"A", "B"}
    assert told["bilateral_balance"].grade is None
    assert told["bilateral_balance"].standard_error > 0


@pytest.mark.parametrize(
    ("facts", "why"),
    [({}, "no_weights"), ({"estimated": True, "mean_weight": WEIGHT}, "estimated")],
)
def test_without_weights_every_tie_says_why(edition, facts, why):
    held = edition(cells(drawn(1), **facts))
    here = parse_perimeter("200000000", held.geography)
    for link in links(held, "commuting", here).links:
        for precision in link.precision:
            assert (precision.method.value, precision.standard_error) == ("unknown", None)
            assert (precision.why.value, precision.why_label) == (why, WHY[precision.why])


def test_a_partner_that_holds_part_of_the_territory_is_not_measured_by_its_totals(edition):
    held = edition(cells(drawn(2), mean_weight=WEIGHT))
    found = links(held, "commuting", parse_perimeter("00001", held.geography))
    told = {
        link.code: dict(zip((i.id for i in found.indicators), link.precision, strict=True))
        for link in found.links
    }
    own, other = told["200000000"], told["200000002"]
    assert own["partner_dependence"].why is Unmeasured.OVERLAP
    assert own["bilateral_volume"].why is None
    assert other["partner_dependence"].why is None


def test_a_full_count_has_no_error_and_a_survey_without_draw_has_none_known(edition):
    table = drawn(3)
    counted = edition(cells(table, mean_weight=1.0))
    here = parse_perimeter("200000000", counted.geography)
    precision = links(counted, "commuting", here).links[0].precision[0]
    assert (precision.method.value, precision.standard_error) == ("complete", 0.0)
    alone = edition(cells(table, sq=table))  # every weight is 1
    why = links(alone, "commuting", here).links[0].precision[0].why
    assert why is Unmeasured.NOBODY_DRAWN


def test_the_two_pages_of_a_pair_say_the_same(edition):
    held = edition(cells(drawn(1), mean_weight=WEIGHT))
    here, other = (parse_perimeter(code, held.geography) for code in ("200000000", "200000002"))
    found = links(held, "commuting", here)
    sure = next(link.precision for link in found.links if link.code == "200000002")
    listed = dict(zip((i.id for i in found.indicators), sure, strict=True))
    flow = next(f for f in pair(held, here, other).flows if f.flow == "commuting")
    assert flow.ties
    for tie in flow.ties:
        assert tie.precision.standard_error == pytest.approx(listed[tie.id].standard_error)
    near = cooperation(held, "commuting", here, radius_km=500)
    partner = next(p for p in near.partners if p.id == "200000002")
    assert partner.link_precision == listed["link_strength"]
    assert near.complement_precision.why is Unmeasured.THEORETICAL


def test_links_and_poles_of_a_structure_carry_the_error_of_their_cells(edition):
    table = drawn(1)
    held = edition(cells(table, mean_weight=WEIGHT))
    found = structure(held, "commuting", parse_perimeter("200000000", held.geography))
    for link in found.place.links:
        assert link.precision.standard_error == pytest.approx((3 * link.weight) ** 0.5)
        assert (link.secrecy.status.value, link.secrecy.low) == (
            "public",
            pytest.approx(link.weight),
        )
    for pole in found.inside.poles:
        assert pole.precision.standard_error == pytest.approx((3 * pole.received) ** 0.5)
    assert len(found.inside.poles) == 2


def test_a_stock_and_a_theme_say_why_their_error_is_unknown(make_edition, demo_edition):
    here = Perimeter.of(demo_edition.geography, range(40))
    for cited in portrait(demo_edition, here).stocks:
        assert cited.precision.why in {None, Unmeasured.NO_WEIGHTS}
        assert cited.secrecy.status.value in {"public", "released", "incomplete"}
    for theme in supply_need(demo_edition, here).themes:
        assert theme.precision.why is Unmeasured.THEORETICAL
        for group in theme.groups:
            for side in ("supply", "need"):
                precision = getattr(group.precision, side)
                assert precision.why is not None
                assert (getattr(group, side) is None) == (precision.why is Unmeasured.NOT_GIVEN)


def test_a_hidden_part_makes_a_stock_a_lower_bound(make_edition):
    jobs = stock([10.0, np.nan, *[5.0] * 6], name="jobs", suppressed=[1])
    held = make_edition(cells({(0, 0): 5.0}), stocks=(jobs,))
    cited = next(one for one in portrait(held, Perimeter.of(held.geography, [0, 1])).stocks)
    assert (cited.value, cited.partial) == (10.0, True)
    assert (cited.secrecy.status.value, cited.secrecy.hidden_cells) == ("incomplete", 1)
    assert (cited.secrecy.low, cited.secrecy.high) == (10.0, None)


def test_no_precision_is_ever_left_out_without_its_reason(demo_edition):
    """Every precision of every answer: an error, or why there is none."""
    here = parse_perimeter(demo_edition.geography.mesh("epci").codes[0], demo_edition.geography)
    answers = (
        links(demo_edition, "commuting", here),
        structure(demo_edition, "wages", here),
        cooperation(demo_edition, "commuting", here),
        supply_need(demo_edition, here),
        portrait(demo_edition, here),
    )
    seen = [one for answer in answers for one in _precisions(record(answer))]
    assert len(seen) > 100
    for one in seen:
        assert (one["standard_error"] is None) == (one["why"] is not None) == bool(one["why_label"])


def _precisions(told):
    if isinstance(told, list):
        for one in told:
            yield from _precisions(one)
    if isinstance(told, dict):
        if "why_label" in told:
            yield told
        for value in told.values():
            yield from _precisions(value)
