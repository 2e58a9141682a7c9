"""A perimeter being composed: territories put together, others taken out, what it is made of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.common.errors import InputError
from maillage.common.french import number
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.observatory.search_text import plain
from maillage.territory.cover import cover, overlaps
from maillage.territory.geography import IntArray
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.territory.units import COMMUNE, KnownUnit, unit_id, unit_index

#: Territories one request may name.
MAX_NAMED = 6_000
#: Beyond, the communes of a member are counted and no longer listed.
MAX_INSIDE = 250


@dataclass(frozen=True)
class Member:
    """A known territory that a perimeter holds whole; None where a population is not known."""

    id: str
    name: str
    level: str
    kind: str  # French name of the level
    communes: int
    population: float | None
    inside: tuple[tuple[str, str], ...]  # code and name of its communes, none when too many


def compose(edition: Edition, added: Sequence[str], removed: Sequence[str]) -> Perimeter | None:
    """The union of some territories without others; None when nothing is left.

    Each text is an id, or several joined by ``+``. InputError on one that is unknown.
    """
    kept = _nodes(edition, added)
    if removed:
        kept = np.setdiff1d(kept, _nodes(edition, removed))
    return Perimeter.of(edition.geography, kept) if len(kept) else None


def parts(perimeter: Perimeter) -> tuple[str, ...]:
    """How an address writes a perimeter: the ids that make it, or one compressed."""
    return tuple(perimeter.id.split("+"))


def members(edition: Edition, perimeter: Perimeter) -> list[Member]:
    """Disjoint known territories that make it up, the most populated first."""
    covering = cover(unit_index(edition.geography), perimeter.communes)
    found = [_member(edition, unit) for unit in covering]
    return sorted(found, key=lambda member: (-(member.population or 0), member.id))


def population(edition: Edition, communes: IntArray) -> float | None:
    """None where one of the communes has none known."""
    count = float(edition.geography.population[communes].sum())
    return None if math.isnan(count) else count


@dataclass(frozen=True)
class Chosen:
    """Units of a mesh that a perimeter holds whole, and those it cuts."""

    whole: tuple[str, ...]
    cut: tuple[str, ...]


def chosen_units(edition: Edition, perimeter: Perimeter | None, level: str) -> Chosen:
    """Ids, as a map marks them. KeyError when the edition has no such level."""
    if perimeter is None:
        return Chosen((), ())
    geography = edition.geography
    if level == COMMUNE:
        return Chosen(tuple(geography.codes[node] for node in perimeter.communes), ())
    mesh = geography.mesh(level)
    sizes = np.diff(mesh.starts)
    met = [
        (unit, shared == sizes[unit])
        for unit, shared in overlaps(geography, perimeter.communes, mesh)
    ]
    return Chosen(
        whole=tuple(unit_id(geography, mesh, unit) for unit, whole in met if whole),
        cut=tuple(unit_id(geography, mesh, unit) for unit, whole in met if not whole),
    )


def _member(edition: Edition, unit: KnownUnit) -> Member:
    geography = edition.geography
    listed = unit.level != COMMUNE and len(unit.communes) <= MAX_INSIDE
    nodes = unit.communes if listed else ()
    named = ((geography.codes[node], geography.names[node]) for node in nodes)
    return Member(
        id=unit.id,
        name=unit.name,
        level=unit.level,
        kind=level_label(edition, unit.level),
        communes=len(unit.communes),
        population=population(edition, unit.communes),
        inside=tuple(sorted(named, key=lambda pair: plain(pair[1]))),
    )


def _nodes(edition: Edition, texts: Iterable[str]) -> IntArray:
    ids = {id for text in texts for id in text.split("+") if id.strip()}
    if len(ids) > MAX_NAMED:
        raise InputError(
            problem=f"ce périmètre nomme plus de {number(MAX_NAMED)} territoires.",
            remedy="composez-le d’intercommunalités, de départements ou de régions.",
        )
    known = [parse_perimeter(id, edition.geography).communes for id in ids]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int32), *known]))
