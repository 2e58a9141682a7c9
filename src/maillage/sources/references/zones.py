"""A geography without the official code: from a table of zones, or from mere codes.

A user anywhere describes a table by a card of layout ``zones``: ``code``, and if they are there
``name``, ``population``, ``lon``, ``lat`` (degrees) and any other columns, each a level.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from maillage.sources.references.assignments import Assigned
from maillage.sources.references.levels import Levels
from maillage.sources.references.tables import Table
from maillage.sources.references.zonings import read_zonings
from maillage.territory.cog import Passage
from maillage.territory.geography import FloatArray, Geography, Mesh
from maillage.territory.meshes import Membership, MeshHead, build_mesh

#: What a code may be made of, so that it can live in the id of a perimeter and in a URL.
_CODE = re.compile(r"(?!z\d\d\.|pays$)[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")


def geography_from_zones(table: Table, levels: Levels) -> Geography:
    """Zones as communes, their groupings as meshes. InputError on a bad or repeated code."""
    _check_codes(table)
    order = sorted(range(len(table)), key=table["code"].__getitem__)
    bare = Geography(
        cog=table.year,
        codes=tuple(table["code"][row] for row in order),
        names=tuple(table["name"][row] or table["code"][row] for row in order),
        population=_numbers(table, "population", order),
        lon=_numbers(table, "lon", order),
        lat=_numbers(table, "lat", order),
        meshes=(),
        country=table.card.constants.get("country", "Ensemble des zones"),
    )
    communes = replace(table, columns={**table.columns, "commune": table["code"]})
    found = read_zonings(communes, Passage(bare))
    meshes = (_mesh(table, levels, *item) for item in found.items())
    ordered = tuple(sorted(meshes, key=lambda mesh: levels.rank(mesh.level)))
    return replace(bare, meshes=ordered)


def geography_from_codes(
    codes: Iterable[str], year: int, names: Mapping[str, str] | None = None
) -> Geography:
    """Communes that are known only because flows mention them: no mesh, no population."""
    known = sorted(code for code in set(codes) if _CODE.fullmatch(code))
    nothing = np.full(len(known), np.nan)
    return Geography(
        cog=year,
        codes=tuple(known),
        names=tuple((names or {}).get(code, code) for code in known),
        population=nothing,
        lon=nothing,
        lat=nothing,
        meshes=(),
        country="Ensemble des zones",
    )


def _check_codes(table: Table) -> None:
    seen: dict[str, int] = {}
    for row, code in enumerate(table["code"]):
        if not _CODE.fullmatch(code):
            raise table.fault(
                row,
                "code",
                "ce code de zone ne peut pas servir dans une adresse.",
                "n’employez que des lettres sans accent, des chiffres, « - », « _ » et « . ».",
            )
        if seen.setdefault(code, row) != row:
            raise table.fault(
                row, "code", "ce code de zone est donné deux fois.", "gardez une ligne par zone."
            )


def _numbers(table: Table, role: str, order: list[int]) -> FloatArray:
    return np.array([_number(table, row, role) for row in order])


def _number(table: Table, row: int, role: str) -> float:
    text = "".join(table[role][row].split()).replace(",", ".")
    try:
        return float(text) if text else float("nan")
    except ValueError as error:
        raise table.fault(
            row, role, "ce n’est pas un nombre.", "corrigez ou videz cette case."
        ) from error


def _mesh(table: Table, levels: Levels, level: str, assigned: Assigned) -> Mesh:
    head = MeshHead(
        level=level,
        year=table.year,
        label=table.card.constants.get(f"label_{level}", levels.label(level)),
        source=table.card.id,
        prefix=levels.prefix(level),
    )
    units = list(assigned.units.values())
    return build_mesh(head, Membership(units, assigned.heaviest()))
