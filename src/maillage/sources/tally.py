"""Sums the rows of a flow file by pair of codes: the heavy pass, one statement a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from maillage.common.errors import InputError
from maillage.sources.batch import Batch, ScanError, identifier
from maillage.sources.faults import LARGEST, clean_copy
from maillage.sources.opening import PlainTable

_VIEW = "flow_rows"


@dataclass(frozen=True)
class FlowRows:
    """The rows of a flow file: SQL expressions on its columns.

    ``individual`` files hold one weighted person a row, and get Σw²; aggregated files hold one
    pair a row, and get how many rows each pair has and the least of their weights.
    """

    table: PlainTable
    origin: str
    destination: str
    weight: str  # a column
    texts: tuple[str, ...]  # columns the expressions read
    individual: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums by (origin text, destination text): columns ``origin, destination, micros`` and
    ``squares``, or ``repeats, least``; by category too, in ``breakdowns``, under ``category``.
    Weights and squares are in millionths."""

    pairs: pa.Table
    rows: int
    breakdowns: Mapping[str, pa.Table] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def tally(batch: Batch, rows: FlowRows, dimensions: Mapping[str, str], workdir: Path) -> Tally:
    """Sums of a file, and by category of each dimension (name -> column).

    Raises InputError naming the line at fault when a row cannot be read.
    """
    texts = dict.fromkeys((*rows.texts, *dimensions.values()))
    try:
        return _read(batch, rows, dimensions, tuple(texts))
    except ScanError as error:
        clean, notes = clean_copy(rows.table, (*texts, rows.weight), rows.weight, workdir)
        plain = replace(rows, table=clean, notes=notes)
        try:
            return _read(batch, plain, dimensions, tuple(texts))
        except ScanError:
            raise _unreadable(rows.table, error) from error


def _read(
    batch: Batch, rows: FlowRows, dimensions: Mapping[str, str], texts: tuple[str, ...]
) -> Tally:
    types = dict.fromkeys(texts, "VARCHAR") | {rows.weight: "DOUBLE"}
    batch.scan(_VIEW, rows.table, types)
    try:
        pairs = batch.fetch(_sums(rows))
        count = batch.rows(_VIEW)
        by_category = {name: batch.fetch(_sums(rows, at)) for name, at in dimensions.items()}
    finally:
        batch.drop(_VIEW)
    return Tally(pairs, count, by_category, rows.notes)


def _sums(rows: FlowRows, category: str = "") -> str:
    keys = {"origin": rows.origin, "destination": rows.destination}
    if category:
        keys["category"] = identifier(category)
    return (
        f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in keys.items())}, "
        f"{_measures(rows)} FROM {_VIEW} GROUP BY {', '.join(keys.values())}"
    )


def _measures(rows: FlowRows) -> str:
    """Two sums at most: a third makes the hash table a third slower on eight million rows.

    Millionths are summed as whole doubles, exact up to nine billion units a pair, and a fifth
    quicker than wide integers.
    """
    weight = identifier(rows.weight)
    checked = (
        f"CASE WHEN {weight} >= 0 AND {weight} < {LARGEST:.0f} THEN {_millionths(weight)} "
        "ELSE raise_error('weight') END"
    )
    sums = f"CAST(sum({checked}) AS BIGINT) AS micros"
    if rows.individual:
        squares = _millionths(f"{weight} * {weight}")
        return f"{sums}, CAST(sum({squares}) AS BIGINT) AS squares"
    return f"{sums}, count(*) AS repeats, min({weight}) AS least"


def _millionths(amount: str) -> str:
    return f"floor({amount} * 1000000 + 0.5)"


def _unreadable(table: PlainTable, error: ScanError) -> InputError:
    return InputError(
        problem=f"ce fichier ne se lit pas ({str(error).splitlines()[0][:200]}).",
        remedy="reprenez le fichier d’origine, sans l’enregistrer depuis un tableur.",
        file=table.name,
    )
