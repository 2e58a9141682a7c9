"""Builds meshes from who belongs to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from maillage.territory.geography import Mesh


@dataclass(frozen=True)
class Unit:
    """A unit before its members are known: legal nature and date of signature when it has them."""

    code: str
    name: str
    nature: str = ""
    signed: str = ""


@dataclass(frozen=True)
class MeshHead:
    """What a mesh says of itself, before its units."""

    level: str
    year: int
    label: str
    source: str
    prefix: str = ""


@dataclass(frozen=True, eq=False)
class Membership:
    """Units and (unit, commune node) pairs: duplicates allowed, any order."""

    units: Sequence[Unit]
    pairs: Iterable[tuple[str, int]] = field(default_factory=tuple)


def build_mesh(head: MeshHead, membership: Membership) -> Mesh:
    """A mesh of the units that have a member, in code order; members sorted, without duplicates."""
    members: dict[str, set[int]] = {}
    for unit, commune in membership.pairs:
        members.setdefault(unit, set()).add(commune)
    units = sorted((u for u in membership.units if u.code in members), key=lambda u: u.code)
    sizes = [len(members[u.code]) for u in units]
    ordered = np.array([c for u in units for c in sorted(members[u.code])], dtype=np.int32)
    return Mesh(
        level=head.level,
        year=head.year,
        label=head.label,
        codes=tuple(u.code for u in units),
        names=tuple(u.name for u in units),
        natures=tuple(u.nature for u in units),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        members=ordered,
        partition=len(np.unique(ordered)) == len(ordered),
        source=head.source,
        prefix=head.prefix,
        signed=tuple(u.signed for u in units) if any(u.signed for u in units) else (),
    )


def mesh_from_owners(
    head: MeshHead, owner: Sequence[str], names: Mapping[str, str], nature: str = ""
) -> Mesh:
    """A partition from the unit code of each commune (empty: none), named by ``names``."""
    codes = sorted({code for code in owner if code})
    units = [Unit(code, names.get(code, code), nature) for code in codes]
    return build_mesh(head, Membership(units, [(u, i) for i, u in enumerate(owner) if u]))
