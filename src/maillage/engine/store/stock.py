"""A stock of one year as a table: code of the unit, value, secrecy."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from maillage.engine.dataset import SourceFile, StockValues
from maillage.engine.store.folder import DraftFolder, read_json, read_table
from maillage.territory.geography import Geography


def stock_folder(stock: str, year: int, level: str) -> str:
    return f"stocks/{stock}/{year}/{level}"


def write_stock(draft: DraftFolder, geography: Geography, values: StockValues) -> None:
    """ValueError when there is not one value a unit, or when a suppressed one is still there."""
    codes = unit_codes(geography, values.level, values.level_year)
    if len(codes) != len(values.values):
        raise ValueError(f"{values.stock} {values.year}: not one value for each {values.level}")
    if not np.isnan(values.values[values.suppressed]).all():
        raise ValueError(f"{values.stock} {values.year}: a suppressed value is still there")
    hidden, least = np.zeros((2, len(codes)), dtype=bool)
    hidden[values.suppressed] = True
    least[[] if values.lower_bound is None else values.lower_bound] = True
    folder = stock_folder(values.stock, values.year, values.level)
    columns = {"code": codes, "value": values.values, "suppressed": hidden, "lower_bound": least}
    table = pa.table(columns)
    draft.table(f"{folder}/values.parquet", table)
    facts = {
        "level_year": values.level_year,
        "source": asdict(values.source),
        "fictional": values.fictional,
        "notes": list(values.notes),
    }
    draft.json(f"{folder}/meta.json", facts)


def read_stock(edition: Path, stock: str, year: int, level: str) -> StockValues:
    folder = edition / stock_folder(stock, year, level)
    facts = read_json(folder / "meta.json")
    table = read_table(folder / "values.parquet")
    return StockValues(
        stock=stock,
        year=year,
        level=level,
        level_year=facts["level_year"],
        values=table["value"].to_numpy(),
        suppressed=np.flatnonzero(table["suppressed"].to_numpy()).astype(np.int32),
        source=SourceFile(**facts["source"]),
        fictional=facts["fictional"],
        lower_bound=np.flatnonzero(table["lower_bound"].to_numpy()).astype(np.int32),
        notes=tuple(facts["notes"]),
    )


def unit_codes(geography: Geography, level: str, year: int) -> list[str]:
    """Codes of the communes, or of the units of a mesh."""
    return list(geography.codes if level == "commune" else geography.mesh(level, year).codes)
