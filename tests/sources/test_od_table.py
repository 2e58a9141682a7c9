"""User tables of flows, described by a card of ten lines."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from maillage.common.errors import InputError

from .test_sirene import by_category, cells_of, weights
from .test_stock_table import drop
from .world import node, read_mirror, with_card

CARD = {
    "id": "covoiturage",
    "title": "Trajets de covoiturage",
    "kind": "flow",
    "layout": "od_table",
    "flow": "commuting",
    "producer": "Opérateur local",
    "names": ["covoiturage*"],
    "columns": {"origin": "^DEPART$", "destination": "^ARRIVEE$", "weight": "^TRAJETS$"},
    "vintage": {"where": "fixed", "year": 2021},
}
ROWS = "DEPART;ARRIVEE;TRAJETS\n"


def read(folder: Path, text: str, **more: object):
    catalog = with_card(CARD | more)
    return read_mirror(drop(folder, "covoiturage.csv", text), folder / "work", catalog=catalog)


def test_numbers_of_any_writing_and_repeated_pairs(tmp_path: Path) -> None:
    text = ROWS + "44001;44109;1 200,5\n44001;44109;0.25\n1001;75101;3\n75102;01002;1e1\n"
    reading = read(tmp_path, text)
    cells = cells_of(reading)
    assert weights(cells) == {
        (node("44001"), node("44109")): 1200.75,
        (node("01001"), node("75056")): 3,
        (node("75056"), node("01002")): 10,
    }
    assert (cells.meta.flow, cells.meta.year, cells.meta.unit) == ("commuting", 2021, "persons")
    assert reading.account.rows == 4
    assert reading.account.closes
    assert any("1\u00a0couple de lieux figure" in note for note in reading.account.notes)
    assert "Zéro de tête rétabli pour 1\u00a0code." in reading.account.notes


def test_places_that_are_no_commune_go_where_the_card_says(tmp_path: Path) -> None:
    text = ROWS + "44001;Mouscron;7\n44001;44109;1\n"
    lost = read(tmp_path, text)
    assert sum(lost.account.unplaced.values()) == 7
    assert lost.account.closes
    (tmp_path / "again").mkdir()
    placed = read(tmp_path / "again", text, constants={"elsewhere": "@BE"})
    assert weights(cells_of(placed))[node("44001"), node("@BE")] == 7
    assert placed.account.unplaced == {}


def test_years_and_categories_are_columns_like_others(tmp_path: Path) -> None:
    text = (
        "DEPART;ARRIVEE;TRAJETS;AN;MOTIF\n"
        "44001;44109;1;2021;travail\n44001;44109;2;2021;\n44001;44002;4;2022-05;loisir\n"
    )
    columns = {**CARD["columns"], "year": "^AN$", "purpose": "^MOTIF$"}
    reading = read(
        tmp_path,
        text,
        columns=columns,
        vintage={"where": "value", "column": "^AN$"},
        breakdowns={"purpose": "yes_no"},
    )
    assert weights(cells_of(reading, 2021)) == {(node("44001"), node("44109")): 3}
    assert by_category(cells_of(reading, 2021), "purpose") == {"NR": 2, "travail": 1}
    assert by_category(cells_of(reading, 2022), "purpose") == {"loisir": 4}
    assert reading.account.total == 7


def test_cells_marked_secret_are_suppressed_not_zero(tmp_path: Path) -> None:
    reading = read(tmp_path, ROWS + "44001;44109;s\n44001;44002;4\n")
    cells = cells_of(reading)
    assert cells.suppressed is not None
    hidden = int(cells.suppressed[0])
    assert (cells.destination[hidden], cells.weight[hidden]) == (node("44109"), 0)
    assert reading.account.suppressed == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("44001;44109;-3", "ligne 3, colonne TRAJETS, valeur « -3 » : une quantité ne peut pas"),
        ("44001;44109;dix", "ligne 3, colonne TRAJETS, valeur « dix » : ce n’est pas un nombre"),
        ("44001;44109;inf", "ligne 3, colonne TRAJETS"),
        ("44001;44109;", "ligne 3, colonne TRAJETS, valeur «  » : la quantité manque"),
        ("44001;44109", "ligne 3.* 2.cellules au lieu de 3"),
    ],
)
def test_a_faulty_row_refuses_the_table(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, ROWS + f"44001;44002;1\n{row}\n")


def test_a_comma_that_may_part_thousands_is_not_guessed(tmp_path: Path) -> None:
    """In a file whose cells commas part, « 12,345 » is twelve thousand or twelve."""
    rows = ROWS.replace(";", ",") + '44001,44109,7.5\n44001,44002,"12,345"\n'
    with pytest.raises(InputError, match=r"ligne 3.*« 12,345 ».*des milliers comme des décimales"):
        read(tmp_path, rows)
    (tmp_path / "french").mkdir()
    french = read(tmp_path / "french", ROWS + "44001;44002;12,345\n")
    assert french.account.total == Decimal("12.345")


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="aucune ligne"):
        read(tmp_path, ROWS)


def test_a_table_of_another_country_needs_no_french_code(tmp_path: Path) -> None:
    """Zones of any name are nodes when the geography is made of them."""
    from dataclasses import replace

    from maillage.sources.references.zones import geography_from_codes
    from maillage.territory.passages import Passages

    from . import world

    country = geography_from_codes(["CH-0261", "CH-0230", "W-7"], 2020)
    bundle = replace(world.bundle(), geography=country, passages=Passages(country))
    text = ROWS + "CH-0261;CH-0230;12\nW-7;CH-0261;3\n"
    mirror = drop(tmp_path, "covoiturage.csv", text)
    reading = read_mirror(mirror, tmp_path / "work", catalog=with_card(CARD), references=bundle)
    cells = cells_of(reading)
    assert np.array_equal(cells.weight, [12, 3])
    assert [country.codes[i] for i in cells.origin] == ["CH-0261", "W-7"]
    assert reading.account.closes
