"""A whole mesh in one file: the very figures of each territory, whatever the format."""

import csv
import io

import openpyxl
import pyarrow.parquet as pq
import pytest

from maillage.common.errors import InputError, NotFoundError
from maillage.documents import batch
from maillage.documents.batch import BATCH_FORMATS, batch_bytes, write_batch
from maillage.observatory.balance import territory_balance
from maillage.observatory.indicators import indicators
from maillage.observatory.whole_mesh import Sought, expected, files_of, mesh_figures, whole_mesh
from maillage.territory.perimeter import parse_perimeter

FIGURES = {"stables": "internal", "entrants": "incoming", "sortants": "outgoing", "solde": "net"}


@pytest.mark.parametrize("flow", ["commuting", "wages"])
def test_each_figure_is_that_of_the_balance_of_its_territory(demo_edition, flow):
    found = list(whole_mesh(demo_edition, Sought("epci", (flow,))))
    assert len(found) == expected(demo_edition, Sought("epci", (flow,)))
    for id in {one.id for one in found[:4]}:
        perimeter = parse_perimeter(id, demo_edition.geography)
        answer = territory_balance(demo_edition, flow, perimeter)
        for one in (one for one in found if one.id == id):
            value = getattr(answer, FIGURES[one.indicator])
            assert one.value == (None if value is None else pytest.approx(value))
            if one.value is not None and one.indicator != "solde":
                known = getattr(answer.precision, FIGURES[one.indicator])
                assert one.precision.grade == known.grade
                assert one.precision.standard_error == pytest.approx(known.standard_error)


def test_each_indicator_is_that_of_its_territory(demo_edition, perimeter):
    answer = indicators(demo_edition, "commuting", perimeter)
    asked = {figure.id: figure.value for figure in answer.figures}
    sure = {figure.id: figure.precision for figure in answer.figures}
    sought = Sought("epci", ("commuting",), (answer.year,), tuple(asked))
    found = {
        one.indicator: one for one in whole_mesh(demo_edition, sought) if one.id == perimeter.id
    }
    for id, one in found.items():
        assert one.value == pytest.approx(asked[id])
        assert one.unit_label
        assert (one.precision.why, one.precision.grade) == (sure[id].why, sure[id].grade)
        if sure[id].why is None:
            assert one.precision.standard_error == pytest.approx(sure[id].standard_error, rel=1e-6)
    assert {one.precision.grade for one in found.values()} & set("ABCD")


def test_what_is_missing_says_why(demo_edition):
    sought = Sought("epci", ("wages",), (), ("solde", "stables"))
    found = list(whole_mesh(demo_edition, sought))
    assert all(one.status for one in found if one.value is None)
    assert all(one.secrecy.value != "public" for one in found)  # wages are protected
    assert [file.source.estimated for file in files_of(demo_edition, sought)] == [False]


@pytest.mark.parametrize("id", BATCH_FORMATS)
def test_every_format_says_the_same(demo_edition, id):
    sought = Sought("departement", ("commuting", "school"), (2016, 2022))
    rows = list(whole_mesh(demo_edition, sought))
    data = b"".join(batch_bytes(demo_edition, sought, BATCH_FORMATS[id]))
    match id:
        case "csv":
            read = [r["value"] for r in csv.DictReader(io.StringIO(data.decode()))]
        case "excel.csv":
            text = io.StringIO(data.decode("utf-8-sig"))
            read = [r["Valeur"].replace(",", ".") for r in csv.DictReader(text, delimiter=";")]
        case "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
            read = [row[6].value for row in sheet.iter_rows(min_row=2)]
        case _:
            read = pq.read_table(io.BytesIO(data))["value"].to_pylist()
    values = [float(value) if value not in ("", None) else None for value in read]
    assert values == pytest.approx([one.value for one in rows], nan_ok=True)


def test_memory_holds_pieces_not_the_whole(demo_edition):
    sought = Sought("epci", ("commuting",), (2016, 2022), ("stables", "entrants", "sortants"))
    pieces = batch_bytes(demo_edition, sought, BATCH_FORMATS["csv"])
    assert next(pieces).startswith(b"territory,name,")


def test_a_sheet_too_long_is_refused_before_it_is_begun(demo_edition, monkeypatch):
    monkeypatch.setattr(batch, "MOST_ROWS", 10)
    with pytest.raises(InputError, match="CSV"):
        batch_bytes(demo_edition, Sought("epci", ("commuting",)), BATCH_FORMATS["xlsx"])


@pytest.mark.parametrize(
    ("sought", "error"),
    [
        (Sought("baronnie", ("commuting",)), NotFoundError),
        (Sought("epci", ("telepathy",)), NotFoundError),
        (Sought("epci", ("commuting",), (1901,)), NotFoundError),
        (Sought("epci", ("commuting",), (), ("=1+1",)), InputError),
    ],
)
def test_what_is_not_there_is_told_before_the_first_byte(demo_edition, sought, error):
    with pytest.raises(error):
        batch_bytes(demo_edition, sought, BATCH_FORMATS["csv"])


def test_a_file_is_whole_or_absent(demo_edition, tmp_path, monkeypatch):
    def broken(*_):
        yield b"begun"
        raise OSError("disk")

    monkeypatch.setattr(batch, "batch_bytes", broken)
    with pytest.raises(OSError, match="disk"):
        write_batch(
            demo_edition, Sought("epci", ("commuting",)), BATCH_FORMATS["csv"], tmp_path / "a"
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("offset", [0, 7, 29, 30, 31, 100, 239, 240, 1000])
def test_a_part_of_the_list_is_cut_from_it(demo_edition, offset):
    sought = Sought("epci", ("commuting", "wages"))
    whole = list(whole_mesh(demo_edition, sought))
    part, total = mesh_figures(demo_edition, sought, offset, 40)
    assert total == len(whole)
    assert list(part.figures) == whole[offset : offset + 40]
    assert {file.flow for file in part.files} == {"commuting", "wages"}
