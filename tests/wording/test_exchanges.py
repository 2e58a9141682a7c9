"""Exchanges and surpluses in sentences."""

import pytest

from maillage.wording.exchanges import exchange_sentence
from maillage.wording.pairs import gain_text

A, B = "CC du Pays d’Aval", "Dunes Métropole"


@pytest.mark.parametrize(
    ("flow", "sentence"),
    [
        ("commuting", "12 actifs occupés vont de la CC du Pays d’Aval vers Dunes Métropole "
         "pour travailler, 3 en sens inverse."),
        ("residential", "12 habitants ont quitté la CC du Pays d’Aval pour Dunes Métropole, "
         "3 en sens inverse."),
        ("school", "12 élèves et étudiants vont de la CC du Pays d’Aval vers Dunes Métropole "
         "pour étudier, 3 en sens inverse."),
        ("control", "12 établissements situés dans l’autre territoire, Dunes Métropole, "
         "dépendent d’un siège de la CC du Pays d’Aval, 3 en sens inverse."),
        ("wages", "12 € de salaires versés par les employeurs de la CC du Pays d’Aval vont à des "
         "habitants de Dunes Métropole, 3 € en sens inverse."),
    ],
)  # fmt: skip
def test_each_family_has_its_sentence(flow, sentence):
    assert exchange_sentence(flow, A, B, 12, 3).replace("\u00a0", " ") == sentence


def test_one_is_singular_and_none_is_said():
    assert exchange_sentence("transfers", A, B, 1, 0).replace("\u00a0", " ") == (
        "1 établissement a quitté la CC du Pays d’Aval pour Dunes Métropole, aucun en sens inverse."
    )


def test_the_way_that_exists_comes_first():
    said = exchange_sentence("commuting", A, B, 0, 9)
    assert said.startswith("9\u00a0actifs occupés vont de Dunes Métropole vers la CC")


def test_nothing_to_say_of_nothing():
    assert exchange_sentence("commuting", A, B, 0, 0) == ""


@pytest.mark.parametrize(
    ("gain", "said"), [(0.024, "+2,4 points"), (0.016, "+1,6 point"), (0.0002, "aucun")]
)
def test_a_gain_reads_in_points(gain, said):
    assert gain_text(gain).replace("\u00a0", " ") == said
