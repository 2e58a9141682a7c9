"""What lies deeper in a flow: sentences and rows that say only what the answers hold."""

import pytest

from maillage.observatory.answers.evolution import Change
from maillage.observatory.evolution import evolution
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.structure import structure
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.depths import (
    TIES,
    _change,
    category_rows,
    changes_told,
    indicator_rows,
    place_told,
    tie_rows,
    tie_table,
    year_rows,
)


@pytest.fixture
def perimeter(demo_edition):
    mesh = demo_edition.geography.mesh("epci")
    return parse_perimeter(mesh.codes[2], demo_edition.geography)


def test_years_and_changes_are_those_of_the_answer(demo_edition, perimeter):
    answer = evolution(demo_edition, "commuting", perimeter)
    rows = year_rows(answer)
    assert [row.year for row in rows] == [2016, 2022]
    assert all(figure.known for row in rows for figure in row.figures)
    told = changes_told(answer)
    assert len(told) == len(answer.changes) + len(answer.not_compared)
    assert told[0].startswith("Stables de 2016 à 2022 : ")


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        (True, "l’écart dépasse ce que le sondage explique"),
        (False, "le sondage suffit à expliquer cet écart"),
    ],
)
def test_a_change_says_whether_the_survey_explains_it(beyond, said):
    change = Change("incoming", 2016, 2022, 1200.0, 0.0123, 10.0, beyond)
    text = _change(change, "persons")
    assert text == f"Entrants de 2016 à 2022 : +1\u202f200, soit +1,2 % par an ; {said}."


def test_a_change_of_unknown_precision_says_nothing_of_it():
    text = _change(Change("net", 2016, 2022, -3.0, None, None, None), "persons")
    assert text == "Solde de 2016 à 2022 : −3."


def test_a_full_count_is_no_survey():
    change = Change("internal", 2014, 2024, -27.0, -0.014, 0.0, True)
    assert _change(change, "units") == "Stables de 2014 à 2024 : −27, soit −1,4 % par an."


def test_changes_are_told_since_the_oldest_year_that_compares(demo_edition, perimeter):
    answer = evolution(demo_edition, "transfers", perimeter)
    assert len({change.first for change in answer.changes}) > 2
    assert all("de 2014 à 2024" in told for told in changes_told(answer))


def test_categories_share_one_scale(demo_edition, perimeter):
    answer = indicators(demo_edition, "commuting", perimeter)
    for breakdown in answer.breakdowns:
        rows = category_rows(breakdown, "persons")
        assert max(max(row.widths) for row in rows) == pytest.approx(100)
        assert [row.key.split(":")[0] for row in rows] == [breakdown.dimension] * len(rows)


def test_indicators_carry_reading_and_place(demo_edition, perimeter):
    figures = indicators(demo_edition, "commuting", perimeter).figures
    rows = {row.id: row for row in indicator_rows(figures)}
    row = rows["employment_concentration"]
    assert row.grade == "A"
    assert "médiane" in row.place
    assert row.reading


def test_ties_and_place(demo_edition, perimeter):
    place = structure(demo_edition, "commuting", perimeter).place
    told = " ".join(place_told(place))
    assert place.dominant.name in told
    assert all(named.name in told for named in place.dominated)
    rows = tie_rows(place, "persons")
    for row, link in zip(rows, place.links, strict=False):
        assert row.more == (link.residual > 1)
        assert row.way == ("vers" if link.outgoing else "depuis")
        assert row.weight.grade == link.precision.grade


def test_the_table_of_ties_keeps_what_it_has_room_for(demo_edition, perimeter):
    table = tie_table(links(demo_edition, "commuting", perimeter, limit=5))
    assert [column.id for column in table.columns] == list(TIES)
    assert len(table.rows) == 5
    assert all(len(values) == len(TIES) for _, _, values in table.rows)
    assert table.refusal == ""
    dependence = list(TIES).index("dependence")
    assert all(values[dependence].grade for _, _, values in table.rows)
