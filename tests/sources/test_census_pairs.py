"""« Base flux » files: every way they are written, and every way they may be wrong."""

import gzip
import zipfile
from decimal import Decimal

import numpy as np
import pytest
from tests.sources.census import (
    RESIDENTIAL,
    as_dict,
    assert_closes,
    drop,
    pairs_file,
    summed,
)
from tests.sources.world import TABLE, bundle, geography, node, read_mirror

from maillage.catalog.load import load_catalog
from maillage.common.errors import InputError
from maillage.engine.dataset import FlowCells, Reach
from maillage.sources.mirror import scan_mirror

NAME = "base-flux-mobilite-domicile-lieu-travail-2020.csv"
ROWS = [
    ("01001", "01001", "120.5"),
    ("01001", "01002", "3.1234567"),
    ("2A004", "2A004", "55.000001"),
    ("44001", "44003", "7.25"),  # 44003 merged into 44002
    ("44002", "44003", "1.5"),  # was between, is within
    ("44003", "44003", "80"),
    ("75101", "75102", "40.25"),  # two arrondissements of Paris
    ("75101", "75101", "10"),
    ("97101", "97101", "12.125"),
    ("01002", "99999", "2.5"),
    ("01002", "BE123", "0.75"),
]
WHERE = {
    **TABLE,
    "75101": "75056",
    "75102": "75056",
    "99999": "@ETR",
    "BE123": "@BE",
}
CODES = (*geography().codes, *(cell.code for cell in geography().outside))


def read(tmp_path, content, name=NAME):
    drop(tmp_path / "mirror", name, content)
    return read_mirror(tmp_path / "mirror", tmp_path / "work")


def cells_of(reading) -> FlowCells:
    (cells,) = reading.values
    return cells


def refusal(tmp_path, content, name=NAME) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, content, name)
    assert caught.value.file
    assert caught.value.remedy
    return caught.value


def quoted(text: str) -> bytes:
    return "".join(f'"{line}"\n' for line in text.replace(";", '";"').splitlines()).encode()


def test_cells_are_those_of_a_naive_sum(tmp_path):
    reading = read(tmp_path, pairs_file(ROWS))
    cells = cells_of(reading)
    assert as_dict(cells, CODES) == summed(ROWS, WHERE)
    key = cells.origin.astype(np.int64) * len(CODES) + cells.destination
    assert (np.diff(key) > 0).all()
    assert cells.weight_sq is None
    assert cells.meta.mean_weight == 4
    assert (cells.meta.flow, cells.meta.year, cells.meta.sources[0].cog) == (
        "commuting",
        2020,
        2023,
    )


def test_the_account_closes_and_tells_what_mergers_moved(tmp_path):
    account = read(tmp_path, pairs_file(ROWS)).account
    assert_closes(account)
    assert account.rows == len(ROWS)
    assert account.total == sum(summed(ROWS, {}).values())
    assert account.vanished == 1
    assert account.moved == Decimal("1.5")  # folding arrondissements is no merger


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (lambda text: text.encode("utf-8-sig"), NAME),
        (lambda text: text.replace("Nom", "Évrecy").encode("cp1252"), NAME),
        (lambda text: text.encode("utf-16"), NAME),
        (lambda text: text.replace("\n", "\r\n").encode(), NAME),
        (lambda text: text.replace("\n", "\r\n", 3).encode(), NAME),  # mixed ends
        (lambda text: text.replace(";", ",").encode(), NAME),
        (lambda text: text.replace(";", "\t").encode(), "flux.txt"),
        (quoted, NAME),
        (lambda text: gzip.compress(text.encode()), NAME + ".gz"),
        (lambda text: text.lower().replace("2a", "2A").encode(), "peu-importe.csv"),
        (lambda text: (text + "\n\n").encode(), NAME),
        (lambda text: text.rstrip("\n").encode(), NAME),
    ],
    ids=[*("bom", "cp1252", "utf-16", "crlf", "mixed", "comma"),
         *("tab", "quoted", "gz", "lower", "blank", "no-end")],
)  # fmt: skip
def test_however_the_file_is_written_the_cells_are_the_same(tmp_path, encode, name):
    cells = cells_of(read(tmp_path, encode(pairs_file(ROWS)), name))
    assert as_dict(cells, CODES) == summed(ROWS, WHERE)
    assert cells.meta.year == 2020


def test_a_label_that_is_no_utf8_late_in_a_large_file(tmp_path):
    rows = [(f"{1001 if i % 2 else 1002:05d}", f"44{i:03d}", "1") for i in range(3)]
    text = pairs_file([*ROWS, *rows]).replace("Nom", "N" * 9000)
    late = text.encode()[:-40] + b"\xe9\n"
    with pytest.raises(InputError):  # the last weight is « …é »: found, not swallowed
        read(tmp_path, late)
    assert cells_of(read(tmp_path, text[::-1].replace("N", "É", 1)[::-1].encode("cp1252")))


def test_a_zip_may_hold_its_documentation_too(tmp_path):
    path = tmp_path / "mirror" / "base-flux-mobilite-domicile-lieu-travail-2020-csv.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dossier/base.csv", pairs_file(ROWS))
        archive.writestr("meta.csv", "COD_VAR;LIB_VAR\nCODGEO;Commune\n")
        archive.writestr("lisez-moi.pdf", "…")
    reading = read_mirror(tmp_path / "mirror", tmp_path / "work")
    assert as_dict(cells_of(reading), CODES) == summed(ROWS, WHERE)
    scan = scan_mirror(tmp_path / "mirror", load_catalog())
    assert scan.unmatched == (f"{path.name}/lisez-moi.pdf", f"{path.name}/meta.csv")


def test_decimal_commas_and_spaced_thousands_are_read_and_said(tmp_path):
    written = [
        ("01001", "01001", "1\u202f120,5"),
        ("01001", "01002", "3,25"),
        ("01002", "01002", "4"),
    ]
    reading = read(tmp_path, pairs_file(written))
    assert as_dict(cells_of(reading), CODES) == summed(
        [("01001", "01001", "1120.5"), ("01001", "01002", "3.25"), ("01002", "01002", "4")], {}
    )
    assert len(reading.account.notes) == 2
    assert "virgule décimale" in reading.account.notes[0]
    assert_closes(reading.account)


def test_lost_zeros_come_back_and_are_counted(tmp_path):
    cells = read(
        tmp_path,
        pairs_file([("1001", "1001", "5"), ("1001", "01002", "2"), ("44001", "44001", "9")]),
    )
    assert set(as_dict(cells_of(cells), CODES)) == {
        ("01001", "01001"),
        ("01001", "01002"),
        ("44001", "44001"),
    }
    assert any("Zéro de tête rétabli" in note for note in cells.account.notes)


def test_unknown_codes_are_counted_never_dropped(tmp_path):
    rows = [
        ("01001", "01001", "1000"),
        ("01001", "QQQQQ", "3.5"),
        ("123", "01002", "1.25"),
        ("44999", "44001", "2"),
    ]
    reading = read(tmp_path, pairs_file(rows))
    assert_closes(reading.account)
    assert reading.account.placed == 1000
    assert sum(reading.account.unplaced.values()) == Decimal("6.75")
    assert len(reading.account.unplaced) == 3


def test_a_file_whose_codes_are_mostly_unknown_is_refused(tmp_path):
    error = refusal(tmp_path, pairs_file([("44109", "44109", "50"), ("99X1", "99X2", "50")]))
    assert "ne se place nulle part" in error.problem


@pytest.mark.parametrize(
    ("weight", "problem"),
    [
        ("-3", "négatif"),
        ("inf", "infini"),
        ("1e400", "infini"),
        ("nan", "pas un nombre"),
        ("abc", "pas un nombre"),
        ("1_000", "pas un nombre"),
        ("", "manque"),
        ("99999999999999", "démesuré"),
    ],
)
def test_a_weight_that_is_none_is_named_with_its_line(tmp_path, weight, problem):
    error = refusal(
        tmp_path, pairs_file([*ROWS, ("01002", "01002", weight), ("44001", "44001", "1")])
    )
    assert problem in error.problem
    assert (error.line, error.column, error.value) == (
        len(ROWS) + 2,
        "NBFLUX_C20_ACTOCC15P",
        weight,
    )


@pytest.mark.parametrize("line", ["01002;Nom;01002", "01002;Nom;01002;Nom;1;2"])
def test_a_line_with_cells_missing_or_too_many(tmp_path, line):
    error = refusal(tmp_path, pairs_file(ROWS) + line + "\n")
    assert (error.line, error.value) == (len(ROWS) + 2, line)


def test_truncated_editions_are_refused_with_the_remedy(tmp_path):
    error = refusal(tmp_path, pairs_file([("01001", "01002", "100"), ("44001", "44002", "250")]))
    assert "tronquée" in error.problem
    assert "csv" in error.remedy
    assert error.value == "100"


def test_the_workbooks_of_the_census_are_truncated_editions(tmp_path):
    error = refusal(tmp_path, b"\xd0\xcf\x11\xe0", NAME.replace(".csv", ".xls"))
    assert "tronquée" in error.problem


def test_a_large_file_without_diagonal_or_without_small_flows_is_truncated(tmp_path):
    many = [(o, d, "5") for o in geography().codes for d in geography().codes]
    no_stay = [(o, d, w) for o, d, w in many if o != d]
    assert "reste dans sa commune" in refusal(tmp_path / "a", pairs_file(no_stay)).problem
    large = [(o, d, "150") for o, d, _ in many]
    assert "inférieur à 100" in refusal(tmp_path / "b", pairs_file(large)).problem
    assert len(cells_of(read(tmp_path / "c", pairs_file(many))).weight) == 81


@pytest.mark.parametrize(
    "again", [("01001", "01002", "3.1234567"), ("01001", "01002", "9"), ("1001", "1002", "9")]
)
def test_a_pair_given_twice_is_refused_whatever_its_weight(tmp_path, again):
    error = refusal(tmp_path, pairs_file([*ROWS, again]))
    assert "01001 → 01002" in error.problem
    assert error.line == len(ROWS) + 2


def test_the_column_tells_the_year_and_the_name_is_reported(tmp_path):
    reading = read(tmp_path, pairs_file(ROWS, yy=14), "MOBPRO_2015.csv")
    assert cells_of(reading).meta.year == 2014
    (note,) = reading.account.notes
    assert "2015" in note
    assert "NBFLUX_C14_ACTOCC15P" in note


def test_residential_files_go_from_the_former_residence_and_keep_their_question(tmp_path):
    rows = [("44001", "01001", "5"), ("44001", "44001", "90")]
    now = cells_of(read(tmp_path / "now", pairs_file(rows, header=RESIDENTIAL), "res.csv"))
    assert as_dict(now, CODES) == summed([("01001", "44001", "5"), ("44001", "44001", "90")], {})
    assert now.meta.question == "one_year"
    old = pairs_file(rows, header=RESIDENTIAL, yy=8).replace("POP01P", "POP05P")
    then = cells_of(read(tmp_path / "then", old, "res.csv"))
    assert (then.meta.question, then.meta.year) == ("five_years", 2008)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "vide"),
        (b"\n\n", "vide"),
        (
            b"CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C198ACTOCC15O\n01001;A;01001;A;5\n",
            "manque des colonnes",
        ),
        (b"CODGEO;LIBGEO;NBFLUX_C20_ACTOCC15P\n01001;A;5\n", "DCLT"),
    ],
)
def test_a_file_that_its_name_claims_but_its_content_denies(tmp_path, content, problem):
    drop(tmp_path, NAME, content)
    scan = scan_mirror(tmp_path, load_catalog())
    assert not scan.files
    (refused,) = scan.refused
    assert problem in refused.reason
    assert refused.file == NAME


def test_a_header_alone_is_refused(tmp_path):
    assert "aucune ligne" in refusal(tmp_path, pairs_file([])).problem


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.99])
def test_a_half_downloaded_archive(tmp_path, cut):
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("base.csv", pairs_file(ROWS * 50))
    data = whole.read_bytes()
    drop(tmp_path / "mirror", "base-flux-2020.zip", data[: int(len(data) * cut)])
    (refused,) = scan_mirror(tmp_path / "mirror", load_catalog()).refused
    assert "incomplète" in refused.reason
    assert "Remède" in refused.reason


def test_a_region_is_recognised_by_its_cells(tmp_path):
    communes = ("44001", "44002", "44109")
    rows = [(o, d, "5") for o in communes for d in communes]
    (scope,) = cells_of(read(tmp_path, pairs_file(rows))).meta.universe.scopes
    assert (scope.level, scope.code, scope.reach) == ("departement", "44", Reach.INSIDE)
    assert scope.communes.tolist() == [node(code) for code in communes]
    assert bundle().geography.codes[scope.communes[0]] == "44001"
