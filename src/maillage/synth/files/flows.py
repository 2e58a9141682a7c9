"""Aggregated census flows (« base flux ») as Insee publishes them, one line per pair of codes."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from maillage.synth.census import Census
from maillage.synth.country import Country
from maillage.synth.files.tables import TableWriter, write_rows
from maillage.synth.graph import Index, sum_by
from maillage.territory.geography import FloatArray

FORMER_UNTIL = 2016  # census years up to this one are published in the former communes
ABROAD = "99999"
FILES = {
    "commuting": ("mobilite-domicile-lieu-travail", "DCLT", "L_DCLT", "ACTOCC15P"),
    "residential": ("mobilite-residentielle", "DCRAN", "L_DCRAN", "POP01P"),
    "school": ("mobilite-domicile-lieu-etude", "DCETU", "L_DCETU", "SCOL02P"),
}


def write_base_flux(census: Census, out: Path) -> None:
    """Sums the records of a census by pair of communes, in the vintage of its publication."""
    file, other, other_label, measure = FILES[census.family]
    header = f"CODGEO;LIBGEO;{other};{other_label};NBFLUX_C{census.year % 100:02d}_{measure}"
    path = out / "flows" / census.family / f"base-flux-{file}-{census.year}.csv"
    codes, labels, node = published_communes(census.country, census.year)
    origin, destination, weight = _cells(census, node, len(codes))
    text, label = pa.array(codes), pa.array(labels)
    with TableWriter(path, header) as writer:
        columns = [
            text.take(origin),
            label.take(origin),
            text.take(destination),
            label.take(destination),
            pa.array(weight),
        ]
        writer.write(pa.table(columns, names=header.split(";")))


def write_border_communes(country: Country, out: Path) -> None:
    """Codes and names of the places of work abroad; this file has no header."""
    rows = [(place.code, place.name) for place in country.foreign]
    path = out / "flows" / "commuting" / "communes_frontalieres_RP2022.csv"
    write_rows(path, None, [*rows, (ABROAD, "AUTRE PAYS")])


def published_communes(country: Country, year: int) -> tuple[list[str], list[str], Index]:
    """Sorted codes and labels of a census publication, and the code index of each node."""
    former = year <= FORMER_UNTIL
    chief = country.composition.then if former else country.composition.now
    names = country.former_name if former else country.place_name
    known = {country.place_code[node]: names[node].label for node in np.unique(chief)}
    known |= {place.code: place.name for place in country.foreign}
    known[ABROAD] = "Étranger"
    codes = sorted(known)
    index = {code: rank for rank, code in enumerate(codes)}
    of_places = [index[country.place_code[node]] for node in chief]
    beyond = [index[place.code] for place in country.foreign]
    return codes, [known[code] for code in codes], np.array([*of_places, *beyond, index[ABROAD]])


def _cells(census: Census, node: Index, count: int) -> tuple[Index, Index, FloatArray]:
    """Origins, destinations (published order) and Σ weight, sorted."""
    keys, sums = [], []
    for block in census.blocks():
        pair = node[block.residence] * count + node[block.other]
        key, row = np.unique(pair, return_inverse=True)
        keys.append(key)
        sums.append(sum_by(row, block.weight))
    key, row = np.unique(np.concatenate(keys), return_inverse=True)
    return key // count, key % count, sum_by(row, np.concatenate(sums))
