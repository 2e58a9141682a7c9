"""An office's workbook: two rows of headings, a column a funder, subtotals, a sheet an axis."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from maillage.common.errors import InputError
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.drafts import Draft, Skipped, read_drafts, same_key
from maillage.operations.intake.fields import guess
from maillage.operations.intake.grids import letters, read_grids
from maillage.operations.intake.headings import find_table

TOP = ["N°", "Opération", "Maître d'ouvrage", "Calendrier", None, "Coût total HT", "Financeurs"]
SUB = [
    None,
    None,
    None,
    "Début",
    "Fin",
    None,
    "DETR",
    "DSIL",
    "Région",
    "Autofinancement",
    "Statut",
]
ROWS = [
    ["Axe 1 - Mobilités"],
    [
        "1.1",
        "Voie verte",
        "CC du Val",
        "T2 2025",
        "fin 2026",
        "150 k€",
        60000,
        None,
        30000,
        60000,
        "en cours",
    ],
    [None] * 11,
    [
        "1.2",
        "Pôle d'échanges",
        "Ville",
        "01/03/2025",
        "01/02/2025",
        200000,
        80000,
        "?",
        None,
        120000,
        "presque",
    ],
    ["Sous-total", None, None, None, None, 350000, 140000, None, 30000, 180000],
    ["Axe 2 - Habitat"],
    ["2.1", "OPAH", "CC du Val", 2025, 2027, 90000, 40000, None, 20000, 20000, "Bloqué"],
    [None, None, "CC du Val", None, None, 10],
]


def workbook(rows=ROWS, sheet="Maquette") -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(["Contrat du Val : maquette au 12 mars"])
    page.append([None])
    page.append(TOP)
    page.append(SUB)
    page.merge_cells("D3:E3")
    page.merge_cells("G3:J3")
    for column in "ABCF":
        page.merge_cells(f"{column}3:{column}4")
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes, name: str = "maquette.xlsx"):
    sources = tuple(funding_sources().values())
    (grid,) = read_grids(data, name)
    table = find_table(grid, lambda heading: guess(heading, sources))
    mapping = {c.index: c.guess.field for c in table.columns if c.guess.sure}
    return table, list(read_drafts(table, mapping))


@pytest.fixture
def rows():
    return read(workbook())[1]


def test_headings_on_two_rows_are_joined():
    table, _ = read(workbook())
    headings = {letters(c.index): (c.heading, c.guess.field) for c in table.columns}
    assert headings["A"] == ("N°", "number")
    assert headings["D"] == ("Calendrier / Début", "starts")
    assert headings["G"] == ("Financeurs / DETR", "funding:detr")
    assert headings["J"] == ("Financeurs / Autofinancement", "own_funds")
    assert table.first == 4


def test_every_row_is_a_draft_or_is_said_to_be_skipped(rows):
    drafts = [row for row in rows if isinstance(row, Draft)]
    skipped = [row for row in rows if isinstance(row, Skipped)]
    assert [draft.values.get("title") for draft in drafts] == [
        "Voie verte",
        "Pôle d'échanges",
        "OPAH",
        None,
    ]
    assert [row.text for row in skipped] == ["Axe 1 - Mobilités", "Sous-total", "Axe 2 - Habitat"]
    assert "recalculé" in skipped[1].why


def test_a_good_row_enters_whole(rows):
    draft = rows[1]
    assert draft.doubts == ()
    assert draft.values["axis"] == "Axe 1 - Mobilités"
    assert draft.values["cost"] == Decimal("150000.00")
    assert draft.funding == {"detr": Decimal("60000.00"), "region": Decimal("30000.00")}
    assert draft.places["cost"] == "Maquette, cellule F6"
    assert draft.key == "n 1 1"


def test_doubts_stand_beside_their_cells(rows):
    doubts = {doubt.place: doubt.problem for doubt in rows[2].doubts}
    assert doubts["Maquette, cellule E8"].startswith("fin avant le début")
    assert doubts["Maquette, cellule K8"] == "mot inconnu"
    assert rows[-1].doubts[0].problem == "pas d’intitulé"


def test_an_unbalanced_plan_tells_by_how_much(rows):
    (doubt,) = rows[5].doubts
    assert "10\u202f000" in doubt.problem
    assert "de moins" in doubt.problem


def test_a_wrong_subtotal_is_told():
    wrong = [*ROWS[:4], ["Sous-total", None, None, None, None, 999], *ROWS[5:]]
    _, rows = read(workbook(wrong))
    assert "ne tombe pas juste" in next(
        r.why for r in rows if r.__class__ is Skipped and "tal" in r.text
    )


def test_the_sheet_names_the_axis():
    _, rows = read(workbook(ROWS[1:2], sheet="Axe 3 Eau"))
    assert rows[0].values["axis"] == "Axe 3 Eau"


def test_the_same_operation_twice_is_seen(rows):
    _, twice = read(workbook([ROWS[1], ROWS[1]]))
    assert len(list(same_key(twice))) == 1
    assert list(same_key([r for r in rows if isinstance(r, Draft)])) == []


def test_csv_is_read_alike():
    text = "Numéro;Intitulé;Coût total HT;DETR\n1;Voie verte;150 k€;60000\n"
    _, rows = read(text.encode("cp1252"), "plan.csv")
    assert rows[0].values["cost"] == Decimal("150000.00")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        (b"PK", "a.xlsx"),
        (b"%PDF", "a.pdf"),
        (b"a\0b", "a.csv"),
        (b"x" * 11_000_000, "a.csv"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, name):
    with pytest.raises(InputError) as error:
        read_grids(data, name)
    assert "Remède" in str(error.value)
