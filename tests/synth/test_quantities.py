"""Wages and stocks agree with the flows, and follow the cards that read them."""

import re
from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.synth.country import Country
from maillage.synth.files.stocks import TABLES
from maillage.synth.files.wages import SALAAN, write_salaan
from maillage.synth.wages import Wages, wage_cells

from .conftest import read


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name] or "nan") for row in rows])


@pytest.mark.parametrize("table", TABLES)
def test_every_stock_of_a_local_table_finds_its_column(table: str, demo_mirror: Path) -> None:
    rows = read(demo_mirror / "stocks" / f"bilan_{table}_2022.csv", ";")
    cards = [c for c in load_catalog().stocks.values() if c.source == f"bilan_{table}"]
    assert cards
    for card in cards:
        assert [name for name in rows[0] if re.search(card.column, name)], card.id
    assert len(rows) == 500


def test_jobs_are_the_commuters_who_come(demo_mirror: Path, aggregated: Path) -> None:
    jobs = read(demo_mirror / "stocks" / "bilan_emplois_2022.csv", ";")
    path = aggregated / "flows/commuting/base-flux-mobilite-domicile-lieu-travail-2022.csv"
    come: dict[str, float] = {}
    for row in read(path, ";"):
        come[row["DCLT"]] = come.get(row["DCLT"], 0) + float(row["NBFLUX_C22_ACTOCC15P"])
    for row in jobs:
        assert float(row["EMPLOIS"] or 0) == pytest.approx(come.get(row["CODGEO"], 0), abs=0.01)


def test_dwellings_add_up_and_some_energy_is_unknown(demo_mirror: Path) -> None:
    housing = read(demo_mirror / "stocks" / "bilan_logement_2022.csv", ";")
    parts = [column(housing, c) for c in ("RES_PRINCIPALES", "RES_SECONDAIRES", "LOG_VACANTS")]
    assert (column(housing, "LOGEMENTS") == sum(parts)).all()
    energy = column(read(demo_mirror / "stocks" / "bilan_energie_2022.csv", ";"), "CONSO_ELEC")
    assert 0 < np.isnan(energy).sum() < 30


def test_secret_wages_hold_no_amount(demo_mirror: Path) -> None:
    rows = read(demo_mirror / "wages" / "masse_salariale_communes_2022.csv", ";")
    secret = [row for row in rows if row["SECRET"] == "1"]
    assert 0 < len(secret) < len(rows)
    assert all(row["MONTANT"] == "" for row in secret)
    assert all(row["MONTANT"] for row in rows if row["SECRET"] == "0")
    assert all(
        float(row["EFFECTIF"]) < 5 or float(row["PART_PREMIER_SALARIE"]) > 0.8 for row in secret
    )


def test_pay_is_plausible_and_secret_cells_are_small(country: Country) -> None:
    cells = wage_cells(Wages(country, 2022))
    assert 24_000 < cells.amount.sum() / cells.persons.sum() < 32_000
    assert cells.amount[cells.secret].sum() < 0.1 * cells.amount.sum()


def test_the_wage_sample_stands_for_all_employees(country: Country, tmp_path: Path) -> None:
    wages = Wages(country, 2022)
    write_salaan(wages, tmp_path)
    rows = read(tmp_path / "wages" / "FD_SALAAN_2022.csv", ";")
    assert list(rows[0]) == SALAAN.split(";")
    everyone = wage_cells(wages).persons.sum()
    assert len(rows) * 12 == pytest.approx(everyone, rel=0.02)
    assert {row["DEPT"] for row in rows} == set(country.departement_code)


@pytest.mark.real
@pytest.mark.parametrize(
    ("ours", "real"),
    [
        ("net_salary_per_town_categories_INSEE2022", "net_salary_per_town_categories_INSEE2014"),
        (
            "base_etablissement_par_tranche_effectif_2022",
            "base_etablissement_par_tranche_effectif_2014",
        ),
    ],
)
def test_headers_differ_from_the_real_ones_by_the_year_alone(
    ours: str, real: str, demo_mirror: Path, mirror: Path
) -> None:
    first = (demo_mirror / "stocks" / f"{ours}.csv").read_bytes().split(b"\n")[0]
    official = (mirror / "stocks" / f"{real}.csv").read_bytes().split(b"\n")[0]
    assert first == official.replace(b"E14", b"E22").replace(b"14", b"22")
