"""What secrecy hides is left out and said; no rank nor change is made of what is left."""

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


def test_rates_made_without_hidden_cells_say_so(edition):
    hidden = edition(hidden=True)
    found = ask(indicators, hidden)
    assert found.note.startswith("Calculé sans 1\u00a0échange masqué par le secret")
    assert next(f for f in found.figures if f.id == "self_containment").value == 0.8
    assert ask(links, hidden).note == ask(cooperation, hidden).note == found.note
    assert ask(indicators, hidden, "200000002").note == ""


def test_no_hierarchy_is_drawn_with_hidden_cells(edition):
    hidden = edition(hidden=True)
    assert "secret" in ask(structure, hidden).no_inside
    assert "secret" in ask(structure, hidden, "200000002").no_place
    assert ask(structure, hidden, "200000002").inside is not None


def test_figures_with_hidden_cells_do_not_make_a_change(edition):
    figures = {change.figure for change in ask(evolution, edition(hidden=True)).changes}
    assert figures == {"outgoing", "incoming", "net"}


def test_a_protected_file_without_hidden_cells_is_told_whole(edition):
    shown = edition(hidden=False)
    assert ask(indicators, shown).note == ""
    assert ask(structure, shown).no_place == ""
    assert ask(indicators, shown).source.secrecy == "protected"
    perimeter = parse_perimeter("200000001", shown.geography)
    assert portrait(shown, perimeter).families[-1].balance.secrecy.status.value == "released"
