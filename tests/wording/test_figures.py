"""How a figure reads: what is unknown, partial, secret or fragile says so and is never a zero."""

import pytest

from maillage.engine.dataset import Coverage
from maillage.engine.precision import Precision, PrecisionMethod
from maillage.engine.secrecy import Secrecy, SecrecyStatus
from maillage.wording.figures import absent, amount, figure, signed_amount

EXACT = Precision(PrecisionMethod.EXACT, 10.0, 0.05, "A", "lisible")
POOR = Precision(PrecisionMethod.APPROXIMATE, 10.0, 0.4, "D", "fragile")


def test_a_sure_figure_is_a_number_with_its_grade():
    shown = figure(12345.6, "persons", EXACT)
    assert (shown.text, shown.known, shown.grade) == ("12\u202f346", True, "A")
    assert not shown.fragile
    assert not shown.approximate


def test_an_imprecise_figure_is_fragile_and_still_shown():
    shown = figure(40.0, "persons", POOR)
    assert (shown.text, shown.known, shown.fragile, shown.approximate) == ("40", True, True, True)


def test_a_small_census_count_is_fragile_whatever_its_grade():
    assert figure(150.0, "persons", EXACT).fragile
    assert not figure(150.0, "establishments", Precision(PrecisionMethod.COMPLETE)).fragile


@pytest.mark.parametrize(
    ("coverage", "text"),
    [(Coverage.ABSENT, "non couvert"), (Coverage.PARTIAL, "non donné")],
)
def test_what_the_universe_leaves_out_is_said(coverage, text):
    shown = figure(None, "persons", EXACT, coverage)
    assert (shown.text, shown.known) == (text, False)
    assert "0" not in absent(coverage).text


def test_a_lower_bound_says_so():
    shown = figure(10.0, "persons", EXACT, Coverage.PARTIAL)
    assert (shown.note, shown.minimum) == ("au moins", True)


def test_secrecy_gives_an_interval_where_the_rule_bounds_it():
    hidden = Secrecy(SecrecyStatus.HIDDEN, 2, 0, 8)
    shown = figure(None, "persons", EXACT, secrecy=hidden)
    assert (shown.text, shown.note) == (
        "secret statistique",
        "entre 0 et 8 avec les valeurs secrètes",
    )
    cut = Secrecy(SecrecyStatus.INCOMPLETE, 2, 1_000_000, None)
    assert figure(1e6, "eur", EXACT, secrecy=cut).note == "au moins, le reste est secret"


def test_amounts_follow_their_unit():
    assert amount(1_250_000_000.0, "eur") == "1,2\u00a0Md€"
    assert signed_amount(1180.0, "persons") == "+1\u202f180"
    assert signed_amount(-3.0, "persons") == "−3"
    assert signed_amount(0.2, "persons") == "0"
