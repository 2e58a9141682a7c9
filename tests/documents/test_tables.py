"""Tables and their files say the same: read back, every cell is what it was."""

import csv
import io
import json

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.cli.questions import QUESTIONS
from maillage.documents.formats import WRITERS, written
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import (
    Column,
    Fact,
    Kind,
    Measure,
    Table,
    Workbook,
    flat,
    plain,
)
from maillage.documents.writers.parquet import parquet
from maillage.documents.writers.text_rows import armoured, excel_csv, neutral, plain_csv
from maillage.documents.writers.xlsx import xlsx

COLUMNS = (
    Column("code", "Code", Kind.CODE),
    Column("name", "Nom"),
    Column("value", "Valeur", Kind.NUMBER),
    Column("share", "Part", Kind.NUMBER),
    Column("year", "Année", Kind.YEAR),
)
HOSTILE = (
    "=1+1",
    "+33",
    "-2",
    "@SUM(A1)",
    '"; DROP',
    "a;b,c",
    "l’Œuvre\n\tœ",
    "=cmd|' /C calc'!A0",
)


def workbook(rows: list[tuple[object, ...]]) -> Workbook:
    facts = (Fact("source", "Source", "Insee", repeated=True), Fact("note", "Note", "une fois"))
    return Workbook("essai", "Essai", (Table("main", "Essai", COLUMNS, tuple(rows)),), facts)


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    HOSTILE
)
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32)
codes = st.from_regex(r"[0-9]{5}|2[AB][0-9]{3}|[0-9]{14}|@[A-Z]{3}", fullmatch=True)
rows_of = st.lists(
    st.tuples(codes, texts, numbers, numbers.map(lambda v: Measure(v, "share")), st.just(2021)),
    max_size=6,
)


@given(rows_of)
def test_a_csv_reads_back_as_the_table(rows):
    table = flat(workbook(rows))
    text = plain_csv(table).decode("utf-8")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == [column.key for column in table.columns]
    for row, shown in zip(table.rows, read[1:], strict=True):
        for cell, text in zip(map(plain, row), shown, strict=True):
            if isinstance(cell, float):
                assert float(text) == pytest.approx(cell, rel=1e-11)
            else:
                assert text == neutral(str("" if cell is None else cell))


@given(rows_of)
def test_the_csv_for_excel_keeps_codes_decimals_and_runs_nothing(rows):
    table = flat(workbook(rows))
    data = excel_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[0][:3] == ["Code", "Nom", "Valeur"]
    for row, shown in zip(table.rows, read[1:], strict=True):
        code, value = row[0], plain(row[2])
        assert shown[0].lstrip("'").removeprefix('="').removesuffix('"') == code
        assert (
            shown[2] == ""
            if value is None
            else float(shown[2].replace(",", ".")) == pytest.approx(value)
        )
        assert not any(text[:1] in ("=", "+", "-", "@") for text in shown[1:2])
        assert shown[0].startswith('="') or not shown[0].startswith(("0", "@", "="))


def test_a_column_of_codes_is_armoured_whole_or_not_at_all():
    with_zero = [("01001", "a", 1.0, None, 2021), ("44109", "b", 1.0, None, 2021)]
    assert armoured(COLUMNS, with_zero) == {0}
    assert excel_csv(workbook(with_zero).main).count(b'"=""44109"""') == 1
    plain_codes = [("200054781", "a", 1.0, None, 2021), ("2A004", "b", 1.0, None, 2021)]
    assert armoured(COLUMNS, plain_codes) == frozenset()
    assert b"=" not in excel_csv(workbook(plain_codes).main)


@given(rows_of)
def test_a_parquet_is_typed_and_tells_its_facts(rows):
    read = pq.read_table(io.BytesIO(parquet(workbook(rows))))
    assert read.num_rows == len(rows)
    assert read["code"].to_pylist() == [row[0] for row in rows]
    assert read["value"].to_pylist() == [row[2] for row in rows]
    facts = json.loads(read.schema.metadata[b"maillage"])["facts"]
    assert ["note", "Note", "une fois"] in facts


def test_a_workbook_has_texts_for_codes_numbers_for_numbers_and_its_sources():
    rows = [("01001", text, 12.5, Measure(0.384, "share"), 2021) for text in HOSTILE]
    rows.append(("2A004", "inconnu", None, Measure(None, "share"), 2021))
    book = openpyxl.load_workbook(io.BytesIO(xlsx(workbook(rows))))
    sheet, sources = book.worksheets[0], book["Sources et méthode"]
    assert sheet.freeze_panes == "C2"
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "n"]
    assert [sheet.cell(line, 2).value for line in range(2, 10)] == list(HOSTILE)
    assert {sheet.cell(line, 2).data_type for line in range(2, 10)} == {"s"}
    assert sheet["D2"].number_format == "0.0%"
    assert (sheet["C10"].value, sheet["D10"].value) == (None, None)
    told = {row[0].value: row[1].value for row in sources.iter_rows(max_col=2)}
    assert told["Source"] == "Insee"
    assert told["Note"] == "une fois"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_has_every_format(ask, name):
    made = ask(name)
    assert made.stem.startswith("maillage_")
    assert made.main.columns
    for table in made.tables:
        assert len({column.key for column in table.columns}) == len(table.columns)
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(written(made, format) for format in WRITERS)
    assert any(fact.key == "edition" for fact in made.facts)


def test_totals_close(ask):
    table = ask("balance", mesh="commune").main
    keys = [column.key for column in table.columns]
    for key in ("outgoing", "incoming", "net"):
        number = keys.index(key)
        summed = sum(plain(row[number]) or 0 for row in table.rows)
        assert summed == pytest.approx(plain(table.total[number]))


def test_what_is_unknown_is_empty_and_says_why(ask):
    answer = ask("balance", flow="wages", mesh="commune").main
    keys = [column.key for column in answer.columns]
    value, why = keys.index("outgoing"), keys.index("outgoing_status")
    hidden = [row for row in answer.rows if plain(row[value]) is None]
    assert hidden
    assert all("secret" in row[why] for row in hidden)


def test_no_number_of_numpy_nor_nan_reaches_a_file():
    assert plain(np.float64("nan")) is None
    assert type(plain(np.int64(3))) is int
    assert b"np." not in plain_csv(Table("a", "A", COLUMNS[2:3], ((np.float64(1.5),),)))


@pytest.mark.parametrize(
    "id", ["244400404+44036", "dep-44", "../../etc", "z25." + "A" * 4000, 'a"b\r\nc']
)
def test_names_of_files_are_safe_anywhere(id):
    name = stem("flux-école", id, 2021)
    assert len(name) < 130
    assert name.isascii()
    assert not set(name) & set('/\\"\r\n ;:')
    assert ".." not in name
