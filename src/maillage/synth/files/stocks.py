"""Stock tables that a local observatory would supply: one line a commune, one column a quantity."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from maillage.synth.country import Country
from maillage.synth.employment import Columns, employment
from maillage.synth.equipment import dwellings, schooling
from maillage.synth.files.tables import write_rows
from maillage.synth.resources import energy, food, waste, water

TABLES: Mapping[str, Callable[[Country, int], Columns]] = {
    "emplois": employment,
    "logement": dwellings,
    "scolaire": schooling,
    "energie": energy,
    "alimentation": food,
    "eau": water,
    "dechets": waste,
}


def write_stock(country: Country, table: str, year: int, out: Path) -> None:
    """Writes one of ``TABLES``; an unknown quantity is an empty cell."""
    columns = TABLES[table](country, year)
    header = ";".join(("CODGEO", "LIBGEO", "ANNEE", *columns))
    values = np.column_stack(list(columns.values())).tolist()
    rows = (
        (code, name.label, year, *map(_cell, line))
        for code, name, line in zip(country.code, country.name, values, strict=True)
    )
    write_rows(out / "stocks" / f"bilan_{table}_{year}.csv", header, rows, separator=";")


def _cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.2f}".rstrip("0").rstrip(".")
