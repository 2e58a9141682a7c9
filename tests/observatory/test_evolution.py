"""Years are compared only when they say the same thing of the same people."""

import numpy as np
import pytest

from maillage.common.errors import NotFoundError
from maillage.engine.dataset import Scope, Universe
from maillage.observatory.evolution import evolution
from maillage.observatory.record import record
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells

BEFORE = {(0, 0): 80.0, (0, 4): 20.0, (4, 0): 10.0}
AFTER = {(0, 0): 60.0, (0, 4): 45.0, (4, 0): 10.0}


def ask(edition, flow="commuting"):
    return evolution(edition, flow, parse_perimeter("200000001", edition.geography))


def test_changes_lead_to_the_newest_year(make_edition):
    found = ask(make_edition(cells(BEFORE, year=2011), cells(AFTER, year=2021)))
    assert [year.year for year in found.years] == [2011, 2021]
    changes = {change.figure: change for change in found.changes}
    assert changes["internal"].absolute == -20.0
    assert changes["outgoing"].absolute == 25.0
    assert changes["outgoing"].annual_rate == pytest.approx((45 / 20) ** 0.1 - 1)
    assert changes["incoming"].annual_rate == 0.0
    assert changes["net"].absolute == -25.0
    assert changes["net"].annual_rate is None
    assert found.not_compared == ()


def test_errors_of_the_two_years_add(make_edition):
    weights = {"mean_weight": 4.0}
    found = ask(make_edition(cells(BEFORE, year=2011, **weights), cells(AFTER, **weights)))
    changes = {change.figure: change for change in found.changes}
    assert changes["internal"].standard_error == pytest.approx((3 * 140) ** 0.5)
    assert not changes["internal"].beyond_chance
    grown = AFTER | {(0, 0): 6000.0}
    found = ask(make_edition(cells(BEFORE, year=2011, **weights), cells(grown, **weights)))
    assert next(c for c in found.changes if c.figure == "internal").beyond_chance


def test_census_years_less_than_five_apart_share_surveys(make_edition):
    found = ask(make_edition(cells(BEFORE, year=2018), cells(AFTER, year=2021)))
    assert found.changes == ()
    assert "cinq ans" in found.not_compared[0].reason
    assert len(found.years) == 2


def test_registers_are_compared_from_one_year_to_the_next(make_edition):
    files = (
        cells(table, flow="transfers", year=year, census=False)
        for table, year in ((BEFORE, 2023), (AFTER, 2024))
    )
    assert ask(make_edition(*files), "transfers").changes


def test_two_questions_are_never_chained(make_edition):
    old = cells(BEFORE, flow="residential", year=2008, question="five_years")
    new = cells(AFTER, flow="residential", year=2020, question="one_year")
    found = ask(make_edition(old, new), "residential")
    assert found.changes == ()
    assert "question" in found.not_compared[0].reason
    assert [year.question for year in found.years] == ["five_years", "one_year"]


def test_files_that_do_not_see_the_same_exchanges_are_not_compared(make_edition):
    scope = Scope("departement", "44", "à l’intérieur du 44", np.arange(6, dtype=np.int32))
    found = ask(make_edition(cells(BEFORE, year=2011, universe=Universe((scope,))), cells(AFTER)))
    assert found.changes == ()
    assert "champ" in found.not_compared[0].reason


def test_without_a_file_there_is_nothing_to_follow(make_edition):
    with pytest.raises(NotFoundError, match="aucun fichier"):
        ask(make_edition(cells(BEFORE)), "school")


def test_answers_are_plain_values(make_edition):
    found = record(ask(make_edition(cells(BEFORE, year=2011), cells(AFTER, year=2021))))
    assert found["changes"][0]["first"] == 2011
