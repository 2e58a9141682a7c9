"""Lists of units without members: they name, qualify and date the units of other tables."""

from collections.abc import Iterable
from dataclasses import replace

from maillage.sources.references.assignments import level_by_nature
from maillage.sources.references.tables import Table
from maillage.sources.references.words import iso_date, label, nature
from maillage.territory.geography import Mesh


def named_by(mesh: Mesh, lists: Iterable[Table]) -> Mesh:
    """The same mesh where lists of its level fill what it lacks: name, nature, signature."""
    for table in lists:
        rows = _rows_of(table, mesh.level)
        at = [rows.get(_key(code), -1) for code in mesh.codes]
        if any(row >= 0 for row in at):
            mesh = _filled(mesh, table, at)
    return mesh


def _filled(mesh: Mesh, table: Table, at: list[int]) -> Mesh:
    names = [label(table["name"][row]) if row >= 0 else "" for row in at]
    natures = [nature(table["nature"][row]) if row >= 0 else "" for row in at]
    signed = [iso_date(table["signed"][row]) if row >= 0 else "" for row in at]
    dates = mesh.signed or ("",) * len(mesh.codes)
    units = list(zip(mesh.codes, mesh.names, names, strict=True))
    days = tuple(own or day for own, day in zip(dates, signed, strict=True))
    return replace(
        mesh,
        names=tuple(new if new and own in ("", code) else own for code, own, new in units),
        natures=tuple(own or new for own, new in zip(mesh.natures, natures, strict=True)),
        signed=days if any(days) else (),
    )


def _rows_of(table: Table, level: str) -> dict[str, int]:
    levels = level_by_nature(table)
    usual = table.card.constants.get("level", "")
    return {
        _key(code): row
        for row, (code, kind) in enumerate(zip(table["unit"], table["nature"], strict=True))
        if levels.get(kind, usual) == level
    }


def _key(code: str) -> str:
    """Contract ids are padded with zeros in some files only: crte-28-76-9, crte-28-76-09."""
    head, dash, number = code.rpartition("-")
    return f"{head}-{int(number)}" if dash and number.isdigit() else code
