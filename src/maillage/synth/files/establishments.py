"""Active establishments by commune and size class, counted in the stock of Sirene."""

from pathlib import Path

import numpy as np

from maillage.synth.files.tables import write_rows
from maillage.synth.firms import Firms
from maillage.synth.graph import Index

BANDS = ("TST", "TS0ND", "TS1", "TS6", "TS10", "TS20", "TS50", "TS100", "TS200", "TS500")
BAND_OF_SIZE = {
    "NN": 1,
    "00": 1,
    "01": 2,
    "02": 2,
    "03": 3,
    "11": 4,
    "12": 5,
    "21": 6,
    "22": 7,
    "31": 8,
    "32": 8,
    "41": 9,
    "42": 9,
}


def write_establishments(firms: Firms, year: int, out: Path) -> None:
    """One line a commune; as in the real file, leading zeros are lost and régions repeated."""
    country, counts = firms.country, _counts(firms)
    header = ";".join(["CODGEO", "LIBGEO", "REG", "DEP", *(f"E{year % 100}{b}" for b in BANDS)])
    rows = (
        (
            country.code[unit].lstrip("0"),
            country.name[unit].label,
            country.region_of(unit),
            country.departement_of(unit).lstrip("0"),
            *counts[unit].tolist(),
        )
        for unit in range(len(country.code))
    )
    path = out / "stocks" / f"base_etablissement_par_tranche_effectif_{year}.csv"
    write_rows(path, header, rows, separator=";", newline="\r\n")


def _counts(firms: Firms) -> Index:
    """Open establishments by commune and band; the first band is the total."""
    communes = len(firms.country.code)
    counts = np.zeros((communes, len(BANDS)), dtype=np.int64)
    for block in firms.blocks():
        size = firms.sizes(block)
        band = np.array([BAND_OF_SIZE[code] for code in size.codes])[size.rank]
        place = firms.country.commune[block.place[block.open]]
        cell = place * len(BANDS) + band[block.open]
        counts += np.bincount(cell, minlength=counts.size).reshape(counts.shape)
    counts[:, 0] = counts.sum(axis=1)
    return counts
