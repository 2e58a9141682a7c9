"""Our words and the State’s are the same words, one for one."""

import pytest

from maillage.operations.funding_sources import FAMILIES, FRAMES, funding_sources
from maillage.operations.iso37101 import headings, is_cell
from maillage.operations.vocabulary import from_shared, label, words

PHASES = ["Idée", "Étude", "Opération"]
STATUSES = ["En cours", "En retard", "En pause", "Bloqué", "Abandonné", "Terminé"]


@pytest.mark.parametrize(("kind", "shared"), [("phase", PHASES), ("status", STATUSES)])
def test_each_word_is_one_of_the_shared_vocabulary_and_back(kind, shared):
    assert [word.shared for word in words(kind).values()] == shared
    assert [from_shared(kind, word) for word in shared] == list(words(kind))


def test_a_word_of_no_vocabulary_is_an_error():
    with pytest.raises(KeyError):
        from_shared("status", "Impacté")
    assert label("status", "") == ""


def test_the_grid_has_six_purposes_and_twelve_issues_each_with_its_source():
    assert len(headings("purpose")) == 6
    assert len(headings("issue")) == 12
    assert all("vérifier" in h.source for k in ("purpose", "issue") for h in headings(k).values())
    assert is_cell("resilience", "mobility")
    assert not is_cell("mobility", "resilience")


def test_every_source_says_its_conditions_and_what_is_not_verified():
    sources = funding_sources()
    assert {source.family for source in sources.values()} == set(FAMILIES)
    assert {source.frame for source in sources.values()} == set(FRAMES)
    assert (sources["leader"].frame, sources["cper"].frame) == ("europe", "cper")
    assert all(source.conditions and source.legal for source in sources.values())
    assert not any(source.verified and not source.link for source in sources.values())
