"""Detail files: weighted persons, abroad, modes and groups, whatever the edition."""

import random
import zipfile
from collections import defaultdict
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.sources.census import MICRO, MOBPRO, as_dict, assert_closes, drop, rounded, summed
from tests.sources.world import TABLE, geography, only_file, read_mirror

from maillage.catalog.load import load_catalog
from maillage.common.errors import InputError
from maillage.engine.dataset import FlowCells
from maillage.sources.mirror import scan_mirror

CODES = (*geography().codes, *(cell.code for cell in geography().outside))
#: COMMUNE, ARM, DCFLT, DCLT, AGEREVQ, CS1, IPONDI, NA5, TRANS.
WORKERS = [
    ("01001", "ZZZZZ", "99999", "01002", "025", "3", "4.0123456789", "GU", "5"),
    ("01001", "ZZZZZ", "99999", "01002", "030", "5", "3.9", "OQ", "6"),
    ("01001", "ZZZZZ", "99999", "01001", "045", "5", "4.1", "OQ", "1"),
    ("44003", "ZZZZZ", "99999", "44002", "015", "6", "2.5", "FZ", "2"),
    ("75056", "75101", "99999", "75102", "060", "3", "1.25", "GU", "3"),
    ("75056", "75101", "99999", "75101", "065", "2", "3.75", "GU", "9"),
    ("01002", "ZZZZZ", "SU.123", "99999", "025", "4", "5", "BE", "5"),
    ("01002", "ZZZZZ", "BE123", "ZZZZZ", "120", "Z", "6", "ZZ", "Z"),
    ("01002", "ZZZZZ", "ZZZZZ", "99999", "100", "6", "7", "AZ", "5"),
    ("01002", "ZZZZZ", "99999", "99140", "100", "6", "1", "AZ", "5"),
    ("97411", "ZZZZZ", "99999", "97411", "020", "6", "2", "AZ", "4"),
]
WHERE = {**TABLE, "75101": "75056", "75102": "75056"}


def arrival(dclt: str, dcflt: str) -> str:
    """Where a person works, said again by hand."""
    abroad = {("SU.123", "99999"): "@CH", ("BE123", "ZZZZZ"): "@BE", ("ZZZZZ", "99999"): "@ETR"}
    return abroad.get((dcflt, dclt), {"99140": "@CH"}.get(dclt, dclt))


TRIPS = [(row[0], arrival(row[3], row[2]), row[6]) for row in WORKERS]


def mobpro(rows=WORKERS) -> str:
    return "\n".join([MOBPRO, *(";".join(row) for row in rows)]) + "\n"


def parquet(rows=WORKERS, **types) -> bytes:
    columns = dict(zip(MOBPRO.split(";"), zip(*rows, strict=True), strict=True))
    arrays = {
        name: pa.array([types.get(name, str)(text) for text in column])
        for name, column in columns.items()
    }
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(arrays), sink)
    return sink.getvalue().to_pybytes()


def read(tmp_path, content, name="FD_MOBPRO_2020.csv"):
    drop(tmp_path / "mirror", name, content)
    return read_mirror(tmp_path / "mirror", tmp_path / "work")


def cells_of(reading) -> FlowCells:
    (cells,) = reading.values
    return cells


def by_category(cells: FlowCells, dimension: str) -> dict[str, Decimal]:
    found = cells.breakdowns[dimension]
    total: dict[str, Decimal] = defaultdict(Decimal)
    for category, weight in zip(found.category, found.weight, strict=True):
        total[found.categories[category]] += rounded(repr(float(weight)))
    return dict(total)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (mobpro(), "FD_MOBPRO_2020.csv"),
        (mobpro(), "mobpro/2020/extrait.txt"),
        (mobpro().replace(".", ",").replace("SU,123", "SU.123"), "FD_MOBPRO_2020.txt"),
        (mobpro().replace(";", ","), "extrait-2020.csv"),
        (parquet(), "RP2020_mobpro.parquet"),
        (parquet(IPONDI=float, TRANS=lambda t: None if t == "Z" else float(t)), "2020.parquet"),
        (parquet(IPONDI=Decimal), "FD_MOBPRO_2020.parquet"),
    ],
    ids=["csv", "txt", "comma", "commas", "parquet", "numbers", "decimals"],
)
def test_cells_are_those_of_a_naive_sum(tmp_path, content, name):
    reading = read(tmp_path, content, name)
    cells = cells_of(reading)
    assert as_dict(cells, CODES) == summed(TRIPS, WHERE)
    assert cells.meta.year == 2020
    assert cells.meta.mean_weight is None
    assert_closes(reading.account)
    assert reading.account.rows == len(WORKERS)
    assert by_category(cells, "mode") == {
        **{"1": Decimal("4.1"), "2": Decimal("2.5"), "3": Decimal("1.25"), "4": Decimal(2)},
        "5": rounded("4.0123456789") + 13,
        "6": Decimal("3.9"),
        "NR": Decimal("9.75"),
    }
    assert any("code inconnu (9" in note for note in reading.account.notes)


def test_squares_are_those_of_the_rows(tmp_path):
    cells = cells_of(read(tmp_path, mobpro()))
    naive: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for origin, destination, weight in TRIPS:
        pair = WHERE.get(origin, origin), WHERE.get(destination, destination)
        naive[pair] += Decimal(weight) ** 2
    found = {
        (CODES[o], CODES[d]): Decimal(repr(float(v)))
        for o, d, v in zip(cells.origin, cells.destination, cells.weight_sq, strict=True)
    }
    assert found.keys() == naive.keys()
    assert all(abs(found[pair] - naive[pair]) < 2 * MICRO for pair in naive)


def test_the_categories_of_every_breakdown_sum_to_the_cells(tmp_path):
    cells = cells_of(read(tmp_path, mobpro()))
    assert set(cells.breakdowns) == {"mode", "occupation", "age", "sector"}
    for found in cells.breakdowns.values():
        pairs = found.origin.astype(np.int64) * len(CODES) + found.destination
        key = cells.origin.astype(np.int64) * len(CODES) + cells.destination
        weight = np.bincount(np.searchsorted(key, pairs), found.weight)
        square = np.bincount(np.searchsorted(key, pairs), found.weight_sq)
        np.testing.assert_allclose(weight, cells.weight, rtol=1e-15)
        np.testing.assert_allclose(square, cells.weight_sq, rtol=1e-15)
        order = found.category.astype(np.int64) * len(CODES) ** 2 + pairs
        assert (np.diff(order) > 0).all()
    assert by_category(cells, "age")["25_39"] == rounded("4.0123456789") + Decimal("8.9")


@pytest.mark.parametrize(("year", "modes"), [(2008, 5), (2012, 5), (2016, 5), (2017, 6), (2023, 6)])
def test_modes_are_five_until_2016_then_six(tmp_path, year, modes):
    drop(tmp_path, f"FD_MOBPRO_{year}.csv", mobpro())
    file = only_file(tmp_path)
    assert (file.year, file.card.breakdowns["mode"]) == (year, f"transport_mode_{modes}")
    assert file.cog == year + (2 if year < 2016 else 3)


def test_recent_editions_name_the_group_otherwise_and_may_lack_columns(tmp_path):
    text = "COMMUNE;DCLT;GS;IPONDI\n01001;01002;3;2.5\n01001;01002;;1\n"
    cells = cells_of(read(tmp_path, text, "FD_MOBPRO_2023.csv"))
    assert by_category(cells, "occupation") == {"3": Decimal("2.5"), "NR": Decimal(1)}
    assert set(cells.breakdowns) == {"occupation"}


def test_the_year_must_be_somewhere(tmp_path):
    drop(tmp_path, "extrait.csv", mobpro())
    (refused,) = scan_mirror(tmp_path, load_catalog()).refused
    assert "année" in refused.reason
    drop(tmp_path, "extrait.csv", mobpro())
    archive = tmp_path / "RP2019_MOBPRO_csv.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("extrait.csv", mobpro())
        zipped.writestr("Varmod_MOBPRO_2019.csv", "COD_VAR;LIB_VAR\nARM;Arrondissement\n")
    (tmp_path / "extrait.csv").unlink()
    assert only_file(tmp_path).year == 2019


def test_moves_go_from_the_former_residence(tmp_path):
    text = "COMMUNE;ARM;DCRAN;AGEREVQ;CS1;IPONDI;IRAN\n44001;ZZZZZ;01001;020;5;3.5;5\n"
    text += "44001;ZZZZZ;99999;000;8;1.5;9\n44001;ZZZZZ;44001;080;7;10;1\n"
    cells = cells_of(read(tmp_path / "a", text, "FD_MIGCOM_2016.txt"))
    trips = [("01001", "44001", "3.5"), ("@ETR", "44001", "1.5"), ("44001", "44001", "10")]
    assert as_dict(cells, CODES) == summed(trips, {})
    assert (cells.meta.flow, cells.meta.question) == ("residential", "one_year")
    assert by_category(cells, "age")["80_plus"] == 10
    old = cells_of(read(tmp_path / "b", text, "FD_MIGCOM_2008.txt"))
    assert old.meta.question == "five_years"


def test_pupils_are_broken_down_by_school_age(tmp_path):
    text = "COMMUNE;ARM;DCETUF;DCETUE;AGEREV10;ILETUD;IPONDI\n"
    rows = [("01001", "01001", "2"), ("01001", "01002", "15"), ("01002", "01002", "018")]
    text += "".join(f"{o};ZZZZZ;{d};99999;{age};1;1.5\n" for o, d, age in rows)
    text += "01001;ZZZZZ;99999;LU12A;25;7;2\n"
    cells = cells_of(read(tmp_path, text, "FD_MOBSCO_2020.csv"))
    assert cells.meta.flow == "school"
    assert by_category(cells, "age") == {
        "02_05": Decimal("1.5"),
        "15_17": Decimal("1.5"),
        "18_plus": Decimal("3.5"),
    }
    assert ("01001", "@LU") in as_dict(cells, CODES)


@pytest.mark.parametrize("weight", ["-1", "nan", "", "inf"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_person_without_weight_is_named(tmp_path, weight, kind):
    rows = [*WORKERS, (*WORKERS[0][:6], weight, *WORKERS[0][7:]), *WORKERS]
    types = {} if not weight else {"IPONDI": float}
    content = mobpro(rows) if kind == "csv" else parquet(rows, **types)
    with pytest.raises(InputError) as caught:
        read(tmp_path, content, f"FD_MOBPRO_2020.{kind}")
    assert (caught.value.line, caught.value.column) == (len(WORKERS) + 2, "IPONDI")


def test_a_parquet_cut_short(tmp_path):
    drop(tmp_path, "RP2020_mobpro.parquet", parquet()[:-200])
    (refused,) = scan_mirror(tmp_path, load_catalog()).refused
    assert "Parquet" in refused.reason


def test_departements_cut_to_two_characters_are_told_before_anything(tmp_path):
    rows = "DRAN,DRACT,IPONDI\n01,02,26.5\n971,97,3.5\n"
    with pytest.raises(InputError) as caught:
        read(tmp_path, rows, "mig-res-2020.csv")
    assert (caught.value.line, caught.value.column, caught.value.value) == (3, "DRACT", "97")
    assert "971" in caught.value.remedy


def test_moves_between_departements_stay_between_departements(tmp_path):
    rows = "DEPT;DRAN;IPONDI\n44;01;2.5\n44;1;0.5\n44;044;10\n971;99;1.25\n974;QQ;0.25\n2A;2A;3\n"
    reading = read(tmp_path, rows, "FD_MIGDEP_2016.csv")
    (values,) = reading.values
    mesh = geography().mesh("departement")
    ends = (*mesh.codes, *(cell.code for cell in geography().outside))
    found = {(ends[o], ends[d]): values.weight[o, d] for o, d in np.argwhere(values.weight)}
    assert found == {
        ("01", "44"): 3.0,
        ("44", "44"): 10.0,
        ("@ETR", "971"): 1.25,
        ("2A", "2A"): 3.0,
    }
    assert (values.level, values.meta.question) == ("departement", "one_year")
    assert_closes(reading.account)
    assert reading.account.unplaced == {"département inconnu": Decimal("0.25")}


def test_a_file_that_only_tells_one_commune_names_the_one_to_take(tmp_path):
    rows = "COMMUNE;DRAN;IPONDI\n44109;01;2.5\n44109;971;3.5\n"
    with pytest.raises(InputError, match="FD_MIGCOM"):
        read(tmp_path, rows, "FD_MIGGCO_2019.csv")


def test_a_large_random_file_gives_what_a_dict_gives(tmp_path):
    """Long enough to be cut into many pieces, and shuffled so that nothing hangs on order."""
    draw = random.Random(7)
    places = [*geography().codes, "44003", "75101"]
    trip = "{};ZZZZZ;99999;{};025;3;{:.15f};GU;{}"
    rows = [
        tuple(
            trip.format(
                draw.choice(places),
                draw.choice(places),
                draw.uniform(0.5, 9),
                draw.randint(1, 6),
            ).split(";")
        )
        for _ in range(120_000)
    ]
    trips = [(row[0], row[3], row[6]) for row in rows]
    first = cells_of(read(tmp_path / "a", mobpro(rows)))
    draw.shuffle(rows)
    second = cells_of(read(tmp_path / "b", mobpro(rows)))
    expected = summed(trips, WHERE)
    assert as_dict(first, CODES) == expected
    assert first.weight.tobytes() == second.weight.tobytes()
    assert first.weight_sq.tobytes() == second.weight_sq.tobytes()
    for name, found in first.breakdowns.items():
        assert found.weight.tobytes() == second.breakdowns[name].weight.tobytes()


def test_a_header_alone_is_refused(tmp_path):
    with pytest.raises(InputError, match="aucune ligne"):
        read(tmp_path, mobpro([]))
