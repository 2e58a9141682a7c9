"""Wage mass: a user's matrix with its secrecy, the détail file by département, the estimate."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from maillage.common.errors import InputError
from maillage.engine.dataset import (
    BreakdownCells,
    FlowCells,
    FlowMeta,
    LevelFlow,
    Reach,
    Scope,
    SourceFile,
    StockValues,
    Universe,
)
from maillage.sources.layouts import Reading

from .test_sirene import cells_of, weights
from .test_stock_table import drop
from .world import CODES, bundle, node, only_file, read_mirror

HEADER = "ANNEE;COMT;COMR;MASSE_SALARIALE;EFFECTIF;SECRET"


def matrix(folder: Path, *rows: str, header: str = HEADER) -> Reading:
    text = "\n".join((header, *rows)) + "\n"
    return read_mirror(drop(folder, "masse-salariale.csv", text, "cp1252"), folder / "work")


def hidden(cells: FlowCells) -> set[tuple[int, int]]:
    rows = [] if cells.suppressed is None else cells.suppressed.tolist()
    assert all(cells.weight[row] == 0 for row in rows)
    return {(int(cells.origin[row]), int(cells.destination[row])) for row in rows}


def test_money_goes_from_work_to_residence_and_years_are_apart(tmp_path: Path) -> None:
    reading = matrix(
        tmp_path,
        "2020;44109;44001;1 500 000,50;60;0",
        "2020;44109;44109;9000000;300;",
        "2021;44001;44109;20;40;non",
    )
    cells = cells_of(reading, 2020)
    assert weights(cells) == {
        (node("44109"), node("44001")): 1_500_000.5,
        (node("44109"), node("44109")): 9_000_000,
    }
    assert (cells.meta.flow, cells.meta.unit, cells.meta.secrecy) == ("wages", "eur", "protected")
    assert not cells.meta.estimated
    assert reading.account.closes
    assert len(reading.values) == 2


def test_cells_that_break_the_rule_lose_their_amount_for_good(tmp_path: Path) -> None:
    reading = matrix(
        tmp_path,
        "2020;44109;44001;1000;60;oui",  # marked
        "2020;44109;44002;2000;4;",  # four employees
        "2020;44109;44109;;70;",  # blank
        "2020;44001;44001;s;70;",  # marked in the amount
        "2020;44001;44002;3000;;",  # number of employees unknown
        "2020;44002;44002;4000;5;",
    )
    cells = cells_of(reading)
    assert weights(cells)[node("44002"), node("44002")] == 4000
    assert len(hidden(cells)) == 5
    assert reading.account.suppressed == 5
    assert reading.account.total == 4000


def test_thresholds_are_those_of_the_card(tmp_path: Path) -> None:
    header = f"{HEADER};PART_PREMIER_SALARIE;ETABLISSEMENTS;PART_PREMIER_ETABLISSEMENT"
    reading = matrix(
        tmp_path,
        "2020;44109;44001;1;60;;81;9;10",  # one employee above 80 %
        "2020;44109;44002;1;60;;80;2;10",  # two establishments
        "2020;44109;44109;1;60;;80;3;86",  # one establishment above 85 %
        "2020;44001;44001;7;60;;80;3;85",
        header=header,
    )
    cells = cells_of(reading)
    assert hidden(cells) == {(node("44109"), node(c)) for c in ("44001", "44002", "44109")}
    assert weights(cells)[node("44001"), node("44001")] == 7


def test_a_merger_never_reveals_what_it_hides(tmp_path: Path) -> None:
    """44110 is part of 44109: released and hidden parts make one hidden cell."""
    reading = matrix(
        tmp_path, "2020;44001;44109;500;60;", "2020;44001;44110;300;60;s", "2020;44002;44002;9;9;"
    )
    cells = cells_of(reading)
    assert hidden(cells) == {(node("44001"), node("44109"))}
    assert reading.account.unplaced == {
        "réunie à une cellule secrète par une fusion de communes": 500
    }
    assert reading.account.closes


def test_without_head_counts_only_the_marks_apply_and_it_is_said(tmp_path: Path) -> None:
    reading = matrix(
        tmp_path, "2020;44001;44109;500", "2020;44002;44109;c", header="ANNEE;COMT;COMR;MONTANT"
    )
    assert hidden(cells_of(reading)) == {(node("44002"), node("44109"))}
    assert any("Sans effectif" in note for note in reading.account.notes)


def test_a_faulty_amount_refuses_the_matrix(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ligne 2, colonne MASSE_SALARIALE, valeur « -5 »"):
        matrix(tmp_path, "2020;44109;44001;-5;60;")


# FD_SALAAN


def salaan(folder: Path, rows: Sequence[str], header: str = "AGE;DEPR;DEPT;TRNNETO;A6") -> Reading:
    text = "\n".join((header, *rows)) + "\n"
    return read_mirror(drop(folder, "FD_SALAAN_2019.csv", text), folder / "work")


def at(values: LevelFlow, origin: str, destination: str) -> float:
    mesh = bundle().geography.mesh("departement")
    outside = {cell.code: i for i, cell in enumerate(bundle().geography.outside)}
    ends = [
        mesh.index[code] if code in mesh.index else len(mesh.codes) + outside[code]
        for code in (origin, destination)
    ]
    return float(values.weight[ends[0], ends[1]])


def level_flow(reading: Reading) -> LevelFlow:
    (values,) = reading.values
    assert isinstance(values, LevelFlow)
    return values


def test_wages_between_départements_stay_between_départements(tmp_path: Path) -> None:
    reading = salaan(
        tmp_path,
        ["30;44;44;15;OQ", "31;44;44;00;OQ", "32;01;44;23;GU", "33;99;2A;5;GU", "34;1;971;;GU"],
    )
    values = level_flow(reading)
    assert (values.level, values.meta.year, values.meta.estimated) == ("departement", 2019, True)
    assert at(values, "44", "44") == 12 * (21000 + 100)
    assert at(values, "44", "01") == 12 * 50000  # open class, at its minimum
    assert at(values, "2A", "@ETR") == 12 * 2500
    assert values.weight.sum() == 12 * (21000 + 100 + 50000 + 2500)
    assert not any(isinstance(v, FlowCells) for v in reading.values)
    assert reading.account.closes
    assert any("1\u00a0salarié sans tranche" in note for note in reading.account.notes)


def test_weights_of_the_file_replace_the_sampling_rate(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    columns = {"DEPT": ["44", "44"], "DEPR": ["44", "01"], "TRNNETO": ["10", "11"]}
    pq.write_table(pa.table({**columns, "POND": [11.5, 12.25]}), mirror / "FD_SALAAN_2023.parquet")
    values = level_flow(read_mirror(mirror, tmp_path / "work"))
    assert at(values, "44", "44") == 11.5 * 11000
    assert at(values, "44", "01") == 12.25 * 13000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("30;44;97;15;OQ", "coupé à deux caractères"),
        ("30;44;44;24;OQ", "ligne 2, colonne TRNNETO, valeur « 24 » : tranche"),
    ],
)
def test_codes_that_cannot_be_read_refuse_the_file(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        salaan(tmp_path, [row])


def test_a_file_of_wages_without_employees_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="aucune ligne"):
        salaan(tmp_path, [])


def test_an_unknown_département_is_counted(tmp_path: Path) -> None:
    reading = salaan(tmp_path, ["30;44;20;15;OQ", "30;44;44;15;OQ"])
    assert reading.account.unplaced == {"département inconnu": 12 * 21000}
    assert reading.account.closes


# The estimate

WAGES = (
    "CODGEO;LIBGEO;SNHM14;SNHMC14;SNHMP14;SNHME14;SNHMO14\n"
    "44001;A;10;20;15;9;8\n44109;B;30;40;25;12;11\n1001;C;50;60;35;20;15\n"
)


def commuters(
    year: int, table: dict[tuple[str, str], float], *scopes: Scope, **more: object
) -> FlowCells:
    """Commuting cells as a census file would give them."""
    ends = sorted((node(o), node(d), w) for (o, d), w in table.items())
    origin, destination = (np.array([e[i] for e in ends], dtype=np.int32) for i in (0, 1))
    meta = FlowMeta(
        flow="commuting",
        year=year,
        unit="persons",
        sources=(SourceFile("rp", "rp.csv", "0" * 64, 1, None),),
        universe=Universe(scopes),
        mean_weight=None,
        census=True,
        estimated=False,
        secrecy="public",
    )
    weight = np.array([e[2] for e in ends], dtype=np.float64)
    return FlowCells(meta, origin, destination, weight, None, **more)


def estimate(folder: Path, *flows: FlowCells, wages: str = WAGES) -> Reading:
    mirror = drop(folder, "net_salary_per_town.csv", wages)
    assert only_file(mirror).card.id == "insee_hourly_wage"
    return read_mirror(mirror, folder / "work", flows=flows)


TABLE = {
    ("44001", "44109"): 100.0,
    ("44109", "44001"): 10.0,
    ("44001", "44002"): 4.0,
    ("44001", "@CH"): 7.0,
}


def test_commuters_times_the_mean_wage_at_the_workplace(tmp_path: Path) -> None:
    reading = estimate(tmp_path, commuters(2014, TABLE))
    cells = cells_of(reading)
    # 44002 is not published: mean of Loire-Atlantique weighted by arrivals, 100 at 30 and 10 at 10
    local = (100 * 30 + 10 * 10) / 110
    assert weights(cells) == pytest.approx(
        {
            (node("44109"), node("44001")): 100 * 30 * 1820,
            (node("44001"), node("44109")): 10 * 10 * 1820,
            (node("44002"), node("44001")): 4 * local * 1820,
        }
    )
    assert cells.meta.flow == "wages"
    assert cells.meta.estimated
    assert [s.card for s in cells.meta.sources] == ["rp", "insee_hourly_wage"]
    assert (np.diff(cells.origin) >= 0).all()
    assert any("7\u00a0actifs" in note for note in reading.account.notes)
    stocks = {v.stock for v in reading.values if isinstance(v, StockValues)}
    assert {"mean_hourly_wage", "mean_hourly_wage_cs3"} <= stocks


@pytest.mark.parametrize(
    ("reach", "label", "other", "seen"),
    [
        (Reach.INSIDE, "à l’intérieur du 44", Reach.INSIDE, "à l’intérieur du 44"),
        (Reach.FROM, "au départ du 44", Reach.TO, "à destination du 44"),
    ],
)
def test_the_estimate_covers_what_the_commuters_do_seen_from_work(
    tmp_path: Path, reach: Reach, label: str, other: Reach, seen: str
) -> None:
    scope = Scope("departement", "44", label, np.arange(3, 6, dtype=np.int32), reach)
    reading = estimate(tmp_path, commuters(2014, TABLE, scope))
    (found,) = cells_of(reading).meta.universe.scopes
    assert (found.reach, found.label) == (other, seen)


def test_occupations_have_their_own_wage_and_some_earn_none(tmp_path: Path) -> None:
    persons = {"1": 5.0, "3": 20.0, "6": 75.0}
    codes = (*"123456", "NR")
    rows = [(codes.index(code), count) for code, count in persons.items()]
    ends = np.full(len(rows), node("44001"), np.int32), np.full(len(rows), node("44109"), np.int32)
    told = BreakdownCells(
        categories=codes,
        category=np.array([row[0] for row in rows], dtype=np.int32),
        origin=ends[0],
        destination=ends[1],
        weight=np.array([row[1] for row in rows]),
        weight_sq=None,
    )
    reading = estimate(
        tmp_path,
        commuters(2014, {("44001", "44109"): 100.0}, breakdowns={"occupation": told}),
    )
    assert weights(cells_of(reading)) == pytest.approx(
        {(node("44109"), node("44001")): (20 * 40 + 75 * 11) * 1820}
    )


def test_only_years_near_enough_are_crossed(tmp_path: Path) -> None:
    reading = estimate(tmp_path, commuters(2012, TABLE), commuters(2017, TABLE))
    years = [v.meta.year for v in reading.values if isinstance(v, FlowCells)]
    assert years == [2012]


def test_a_real_matrix_leaves_no_place_for_an_estimate(tmp_path: Path) -> None:
    (tmp_path / "matrix").mkdir()
    real = cells_of(matrix(tmp_path / "matrix", "2014;44109;44001;1000;60;0"))
    reading = estimate(tmp_path, commuters(2014, TABLE), real)
    assert not [v for v in reading.values if isinstance(v, FlowCells)]


def test_the_total_is_the_sum_of_wages_earned(tmp_path: Path) -> None:
    """Whatever the pairs: Σ W = Σ persons × wage × hours, by brute force."""
    rng = np.random.default_rng(7)
    inside = [code for code in CODES if code in ("44001", "44109", "01001")]
    table = {(o, d): float(rng.integers(1, 50)) for o in inside for d in inside}
    hourly = {"44001": 10, "44109": 30, "01001": 50}
    expected = sum(count * hourly[d] * 1820 for (_, d), count in table.items())
    cells = cells_of(estimate(tmp_path, commuters(2014, table)))
    assert cells.weight.sum() == pytest.approx(expected)
