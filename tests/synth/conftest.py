import csv
from pathlib import Path

import pytest

from maillage.synth.census import FAMILIES, Census
from maillage.synth.country import Country
from maillage.synth.files.flows import write_base_flux
from maillage.synth.invention import invent_country
from maillage.synth.mirror import CENSUS_YEARS


@pytest.fixture(scope="session")
def country() -> Country:
    return invent_country("demo", 1)


@pytest.fixture(scope="session")
def aggregated(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The country's aggregated flows of every family and year."""
    folder = tmp_path_factory.mktemp("aggregated")
    for family in FAMILIES:
        for year in CENSUS_YEARS:
            write_base_flux(Census(country, family, year), folder)
    return folder


def read(path: Path, separator: str = ",", encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))
