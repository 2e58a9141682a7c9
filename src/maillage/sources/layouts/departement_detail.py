"""Residential files that only tell départements: kept between départements, or refused.

Constants: ``level: departement`` when the file tells both départements; else ``better``, the
detail file to take instead. Extracts of these files circulate with overseas codes cut to two
characters, which sends everyone overseas to a département that does not exist: they are refused.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.engine.dataset import LevelFlow
from maillage.sources.account import Account
from maillage.sources.batch import identifier
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.census.checks import check_account, check_format
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.values import MICROS
from maillage.sources.mirror import MatchedFile
from maillage.sources.opening import PlainTable, rows_of
from maillage.sources.tally import FlowRows, Tally, tally
from maillage.territory.codes import normalise_commune
from maillage.territory.geography import FloatArray, Geography, Mesh

_CUT = "97"


def read(file: MatchedFile, context: Context) -> Reading:
    """Persons between départements. InputError on codes cut short, or when communes are asked."""
    check_format(file)
    rows = _flow_rows(file, context)
    sums = tally(context.batch, rows, {}, context.workdir)
    for role in ("origin", "destination"):
        if _CUT in sums.pairs[role].to_pylist():
            raise _overseas_cut(rows.table, file.columns[role])
    level = file.card.constants.get("level")
    if level is None:
        raise InputError(
            problem=f"« {file.card.title} » ne dit pas les deux bouts de chaque migration.",
            remedy=f"prenez le fichier détail {file.card.constants['better']} de la même année.",
            file=file.name,
        )
    mesh = context.bundle.geography.mesh(level)
    square, account = _placed(sums, mesh, context.bundle.geography)
    check_account(account, file)
    meta = flow_meta(file, context, file.year, sums.rows)
    asked = replace(meta, question=file.card.constants.get("question", ""))
    return Reading(file, (LevelFlow(asked, level, mesh.year, square),), account)


def _flow_rows(file: MatchedFile, context: Context) -> FlowRows:
    origin, destination = file.columns["origin"], file.columns["destination"]
    return FlowRows(
        table=file.table(context.workdir),
        origin=f"trim({identifier(origin)})",
        destination=f"trim({identifier(destination)})",
        weight=file.columns["weight"],
        texts=(origin, destination),
        individual=True,
    )


def _placed(sums: Tally, mesh: Mesh, geography: Geography) -> tuple[FloatArray, Account]:
    """Persons by (origin, destination): the départements, then the outside cells."""
    size = len(mesh.codes) + len(geography.outside)
    square = np.zeros((size, size), dtype=np.int64)
    lost = 0
    columns = (sums.pairs[name].to_pylist() for name in ("origin", "destination", "micros"))
    for origin, destination, micros in zip(*columns, strict=True):
        start, end = _node(origin, mesh, geography), _node(destination, mesh, geography)
        if start is None or end is None:
            lost += micros
        else:
            square[start, end] += micros
    placed = Decimal(int(square.sum())) / MICROS
    unplaced = {"département inconnu": Decimal(lost) / MICROS} if lost else {}
    total = placed + Decimal(lost) / MICROS
    return square / MICROS, Account(sums.rows, total, placed, unplaced, notes=sums.notes)


def _node(code: str, mesh: Mesh, geography: Geography) -> int | None:
    """Number of a département, or of an outside cell after them; None when it is neither."""
    plain = code.zfill(2) if len(code) < 3 else code.removeprefix("0")
    if plain in mesh.index:
        return mesh.index[plain]
    outside = normalise_commune(plain).code
    cells = {cell.code: i for i, cell in enumerate(geography.outside)}
    return len(mesh.codes) + cells[outside] if outside in cells else None


def _overseas_cut(table: PlainTable, column: str) -> InputError:
    at = table.header.columns.index(column)
    lines = [line for line, row in rows_of(table) if row[at].strip() == _CUT]
    return InputError(
        problem="codes de départements d’outre-mer tronqués à deux caractères "
        f"({counted(len(lines), 'ligne')}) : Guadeloupe, Martinique, Guyane et La Réunion y sont "
        "confondues.",
        remedy="reprenez le fichier d’origine, où ces codes ont trois caractères (971 à 974).",
        file=table.name,
        line=lines[0],
        column=column,
        value=_CUT,
    )
