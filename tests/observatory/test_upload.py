"""Files people send: the encodings and forms of spreadsheets; traps are refused in words."""

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.observatory.pasted.upload import MAX_BYTES, MAX_ROWS, uploaded_rows

TABLE = "code;nom\n01001;Étang-Neuf\n02002;Dunes"
ROWS = [["code", "nom"], ["01001", "Étang-Neuf"], ["02002", "Dunes"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_encodings_and_separators_of_spreadsheets(encoding, mark):
    content = TABLE.replace(";", mark).replace("\n", "\r\n").encode(encoding)
    assert uploaded_rows("liste.csv", content) == ROWS


def test_a_single_column(tmp_path):
    assert uploaded_rows("codes.txt", b"01001\n02002\n") == [["01001"], ["02002"]]


def test_quotes_keep_separators():
    assert uploaded_rows("a.csv", b'"a;b";c\n"d\ne";f') == [["a;b", "c"], ["d\ne", "f"]]


def workbook(*table) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in table:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_gives_numbers_without_their_dot():
    content = workbook(["code", "nom"], [1001, "Arcy"], ["02002", None])
    assert uploaded_rows("a.xlsx", content) == [["code", "nom"], ["1001", "Arcy"], ["02002", ""]]


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def altered(content: bytes, part: str, change) -> bytes:
    """A workbook one part of which was changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    return zipped(**parts)


SHEET = "xl/worksheets/sheet1.xml"
BOOK = workbook(["01001"])
LYING = bytearray(altered(BOOK, SHEET, lambda sheet: sheet + b" " * 5_000_000))
_AT = LYING.rfind(b"PK\x01\x02", 0, LYING.rfind(SHEET.encode()))
LYING[_AT + 24 : _AT + 28] = struct.pack("<I", 100)

TRAPS = {
    "empty": b"",
    "blank": b" \n ",
    "too large": b"01001\n" * (MAX_BYTES // 5),
    "too many rows": b"1\n" * (MAX_ROWS + 1),
    "too many columns": b";" * 5000,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "null bytes": b"01001\0\n" * 10,
    "pdf": b"%PDF-1.7\n" + b"\x80\x81\x82\x01\x02" * 400,
    "huge cell": b'"' + b"a" * 200_000 + b'"',
    "zip of something else": zipped(**{"mimetype": b"application/epub"}),
    "cut workbook": BOOK[: len(BOOK) // 2],
    "zip bomb": altered(BOOK, SHEET, lambda sheet: sheet + b" " * 40_000_000),
    "zip that lies on a size": bytes(LYING),
    "many parts": zipped(**{"xl/workbook.xml": b""}, **{f"{n}": b"" for n in range(400)}),
    "cell far away": altered(BOOK, SHEET, lambda sheet: sheet.replace(b'"A1"', b'"XFD1048576"')),
    "disguised cell": altered(BOOK, SHEET, lambda s: s.replace(b'r="A1"', b"r = 'XFD&#49;048576'")),
    "no sheet": altered(BOOK, SHEET, lambda sheet: b"<worksheet"),
    "old kind": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_in_words_before_it_fills_the_memory(trap):
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as refusal:
            uploaded_rows("piege.xlsx", TRAPS[trap])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000
    assert refusal.value.remedy.endswith(".")


@given(st.binary(max_size=2000))
def test_any_bytes_are_rows_or_a_refusal(content):
    with suppress(InputError):
        rows = uploaded_rows("x", content)
        assert all(isinstance(cell, str) for row in rows for cell in row)


@given(st.data())
def test_a_damaged_workbook_is_rows_or_a_refusal(data):
    """Any byte of a real workbook may be another."""
    content = bytearray(BOOK)
    for at in data.draw(st.lists(st.integers(4, len(content) - 1), min_size=1, max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    with suppress(InputError):
        rows = uploaded_rows("x.xlsx", bytes(content))
        assert all(isinstance(cell, str) for row in rows for cell in row)
