"""Detail files of the census: one line a person, csv in the older editions, parquet since 2021."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maillage.synth.census import Census, Records
from maillage.synth.files.flows import ABROAD, published_communes
from maillage.synth.files.tables import TableWriter
from maillage.synth.graph import Index
from maillage.synth.residents import describe_pupils, describe_residents
from maillage.synth.scales import stream
from maillage.synth.traits import Coded, Trait, detail_layout, draw_shares
from maillage.synth.workers import describe_workers

NAMES = {"commuting": "MOBPRO", "residential": "MIGCOM", "school": "MOBSCO"}
OTHER_END = {
    "commuting": ("DCLT", "DCFLT"),
    "residential": ("DCRAN", ""),
    "school": ("DCETUF", "DCETUE"),
}
DESCRIBE: Mapping[str, Callable[[Census, Records], dict[str, Trait]]] = {
    "commuting": describe_workers,
    "residential": describe_residents,
    "school": describe_pupils,
}
PARQUET_SINCE = 2021
NOT_A_COMMUNE = "ZZZZZ"


def write_detail(census: Census, out: Path, *, parquet: bool | None = None) -> Path:
    """Writes every record of a census; returns the file. csv before 2021 unless told otherwise."""
    as_parquet = census.year >= PARQUET_SINCE if parquet is None else parquet
    suffix = "parquet" if as_parquet else "csv"
    path = out / "flows" / census.family / f"FD_{NAMES[census.family]}_{census.year}.{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = (_table(census, block) for block in census.blocks())
    if as_parquet:
        first = next(tables)
        with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
            writer.write_table(first)
            for table in tables:
                writer.write_table(table)
        return path
    with TableWriter(path, ";".join(detail_layout(census.family).columns)) as writer:
        for table in tables:
            writer.write(table)
    return path


def _table(census: Census, block: Records) -> pa.Table:
    layout = detail_layout(census.family)
    rng = stream(census.country.seed, census.family, census.year, "shares", block.block)
    traits = DESCRIBE[census.family](census, block)
    for name, shares in layout.shares.items():
        traits[name] = draw_shares(shares, len(block.weight), rng)
    columns = {name: _text(trait.codes, trait.rank) for name, trait in traits.items()}
    columns |= _places(census, block)
    columns["IPONDI"] = pa.array(block.weight)
    return pa.table([columns[name] for name in layout.columns], names=list(layout.columns))


def _text(codes: tuple[str, ...] | list[str], rank: Index | Coded) -> pa.Array:
    return pa.array(codes).take(pa.array(rank))


def _places(census: Census, block: Records) -> dict[str, pa.Array]:
    """Residence, arrondissement (none here), the other end, and their régions."""
    codes, _, node = published_communes(census.country, census.year)
    french = len(census.country.places.xy)
    inside = block.other < french
    people = len(block.weight)
    other, foreign = OTHER_END[census.family]
    published = _text(codes, node[block.other])
    columns = {
        "COMMUNE": _text(codes, node[block.residence]),
        "ARM": _text([NOT_A_COMMUNE], np.zeros(people, dtype=np.int64)),
        "METRODOM": _text(["M"], np.zeros(people, dtype=np.int64)),
        other: pa.compute.if_else(pa.array(inside), published, ABROAD) if foreign else published,
        "REGION": _region(census, block.residence),
    }
    if foreign:
        abroad = block.other == french + len(census.country.foreign)
        named = pa.compute.if_else(pa.array(abroad), NOT_A_COMMUNE, published)
        columns[foreign] = pa.compute.if_else(pa.array(inside), ABROAD, named)
        far = "REGLT" if census.family == "commuting" else "REGETUD"
        columns[far] = _region(census, block.other)
    return columns


def _region(census: Census, node: Index) -> pa.Array:
    country = census.country
    regions = [*country.region_code, "99"]
    of_place = country.groupings.region[country.commune]
    everywhere = np.concatenate([of_place, np.full(len(country.foreign) + 1, len(regions) - 1)])
    return _text(regions, everywhere[node])
