"""A table of calls for projects: our headings and others, each doubt beside its row."""

from datetime import date
from decimal import Decimal

import pytest

from maillage.common.errors import InputError
from maillage.operations.intake.grids import read_grids
from maillage.operations.project_calls.reading import COLUMNS, MOST, read_calls

HEADS = ";".join(f'"{names[0]}"' for names in COLUMNS.values())


def read(*rows, heads=HEADS):
    text = "\n".join((heads, *rows)).encode()
    return read_calls(read_grids(text, "appels.csv"))


def test_our_layout_is_read_whole():
    (row,) = read(
        'Mobilités rurales;Région;Région;01/05/2026;juin 2026;https://exemple.fr;'
        '"Commune ; cc";Mobilité;10 k€;50 000;80 %'
    )  # fmt: skip
    assert row.problems == ()
    assert row.values == {
        "name": "Mobilités rurales", "funder": "Région", "source": "region",
        "opens_on": date(2026, 5, 1), "closes_on": date(2026, 6, 30), "link": "https://exemple.fr",
        "owners": ["commune", "cc"], "themes": ["mobility"], "minimum": 10_000,
        "maximum": 50_000, "rate": Decimal("0.8"),
    }  # fmt: skip


def test_other_headings_and_few_columns_are_read():
    (row,) = read("Halte;ADEME;2026-09-30", heads="Intitulé;Organisme;Date de clôture")
    assert (row.values["name"], row.values["closes_on"]) == ("Halte", date(2026, 9, 30))


@pytest.mark.parametrize(
    ("heads", "cells", "told"),
    [
        ("Nom;Financeur;Clôture", "A;B;bientôt", "Clôture"),
        ("Nom;Financeur;Taux", "A;B;beaucoup", "taux illisible"),
        ("Nom;Financeur;Taux", "A;B;250 %", "taux hors"),
        ("Nom;Financeur;Thèmes", "A;B;magie", "« magie » inconnu"),
        ("Nom;Financeur;Bénéficiaires", "A;B;druides", "« druides » inconnu"),
        ("Nom;Financeur;Source", "A;B;trésor", "source inconnue"),
        ("Nom;Financeur;Lien", "A;B;javascript:alert(1)", "https://"),
        ("Nom;Financeur;Minimum;Maximum", "A;B;20;10", "maximum est inférieur"),
        ("Nom;Financeur;Ouverture;Clôture", "A;B;02/02/2026;01/02/2026", "précède"),
        ("Nom;Financeur", "A;", "à remplir"),
    ],
)
def test_a_doubtful_row_says_what_to_correct(heads, cells, told):
    (row,) = read(cells, heads=heads)
    assert told in " ".join(row.problems)


def test_a_table_without_its_headings_or_too_long_is_refused():
    with pytest.raises(InputError, match="colonnes"):
        read("A;B", heads="Un;Deux")
    with pytest.raises(InputError, match="plus de"):
        read(*(f"Appel {n};B" for n in range(MOST + 1)), heads="Nom;Financeur")
