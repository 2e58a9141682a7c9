"""The official stock tables of the mirror: every figure here was counted apart, with pandas."""

from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.engine.dataset import StockValues
from maillage.sources.duckdb_batch import DuckDbBatch
from maillage.sources.layouts import Context, Reading, layout_of
from maillage.sources.mirror import scan_mirror
from maillage.sources.references import GeographyBundle, read_geography

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def references(mirror: Path) -> GeographyBundle:
    return read_geography(mirror, load_catalog())


@pytest.fixture(scope="module")
def readings(
    mirror: Path, references: GeographyBundle, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Reading]:
    """By card, every stock table of the mirror."""
    workdir = tmp_path_factory.mktemp("work")
    scan, batch = scan_mirror(mirror, load_catalog()), DuckDbBatch(workdir)
    context = Context(load_catalog(), references, batch, workdir, lambda _: None, scan.files)
    stocks = [file for file in scan.files if file.card.kind == "stock"]
    return {file.card.id: layout_of(file).read(file, context) for file in stocks}


def stock(reading: Reading, name: str, year: int | None = None) -> StockValues:
    (found,) = [
        values
        for values in reading.values
        if isinstance(values, StockValues) and values.stock == name and year in (None, values.year)
    ]
    return found


def at(references: GeographyBundle, values: StockValues, code: str) -> float:
    if values.level == "commune":
        return float(values.values[references.geography.index[code]])
    mesh = references.geography.mesh(values.level, values.level_year)
    return float(values.values[mesh.index[code]])


def test_every_stock_table_is_known_and_its_account_closes(readings: dict[str, Reading]) -> None:
    assert {card: reading.account.rows for card, reading in readings.items()} == {
        "insee_population": 34_900,
        "insee_establishments_size": 36_681,
        "ore_energy_region": 18_128,
        "anct_indicators_communes": 35_357,
        "anct_indicators_epci": 1_265,
        "insee_hourly_wage": 5_136,
    }
    assert all(reading.account.closes for reading in readings.values())


def test_legal_populations(readings: dict[str, Reading], references: GeographyBundle) -> None:
    values = stock(readings["insee_population"], "population")
    assert values.year == 2023
    assert np.nansum(values.values) == 68_094_280
    assert at(references, values, "75056") == 2_103_778  # twenty arrondissements in the file
    assert at(references, values, "44109") == 327_734
    missing = [code for code, v in zip(references.geography.codes, values.values, strict=True)
               if np.isnan(v)]  # fmt: skip
    assert len(missing) == 17  # Mayotte is not in the file: unknown, not zero
    assert all(code.startswith("976") for code in missing)


def test_establishments_and_their_lost_zeros(
    readings: dict[str, Reading], references: GeographyBundle
) -> None:
    reading = readings["insee_establishments_size"]
    values = stock(reading, "establishments")
    assert values.year == 2014
    assert np.nansum(values.values) == 4_528_492  # nothing lost in eleven years of mergers
    assert at(references, values, "13055") == 68_332
    assert any("3\u202f224\u00a0codes" in note for note in reading.account.notes)
    assert reading.account.unplaced == {}


def test_wages_and_their_lost_zeros(
    readings: dict[str, Reading], references: GeographyBundle
) -> None:
    reading = readings["insee_hourly_wage"]
    assert any("285\u00a0codes" in note for note in reading.account.notes)
    values = stock(reading, "mean_hourly_wage")
    assert (values.year, at(references, values, "01004")) == (2014, 13.7)
    assert at(references, values, "75056") == 22.2
    assert at(references, stock(reading, "mean_hourly_wage_cs3"), "75056") == 31.9


def test_commune_indicators_are_never_summed(
    readings: dict[str, Reading], references: GeographyBundle
) -> None:
    reading = readings["anct_indicators_communes"]
    values = stock(reading, "long_commutes")
    assert values.year == 2014
    assert at(references, values, "01001") == pytest.approx(49.5626822157434, abs=1e-6)
    assert np.nanmax(values.values) <= 100
    income = stock(reading, "median_income")
    assert np.isnan(at(references, income, "01006"))  # « NA » in the file
    assert at(references, income, "01001") == 22_228


def test_epci_indicators_are_matched_by_siren(
    readings: dict[str, Reading], references: GeographyBundle
) -> None:
    reading = readings["anct_indicators_epci"]
    values = stock(reading, "median_income")
    assert (values.level, at(references, values, "200069193")) == ("epci", 22_140)
    assert values.notes == ("Valeur publiée pour la composition de 2018.",)
    assert reading.account.unplaced == {"unité inconnue de cette maille": 28}


def test_energy_counts_what_secrecy_hides(
    readings: dict[str, Reading], references: GeographyBundle
) -> None:
    reading = readings["ore_energy_region"]
    industry = stock(reading, "electricity_use_industry", 2021)
    assert at(references, industry, "52") == pytest.approx(6_403_680.4741833, abs=1e-4)
    assert at(references, stock(reading, "gas_use_homes", 2021), "52") == 6_400_322.938
    assert reading.account.suppressed == 13_655
    assert reading.account.unplaced == {"unité inconnue de cette maille": 57}
    years = {v.year for v in reading.values if isinstance(v, StockValues)}
    assert years == set(range(2011, 2022))
    assert industry.lower_bound is not None
