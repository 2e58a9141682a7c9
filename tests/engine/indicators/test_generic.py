"""The generic battery against plain loops over (origin, destination, weight), and its laws."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maillage.catalog.load import load_catalog
from maillage.engine.battery import evaluate
from maillage.engine.profile import FlowProfile

CARDS = {id_: card for id_, card in load_catalog().indicators.items() if card.family == "generic"}
NOBODY = (np.zeros((2, 0)), np.zeros((2, 0)))
WEIGHTS = st.one_of(st.just(0.0), st.floats(0.5, 1e5, allow_subnormal=False))


@st.composite
def systems(draw, largest=6):
    """Flows between territories and cells outside, who are partners only."""
    n = draw(st.integers(1, largest))
    outside = draw(st.integers(0, 2))
    return draw(arrays(np.float64, (n + outside, n + outside), elements=WEIGHTS)), n


def mesh_inputs(flows, n):
    inner = flows.diagonal()
    return {
        "profile": FlowProfile.of_matrix(flows, n),
        "partner_origins": flows.sum(axis=1),
        "partner_destinations": flows.sum(axis=0),
        "partner_in_total": flows.sum(axis=0) - inner,
        "between_total": flows.sum() - inner.sum(),
    }


class Naive:
    """The definitions, word for word, for one territory ``p`` among partners ``range(k)``."""

    def __init__(self, flows, p):
        self.flows, self.p, self.k = flows.tolist(), p, len(flows)
        self.partners = range(self.k)
        self.internal = self.flows[p][p]
        self.out = [self.flows[p][q] if q != p else 0.0 for q in self.partners]
        self.into = [self.flows[q][p] if q != p else 0.0 for q in self.partners]
        self.x, self.n = math.fsum(self.out), math.fsum(self.into)
        self.o, self.d = self.internal + self.x, self.internal + self.n

    def origins(self, q):
        return math.fsum(self.flows[q])

    def destinations(self, q):
        return math.fsum(row[q] for row in self.flows)

    def territory(self):
        out = [f / self.x for f in self.out if f] if self.x else []
        into = [f / self.n for f in self.into if f] if self.n else []
        h_out, h_in = entropy(out), entropy(into)
        return {
            "self_containment": over(self.internal, self.o),
            "self_sufficiency": over(self.internal, self.d),
            "out_rate": over(self.x, self.o),
            "in_rate": over(self.n, self.d),
            "destinations_per_hundred_origins": 100 * over(self.d, self.o),
            "net": self.n - self.x,
            "exchange_volume": self.n + self.x,
            "relative_balance": over(self.n - self.x, self.n + self.x),
            "destination_count": len(out),
            "origin_count": len(into),
            "destination_concentration": hhi(out),
            "origin_concentration": hhi(into),
            "effective_destinations": over(1, hhi(out)),
            "effective_origins": over(1, hhi(into)),
            "destination_entropy": h_out,
            "origin_entropy": h_in,
            "destination_diversity": math.exp(h_out),
            "origin_diversity": math.exp(h_in),
            "destination_evenness": h_out / math.log(len(out)) if len(out) > 1 else math.nan,
            "origin_evenness": h_in / math.log(len(into)) if len(into) > 1 else math.nan,
            "first_destination_share": max(out, default=math.nan),
            "first_origin_share": max(into, default=math.nan),
        }

    def partner(self, q):
        sent, got = self.out[q], self.into[q]
        d_pq, d_qp = over(sent, self.o), over(got, self.origins(q))
        between = math.fsum(map(math.fsum, self.flows)) - math.fsum(
            self.flows[i][i] for i in self.partners
        )
        arriving = self.destinations(q) - self.flows[q][q]
        return {
            "bilateral_volume": sent + got,
            "bilateral_balance": got - sent,
            "bilateral_asymmetry": over(got - sent, got + sent),
            "dependence": d_pq,
            "partner_dependence": d_qp,
            "mutual_dependence": over(min(d_pq, d_qp), max(d_pq, d_qp))
            if not math.isnan(d_pq + d_qp)
            else math.nan,
            "association_ratio": over(sent * between, self.x * arriving),
            "link_strength": over(sent**2, self.o * self.destinations(q))
            + over(got**2, self.origins(q) * self.d),
        }


def over(part, whole):
    return part / whole if whole else math.nan


def hhi(parts):
    return math.fsum(s * s for s in parts) if parts else math.nan


def entropy(parts):
    return -math.fsum(s * math.log(s) for s in parts) if parts else math.nan


@given(systems())
def test_equals_plain_loops(system):
    flows, n = system
    found = evaluate(CARDS, mesh_inputs(flows, n))
    for p in range(n):
        naive = Naive(flows, p)
        for name, value in naive.territory().items():
            assert found[name][p] == pytest.approx(value, rel=1e-9, abs=1e-6, nan_ok=True), name
        for q in range(len(flows)):
            for name, value in naive.partner(q).items():
                close = pytest.approx(value, rel=1e-7, abs=1e-6, nan_ok=True)
                assert found[name][p, q] == close, name


@given(systems())
def test_one_territory_reads_as_its_row_of_the_mesh(system):
    flows, n = system
    inputs = mesh_inputs(flows, n)
    mesh = evaluate(CARDS, inputs)
    for p in range(n):
        whole = inputs["profile"]
        alone = FlowProfile(
            *(np.asarray(getattr(whole, f)[p]) for f in ("internal", "origins", "destinations")),
            whole.outgoing[p],
            whole.incoming[p],
        )
        for name, value in evaluate(CARDS, inputs | {"profile": alone}).items():
            np.testing.assert_allclose(value, mesh[name][p], rtol=1e-9, atol=1e-9, err_msg=name)


@given(systems(), st.randoms(use_true_random=False))
def test_the_order_of_territories_and_partners_is_indifferent(system, random):
    flows, n = system
    order = np.array(random.sample(range(n), n) + list(range(n, len(flows))))
    found = evaluate(CARDS, mesh_inputs(flows, n))
    shuffled = evaluate(CARDS, mesh_inputs(flows[np.ix_(order, order)], n))
    for name, values in found.items():
        moved = values[order[:n]]
        moved = moved[:, order] if values.ndim == 2 else moved
        np.testing.assert_allclose(shuffled[name], moved, rtol=1e-6, atol=1e-6, err_msg=name)


@given(systems(), st.floats(0.01, 100))
def test_what_has_no_unit_does_not_change_with_the_unit(system, factor):
    flows, n = system
    once, scaled = (evaluate(CARDS, mesh_inputs(k * flows, n)) for k in (1.0, factor))
    for name in once:
        power = 1 if CARDS[name].unit == "flow" else 0
        np.testing.assert_allclose(
            scaled[name], factor**power * once[name], rtol=1e-6, atol=1e-6, err_msg=name
        )


@given(systems())
def test_bounds_that_the_cards_state(system):
    flows, n = system
    found = evaluate(CARDS, mesh_inputs(flows, n))
    for name, card in CARDS.items():
        if name in found and (card.unit == "share" or "de 0 à 1" in card.unit_label):
            known = found[name][~np.isnan(found[name])]
            assert ((known >= -1e-9) & (known <= 1 + 1e-9)).all(), name
    known = found["link_strength"][~np.isnan(found["link_strength"])]
    assert (known <= 2 + 1e-9).all()


@given(systems())
def test_balances_cancel_on_a_closed_partition(system):
    flows, _ = system
    profile = FlowProfile.of_matrix(flows)
    found = evaluate(CARDS, {"profile": profile})
    assert found["net"].sum() == pytest.approx(0, abs=1e-6)
    assert profile.in_total.sum() == pytest.approx(profile.out_total.sum(), rel=1e-9, abs=1e-6)


@given(systems(), st.data())
def test_a_union_adds_what_it_makes_internal(system, data):
    """I(P∪Q) = I_P + I_Q + F_PQ + F_QP, and balances add."""
    flows, n = system
    assume(n >= 2)
    p, q = data.draw(st.permutations(range(n)))[:2]
    of = np.where(np.arange(len(flows)) == q, p, np.arange(len(flows)))
    merged = np.zeros_like(flows)
    np.add.at(merged, np.ix_(of, of), flows)
    before, after = FlowProfile.of_matrix(flows, n), FlowProfile.of_matrix(merged, n)
    joined = before.internal[p] + before.internal[q] + before.outgoing[p, q]
    assert after.internal[p] == pytest.approx(joined + before.incoming[p, q], rel=1e-9)
    net = {
        name: evaluate(CARDS, {"profile": x})["net"]
        for name, x in (("before", before), ("after", after))
    }
    assert net["after"][p] == pytest.approx(net["before"][p] + net["before"][q], abs=1e-6)


@settings(max_examples=30)
@given(systems())
def test_the_pooled_reference_is_the_ratio_of_sums(system):
    flows, n = system
    profile = FlowProfile.of_matrix(flows, n)
    pooled = evaluate(CARDS, {"profile": profile.summed()})
    for name, numerator, denominator in (
        ("self_containment", profile.internal, profile.origins),
        ("self_sufficiency", profile.internal, profile.destinations),
        ("out_rate", profile.out_total, profile.origins),
        ("in_rate", profile.in_total, profile.destinations),
    ):
        assert CARDS[name].pools
        expected = over(numerator.sum(), denominator.sum())
        assert float(pooled[name]) == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)


def test_a_profile_of_margins_alone_knows_nothing_of_partners() -> None:
    alone = np.array([3.0, 5.0])
    found = evaluate(CARDS, {"profile": FlowProfile(alone, 2 * alone, 3 * alone, *NOBODY)})
    assert found["self_containment"].tolist() == [0.5, 0.5]
    spread = {id_ for id_, card in CARDS.items() if "concentration" in card.function}
    for name in spread & set(found):
        assert np.isnan(found[name]).all(), name
