"""Sums an OD table whose cells are texts: numbers of any writing, blanks, marks of secrecy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from maillage.common.errors import InputError
from maillage.sources.batch import Batch, identifier
from maillage.sources.layouts.pairs.values import MICROS
from maillage.sources.quantities import (
    fault_of,
    sql_is_fault,
    sql_is_secret,
    sql_is_unknown,
    sql_number,
)
from maillage.sources.texts import TextTable, explained


@dataclass(frozen=True)
class PairTable:
    """A scanned view whose rows hold a pair and an amount. All are SQL expressions but ``amount``.

    ``is_hidden`` is true where secrecy hides a row, besides the marks an amount may hold;
    ``blank_hides`` takes a blank amount as hidden, else it is a fault. ``further`` are numbers to
    gather on each pair: name -> (SUM or MAX, expression).
    """

    view: str
    origin: str
    destination: str
    amount: str  # a column
    year: str
    is_hidden: str = "FALSE"
    blank_hides: bool = False
    category: str = ""
    further: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def sum_pairs(table: TextTable, rows: PairTable, batch: Batch) -> pa.Table:
    """Columns ``year, origin, destination, micros, repeats, suppressed`` and those ``further``.

    One row a year and pair, or a year, pair and ``category``. A hidden row hides its whole pair,
    which then weighs nothing. InputError at the first amount that is no number, or is negative.
    """
    faulty = _is_faulty(rows, table.table.header.delimiter)
    with explained(table):
        found = batch.fetch(_statement(rows, faulty))
    if any(found["faults"].to_pylist()):
        raise _fault(table, rows, batch, faulty)
    return found.drop_columns(["faults"])


def _statement(rows: PairTable, faulty: str) -> str:
    keys = {"year": rows.year, "origin": rows.origin, "destination": rows.destination}
    if rows.category:
        keys["category"] = rows.category
    read = {
        **keys,
        "amount": f"CAST(ROUND(CAST(COALESCE({sql_number(identifier(rows.amount))}, 0) AS DOUBLE) "
        f"* {MICROS}) AS BIGINT)",
        "hidden": f"CASE WHEN {_hides(rows)} THEN 1 ELSE 0 END",
        "faulty": f"CASE WHEN {faulty} THEN 1 ELSE 0 END",
        **{name: sql for name, (_, sql) in rows.further.items()},
    }
    gathered = {
        "faults": "CAST(SUM(faulty) AS BIGINT)",
        "repeats": "COUNT(*)",
        "suppressed": "MAX(hidden)",
        "micros": "CASE WHEN MAX(hidden) = 1 THEN 0 ELSE CAST(SUM(amount) AS BIGINT) END",
        **{name: f"CAST({how}({name}) AS DOUBLE)" for name, (how, _) in rows.further.items()},
    }
    by = ", ".join(keys)
    return (
        f"SELECT {by}, {_named(gathered)} FROM (SELECT {_named(read)} FROM {rows.view}) AS r "
        f"GROUP BY {by} ORDER BY {by}"
    )


def _named(expressions: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in expressions.items())


def _hides(rows: PairTable) -> str:
    text = identifier(rows.amount)
    blank = f" OR {sql_is_unknown(text)}" if rows.blank_hides else ""
    return f"{rows.is_hidden} OR {sql_is_secret(text)}{blank}"


def _is_faulty(rows: PairTable, delimiter: str) -> str:
    """Where the amount is no number, is negative, or is blank and should not be."""
    text = identifier(rows.amount)
    blank = "" if rows.blank_hides else f" OR {sql_is_unknown(text)}"
    fault = sql_is_fault(text, delimiter)
    return f"NOT ({_hides(rows)}) AND ({fault} OR {sql_number(text)} < 0{blank})"


def _fault(table: TextTable, rows: PairTable, batch: Batch, faulty: str) -> InputError:
    text = identifier(rows.amount)
    found = batch.fetch(
        f"SELECT {text} AS text FROM {rows.view} WHERE {faulty} ORDER BY text LIMIT 1"
    )
    value = str(found["text"][0].as_py())
    negative = value.strip().startswith("-") and value.strip("- ")[:1].isdigit()
    return table.fault(
        rows.amount,
        value,
        _problem(value, is_negative=bool(negative)),
        "corrigez cette valeur, ou reprenez le fichier d’origine.",
    )


def _problem(value: str, *, is_negative: bool) -> str:
    if not value.strip():
        return "la quantité manque."
    return "une quantité ne peut pas être négative." if is_negative else fault_of(value)
