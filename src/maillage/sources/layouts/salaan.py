"""Wage mass between départements, from the public detail file on employees (FD_SALAAN).

A row is an employee drawn at random: départements of work (``origin``) and of residence
(``destination``), class of net yearly pay. The amount is the mid-point of the class
(nomenclature ``net_pay_class``) times the weight of the row, or the constant ``sampling`` where
the edition has no weights (one employee in twelve). It is an estimate, kept between
départements: nothing in the file says how it lies on communes.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.engine.dataset import LevelFlow
from maillage.sources.account import Account
from maillage.sources.faults import no_rows
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import NUMBER, sql_number
from maillage.sources.texts import TextTable, explained, scan_texts
from maillage.territory.codes import normalise_commune
from maillage.territory.geography import FloatArray, Geography, Mesh

NOMENCLATURE = "net_pay_class"
_LEVEL = "departement"
_VIEW = "employees"
#: The métropole de Lyon and the rest of its département, apart in some files.
_ALIASES = {"69D": "69", "69M": "69"}


def read(file: MatchedFile, context: Context) -> Reading:
    """One square of amounts, in euros a year. InputError on a class or a weight that is none."""
    batch = context.batch
    table = scan_texts(_VIEW, file, batch, context.workdir)
    with explained(table):
        sums = batch.fetch(_statement(table, file)).to_pylist()
    batch.drop(_VIEW)
    if not sums:
        raise no_rows(file.name)
    _refuse_faults(sums, table)
    midpoints = context.catalog.nomenclatures[NOMENCLATURE].midpoints
    mesh = context.bundle.geography.mesh(_LEVEL)
    amounts = _amounts(sums, midpoints, table)
    nodes = {code: _node(code, mesh, context.bundle.geography, table) for code in _codes(amounts)}
    rows = sum(row["employees"] for row in sums)
    meta = flow_meta(file, context, file.year, rows, estimated=True)
    values = LevelFlow(meta, _LEVEL, mesh.year, _square(amounts, nodes, mesh, context))
    return Reading(file, (values,), _account(amounts, nodes, rows, file, sums))


def _statement(table: TextTable, file: MatchedFile) -> str:
    weight = (
        sql_number(table.sql("weight"))
        if "weight" in table.columns
        else file.card.constants["sampling"]
    )
    return (
        "SELECT origin, destination, class, SUM(weight) AS weight, COUNT(*) AS employees, "
        "SUM(CASE WHEN weight IS NULL OR weight < 0 THEN 1 ELSE 0 END) AS faults FROM "
        f"(SELECT TRIM({table.sql('origin')}) AS origin, TRIM({table.sql('destination')}) AS "
        f"destination, TRIM({table.sql('pay_class')}) AS class, "
        f"CAST({weight} AS {NUMBER}) AS weight FROM {_VIEW}) AS r "
        "GROUP BY origin, destination, class ORDER BY origin, destination, class"
    )


def _refuse_faults(sums: list[dict[str, Any]], table: TextTable) -> None:
    if any(row["faults"] for row in sums):
        raise InputError(
            problem="une pondération n’est pas un nombre, ou est négative.",
            remedy="reprenez le fichier d’origine.",
            file=table.table.name,
            column=table.columns["weight"],
        )


def _amounts(
    sums: list[dict[str, Any]], midpoints: Mapping[str, float], table: TextTable
) -> dict[tuple[str, str], Decimal]:
    """Euros by (origin, destination) codes. Employees without a class have no amount."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in sums:
        code = row["class"].zfill(2) if row["class"] else ""
        if code and code not in midpoints:
            raise table.fault(
                table.columns["pay_class"],
                row["class"],
                "tranche de rémunération inconnue.",
                "vérifiez que le fichier suit la nomenclature des 24 tranches (00 à 23).",
            )
        if code:
            pair = row["origin"], row["destination"]
            amount = row["weight"] * Decimal(str(midpoints[code]))
            found[pair] = found.get(pair, Decimal(0)) + amount
    return found


def _codes(amounts: Mapping[tuple[str, str], Decimal]) -> list[str]:
    return sorted({code for pair in amounts for code in pair})


def _node(code: str, mesh: Mesh, geography: Geography, table: TextTable) -> int | None:
    """Index of a département, or of an outside cell after them; None when it is neither.

    InputError on an overseas département cut to two characters: which one cannot be known.
    """
    plain = _ALIASES.get(code, code.zfill(2) if code else "")
    if plain == "97":
        raise InputError(
            problem="département d’outre-mer coupé à deux caractères : on ne sait plus lequel.",
            remedy="reprenez le fichier d’origine, où ces codes ont trois caractères (971 à 976).",
            file=table.table.name,
            value=code,
        )
    if plain in mesh.index:
        return mesh.index[plain]
    outside = normalise_commune(plain).code
    cells = {cell.code: i for i, cell in enumerate(geography.outside)}
    return len(mesh.codes) + cells[outside] if outside in cells else None


def _square(
    amounts: Mapping[tuple[str, str], Decimal],
    nodes: Mapping[str, int | None],
    mesh: Mesh,
    context: Context,
) -> FloatArray:
    size = len(mesh.codes) + len(context.bundle.geography.outside)
    square = [[Decimal(0)] * size for _ in range(size)]
    for (origin, destination), amount in amounts.items():
        row, column = nodes[origin], nodes[destination]
        if row is not None and column is not None:
            square[row][column] += amount
    return np.array(square, dtype=np.float64)


def _account(
    amounts: Mapping[tuple[str, str], Decimal],
    nodes: Mapping[str, int | None],
    rows: int,
    file: MatchedFile,
    sums: list[dict[str, Any]],
) -> Account:
    total = sum(amounts.values(), Decimal(0))
    lost = sum((v for pair, v in amounts.items() if None in map(nodes.get, pair)), Decimal(0))
    blank = sum(row["employees"] for row in sums if not row["class"])
    note = f"{counted(blank, 'salarié')} sans tranche de rémunération, dont le salaire est inconnu."
    return Account(
        rows=rows,
        total=total,
        placed=total - lost,
        unplaced={"département inconnu": lost} if lost else {},
        notes=(*file.notes, *((note,) if blank else ())),
    )
