import csv
from pathlib import Path

import pytest

from maillage.synth.country import Country
from maillage.synth.invention import invent_country


@pytest.fixture(scope="session")
def country() -> Country:
    return invent_country("demo", 1)


def read(path: Path, separator: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))
