"""Two territories in sentences: what the file cuts is a minimum, what it lacks is not told."""

import pytest

from maillage.engine.edition import current_edition
from maillage.observatory.pair import pair
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.pairs import flow_rows, key_sentences, theme_rows


@pytest.fixture
def tell(tiny_editions):
    edition = current_edition(tiny_editions)

    def ask(here, other):
        return pair(edition, *(parse_perimeter(id, edition.geography) for id in (here, other)))

    return ask


def test_what_the_file_cuts_is_a_minimum(tell):
    """The file of moves holds one département: part of the other territory is outside it."""
    found = tell("03001", "01001+02002")
    said = "Au moins 90\u00a0habitants ont quitté Étang-Neuf pour"
    assert any(sentence.startswith(said) for sentence in key_sentences(found))
    row = next(row for row in flow_rows(found) if row.flow.flow == "residential")
    assert row.out.minimum


def test_what_the_file_holds_whole_is_told_as_it_is(tell):
    sentences = key_sentences(tell("03001", "02002"))
    assert any(sentence.startswith("90\u00a0habitants ont quitté") for sentence in sentences)


def test_themes_without_quantities_say_why(tell):
    rows = theme_rows(tell("200000001", "200000002"))
    assert rows
    assert all(row.why and row.widths is None for row in rows)
