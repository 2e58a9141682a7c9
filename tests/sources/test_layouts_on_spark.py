"""The layouts beside the census give the same values on Spark as on DuckDB, to the last bit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maillage.engine.dataset import FlowCells, LevelFlow, StockValues
from maillage.sources.batch import Batch
from maillage.sources.layouts import Reading

from .test_long_tables import flores
from .test_od_table import CARD, ROWS
from .test_sirene import PLACES, STOCK, link, mirror_of
from .test_stock_table import BILAN, drop
from .test_wages import HEADER
from .world import read_mirror, with_card

pytestmark = pytest.mark.spark

TEXTS = {
    "bilan-energie.csv": BILAN + "44001;2020;1;0;5;2\n44001;2021;2;;6,5;s\n44002;2021;3;0;7;4\n",
    "DS_FLORES_2024.csv": flores(
        '"44001";"COM";"_T";"_T";"_T";"EMPL3112";"A";"2024";"120"',
        '"2025-COM-44109";"COM";"_T";"_T";"_T";"EMPL3112";"A";"2024";"9"',
        '"44002";"COM";"_T";"_T";"_T";"EMPL3112";"C";"2024";""',
        '"244400404";"EPCI";"_T";"_T";"_T";"EMPL3112";"A";"2024";"150"',
    ),
    "masse-salariale.csv": f"{HEADER}\n2020;44109;44001;1 500 000,50;60;0\n"
    "2020;44109;44002;2000;4;\n2021;44001;44109;;40;non\n",
    "FD_SALAAN_2019.csv": "DEPR;DEPT;TRNNETO\n44;44;15\n01;44;23\n99;2A;5\n1;971;\n",
    "covoiturage.csv": ROWS + "44001;44109;1 200,5\n44001;44109;0.25\n1001;75101;3\n",
}


@pytest.fixture(scope="module")
def spark(java: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    from maillage.sources.spark_batch import SparkBatch

    batch = SparkBatch(tmp_path_factory.mktemp("spark"))
    yield batch
    batch.close()


class Kept:
    """A batch that the reading of one file does not close."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def __getattr__(self, name: str) -> Any:
        return (lambda: None) if name == "close" else getattr(self._batch, name)


def told(reading: Reading) -> list[tuple[object, ...]]:
    """Everything a reading says, in an order that does not depend on the engine."""
    values: list[tuple[object, ...]] = [("account", reading.account)]
    for value in reading.values:
        match value:
            case FlowCells():
                cells = (value, *(value.breakdowns[name] for name in sorted(value.breakdowns)))
                values += [(part.origin, part.destination, part.weight) for part in cells]
                values.append((value.meta.flow, value.meta.year, value.suppressed))
            case LevelFlow():
                values.append((value.meta.year, value.weight))
            case StockValues():
                facts = (value.stock, value.year, value.level)
                values.append((*facts, value.values, value.suppressed, value.lower_bound))
    return values


def assert_same(one: Reading, other: Reading) -> None:
    for left, right in zip(told(one), told(other), strict=True):
        for mine, theirs in zip(left, right, strict=True):
            if isinstance(mine, np.ndarray):
                assert mine.tobytes() == np.asarray(theirs).tobytes()
            else:
                assert mine == theirs


@pytest.mark.parametrize("name", TEXTS)
def test_tables_are_read_alike(tmp_path: Path, spark: Batch, name: str) -> None:
    mirror = drop(tmp_path, name, TEXTS[name])
    catalog = with_card(CARD)
    ours = read_mirror(mirror, tmp_path / "duckdb", catalog=catalog)
    theirs = read_mirror(mirror, tmp_path / "spark", catalog=catalog, engine=lambda _: Kept(spark))
    assert_same(ours, theirs)


@pytest.mark.parametrize("card", ["sirene_stock", "sirene_succession"])
def test_sirene_is_read_alike(tmp_path: Path, spark: Batch, card: str) -> None:
    links = [link((1, 1), (1, 2)), link((1, 1), (1, 4)), link((2, 1), (1, 3)), link((3, 1), (9, 9))]
    mirror = mirror_of(tmp_path, [*STOCK, *PLACES] if card == "sirene_stock" else PLACES, links)
    ours = read_mirror(mirror, tmp_path / "duckdb", card=card)
    theirs = read_mirror(mirror, tmp_path / "spark", card=card, engine=lambda _: Kept(spark))
    assert_same(ours, theirs)
