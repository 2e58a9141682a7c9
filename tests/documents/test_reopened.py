"""LibreOffice opens our spreadsheets as their reader does: codes whole, decimals numbers."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from maillage.documents.tables.values import Table, Workbook, plain
from maillage.documents.writers.ods import ods
from maillage.documents.writers.text_rows import excel_csv
from maillage.documents.writers.xlsx import xlsx

from .test_tables import COLUMNS, HOSTILE

CONFIG = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}"
#: Semicolons, UTF-8, from the first line, in French.
FRENCH_CSV = "CSV:59,34,76,1,,1036"
ROWS = (
    ("01001", "Arcy", 1234.5, -0.25, 2021),
    ("44109", "L’Étang-Neuf", None, 1e6, 2021),
    ("00123456789012", HOSTILE[0], 0.125, 3.0, 2021),
)


def reopened(path: Path) -> list[tuple[object, ...]]:
    """Values of the first sheet, as LibreOffice saved them, without the header."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def test_the_csv_for_excel_keeps_zeros_and_decimals(libreoffice, tmp_path):
    file = tmp_path / "excel.csv"
    file.write_bytes(excel_csv(Table("main", "Essai", COLUMNS, ROWS)))
    read = reopened(libreoffice(file, "xlsx", FRENCH_CSV))
    assert [row[0] for row in read] == ["01001", "44109", "00123456789012"]
    assert [row[2] for row in read] == [1234.5, None, 0.125]
    assert [row[3] for row in read] == [-0.25, 1e6, 3]
    assert read[1][1] == "L’Étang-Neuf"
    assert read[2][1] == "'=1+1"


def test_the_workbook_keeps_zeros_decimals_and_texts(libreoffice, tmp_path):
    file = tmp_path / "classeur.xlsx"
    made = Workbook("classeur", "Essai", (Table("main", "Essai", COLUMNS, ROWS),), ())
    file.write_bytes(xlsx(made))
    read = reopened(libreoffice(file, "xlsx"))
    assert [row[0] for row in read] == ["01001", "44109", "00123456789012"]
    assert [row[2] for row in read] == [1234.5, None, 0.125]
    assert [row[1] for row in read] == ["Arcy", "L’Étang-Neuf", HOSTILE[0]]


def test_the_open_workbook_keeps_them_too(libreoffice, tmp_path):
    file, more = tmp_path / "classeur.ods", Table("more", "Suite : & <b>", COLUMNS, ROWS[:1])
    tables = (Table("main", "Essai", COLUMNS, ROWS), more)
    file.write_bytes(ods(Workbook("classeur", "Essai & <suite>", tables, ())))
    opened = libreoffice(file, "xlsx")
    read = reopened(opened)
    assert [row[0] for row in read] == ["01001", "44109", "00123456789012"]
    assert [row[2] for row in read] == [1234.5, None, 0.125]
    assert [row[3] for row in read] == [-0.25, 1e6, 3]
    assert [row[1] for row in read] == ["Arcy", "L’Étang-Neuf", HOSTILE[0]]
    assert openpyxl.load_workbook(opened).sheetnames == ["Données", "& <b>", "Sources et méthode"]


def test_units_and_years_are_shown_in_the_open_workbook(libreoffice, tmp_path, ask):
    """Opened again: shares are shares, years have no thousands, the heads stay in sight."""
    made = ask("indicators")
    file = tmp_path / "indicateurs.ods"
    file.write_bytes(ods(made))
    sheet = openpyxl.load_workbook(libreoffice(file, "xlsx")).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(made.main.rows)
    values = {row[0].value: row[head.index("Valeur")] for row in rows}
    assert "%" in values["self_containment"].number_format
    year = rows[0][head.index("Année")]
    assert (year.value, "," in year.number_format) == (made.main.rows[0][-1], False)
    with zipfile.ZipFile(file) as parts:
        settings = ElementTree.fromstring(parts.read("settings.xml"))
    held = {item.get(f"{CONFIG}name"): item.text for item in settings.iter(f"{CONFIG}config-item")}
    assert (held["VerticalSplitMode"], held["VerticalSplitPosition"]) == ("2", "1")
    wanted = {row[0]: plain(row[2]) for row in made.main.rows}
    assert {id: cell.value for id, cell in values.items()} == {
        id: None if value is None else pytest.approx(value) for id, value in wanted.items()
    }


def test_an_answer_is_whole_once_reopened(libreoffice, tmp_path, ask):
    answer = ask("balance", mesh="commune").main
    file = tmp_path / "flux.csv"
    file.write_bytes(excel_csv(answer))
    read = reopened(libreoffice(file, "xlsx", FRENCH_CSV))
    assert [str(row[0]).lstrip("'") for row in read] == [row[0] for row in answer.rows]
    assert [row[3] for row in read] == pytest.approx([plain(row[3]) for row in answer.rows])
