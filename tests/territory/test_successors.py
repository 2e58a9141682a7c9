"""Where communes lie later: laws on random histories, and the cases real files hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.territory.movements import Movement, communes_at
from maillage.territory.successors import last_successors, successors

from .history import FIRST, histories

MERGER = [
    Movement("2016-01-01", "44060", "44213", "Anetz", "Vair-sur-Loire", "32"),
    Movement("2016-01-01", "44163", "44213", "Saint-Herblon", "Vair-sur-Loire", "32"),
]
SPLIT = [
    Movement("2014-01-01", "55298", "55138", "Loisey-Culey", "Culey", "21"),
    Movement("2014-01-01", "55298", "55298", "Loisey-Culey", "Loisey", "21"),
]


def lies(found, code):
    return dict(found.shares.get(code, ((code, 1.0),)))


def test_a_merger_leads_every_commune_to_the_new_one():
    found = successors(MERGER, 2015, 2025, {})
    assert found.shares == {"44060": (("44213", 1.0),), "44163": (("44213", 1.0),)}
    assert not found.basis


def test_a_movement_counts_from_the_first_of_january_it_takes_effect_on():
    assert successors(MERGER, 2016, 2025, {}).shares == {}
    assert successors(MERGER, 2015, 2015, {}).shares == {}
    assert lies(successors(MERGER, 2015, 2016, {}), "44060") == {"44213": 1.0}


def test_a_split_shares_by_the_first_populations_after_it():
    known = {2013: {"55298": 1}, 2015: {"55138": 100, "55298": 300}, 2020: {"55138": 1}}
    found = successors(SPLIT, 2010, 2025, known)
    assert lies(found, "55298") == {"55138": 0.25, "55298": 0.75}
    assert found.basis == {"55298": "populations 2015"}


def test_a_split_whose_parts_are_unknown_shares_by_where_they_lie_today():
    later = [Movement("2020-01-01", "55138", "55999", kind="41")]
    known = {2025: {"55999": 100, "55298": 100}}
    found = successors([*SPLIT, *later], 2010, 2025, known)
    assert lies(found, "55298") == {"55999": 0.5, "55298": 0.5}
    assert found.basis == {"55298": "populations actuelles"}


def test_without_any_population_a_split_shares_equally_and_says_so():
    found = successors(SPLIT, 2010, 2025, {})
    assert lies(found, "55298") == {"55138": 0.5, "55298": 0.5}
    assert found.basis == {"55298": "parts égales"}


def test_a_commune_that_merged_and_left_again_is_not_estimated():
    """Celles, merged into Neussargues in 2016, left in 2025: its territory never changed."""
    merged = [
        Movement("2016-12-01", "15031", "15141", kind="32"),
        Movement("2016-12-01", "15031", "15031", kind="32", after_part=True),
        Movement("2016-12-01", "15141", "15141", kind="32"),
        Movement("2016-12-01", "15141", "15141", kind="32", after_part=True),
    ]
    left = [
        Movement("2025-01-01", "15141", "15031", kind="21"),
        Movement("2025-01-01", "15141", "15141", kind="21"),
        Movement("2025-01-01", "15031", "15031", kind="21", before_part=True),
        Movement("2025-01-01", "15141", "15141", kind="21", before_part=True),
    ]
    known = {2025: {"15031": 200, "15141": 600}}
    assert successors([*merged, *left], 2016, 2025, known).shares == {}
    within = successors([*merged, *left], 2020, 2025, known)
    assert lies(within, "15141") == {"15031": 0.25, "15141": 0.75}


def test_what_merged_and_stayed_lies_in_what_is_left():
    """Of Essarts en Bocage, L'Oie left; Boulogne, which stayed, is all in the rest."""
    codes = ("85030", "85084", "85165")
    merged = [Movement("2016-01-01", code, "85084", kind="32") for code in codes]
    merged += [Movement("2016-01-01", code, code, kind="32", after_part=True) for code in codes]
    left = [
        Movement("2024-01-01", "85084", "85084", kind="21"),
        Movement("2024-01-01", "85084", "85165", kind="21"),
        Movement("2024-01-01", "85165", "85165", kind="21", before_part=True),
    ]
    found = successors([*merged, *left], 2015, 2025, {})
    assert [lies(found, code) for code in codes] == [{"85084": 1.0}, {"85084": 1.0}, {"85165": 1.0}]


def test_a_commune_that_left_the_country_has_no_successor():
    gone = [Movement("2007-02-23", "97123", "", kind="30")]
    assert successors(gone, 2000, 2025, {}).shares == {}


def test_a_code_used_twice_means_its_latest_commune_when_the_year_is_unknown():
    events = [
        Movement("1990-01-01", "14001", "14002", kind="31"),
        Movement("1990-01-01", "14002", "14002", kind="31"),
        Movement("2000-01-01", "14003", "14001", kind="41"),
        Movement("2010-01-01", "14001", "14004", kind="41"),
    ]
    assert dict(last_successors(events, 2025, {}).shares)["14001"] == (("14004", 1.0),)
    assert lies(successors(events, 1980, 2025, {}), "14001") == {"14002": 1.0}


@settings(max_examples=300)
@given(histories(), st.data())
def test_undoing_movements_gives_the_communes_of_any_year(history, data):
    year = data.draw(st.integers(FIRST, history.last))
    now = dict.fromkeys(history.years[-1], "")
    then = communes_at(now, history.last, year, history.movements)
    assert then.keys() == history.years[year - FIRST].keys()


@settings(max_examples=300)
@given(histories(), st.data())
def test_the_whole_of_every_commune_lies_in_communes_that_exist(history, data):
    year = data.draw(st.integers(FIRST, history.last))
    populations = data.draw(st.sampled_from([{}, {history.last: dict.fromkeys("12", 1.0)}]))
    found = successors(history.movements, year, history.last, populations)
    for code in history.years[year - FIRST]:
        assert sum(lies(found, code).values()) == pytest.approx(1, abs=1e-12)
        assert lies(found, code).keys() <= history.years[-1].keys()
        assert all(share > 0 for share in lies(found, code).values())
    assert found.basis.keys() == {c for c, parts in found.shares.items() if len(parts) > 1}


@settings(max_examples=500)
@given(histories(traced=True), st.data())
def test_traced_pieces_lie_where_they_truly_are(history, data):
    year = data.draw(st.integers(FIRST, history.last))
    found = successors(history.movements, year, history.last, {})
    home = {piece: code for code, pieces in history.years[-1].items() for piece in pieces}
    for code, pieces in history.years[year - FIRST].items():
        if len(pieces) == 1:  # of several, no movement says what each piece holds
            assert lies(found, code) == {home[piece]: 1.0 for piece in pieces}
