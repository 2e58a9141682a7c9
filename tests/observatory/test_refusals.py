"""No rate, tie, rank or change is made of figures that secrecy has cut."""

import pytest

from maillage.observatory.cooperation import cooperation
from maillage.observatory.evolution import evolution
from maillage.observatory.indicators import indicators
from maillage.observatory.links import links
from maillage.observatory.portrait import portrait
from maillage.observatory.structure import structure
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells

HIDDEN = (0, 1)
TABLE = {(0, 0): 80.0, HIDDEN: 0.0, (0, 4): 20.0, (4, 0): 10.0, (4, 5): 5.0}


@pytest.fixture
def edition(make_edition):
    def make(hidden):
        facts = {"flow": "wages", "secrecy": "protected", "suppressed": [HIDDEN] if hidden else []}
        return make_edition(cells(TABLE, **facts), cells(TABLE, year=2011, **facts))

    return make


def ask(question, edition, territory="200000001"):
    return question(edition, "wages", parse_perimeter(territory, edition.geography))


def test_a_territory_with_hidden_cells_gets_the_reason(edition):
    hidden = edition(hidden=True)
    assert "secret" in ask(indicators, hidden).refusal
    assert ask(indicators, hidden).figures == ()
    assert "secret" in ask(links, hidden).refusal
    assert "secret" in ask(cooperation, hidden).no_link
    assert "secret" in ask(structure, hidden).no_inside


def test_others_are_told_but_not_compared(edition):
    hidden = edition(hidden=True)
    found = ask(indicators, hidden, "200000002")
    assert found.refusal == ""
    assert {figure.benchmark for figure in found.figures} == {None}
    assert "secret" in ask(structure, hidden, "200000002").no_place
    assert ask(structure, hidden, "200000002").inside is not None


def test_figures_with_hidden_cells_do_not_make_a_change(edition):
    figures = {change.figure for change in ask(evolution, edition(hidden=True)).changes}
    assert figures == {"outgoing", "incoming", "net"}


def test_a_protected_file_without_hidden_cells_is_told_whole(edition):
    shown = edition(hidden=False)
    assert ask(indicators, shown).refusal == ""
    assert ask(structure, shown).no_place == ""
    assert ask(indicators, shown).source.secrecy == "protected"
    perimeter = parse_perimeter("200000001", shown.geography)
    assert portrait(shown, perimeter).families[-1].balance.secrecy.status.value == "released"
