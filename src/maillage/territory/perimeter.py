"""A perimeter: any set of communes, known by one canonical short id that lives in a URL."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from maillage.common.errors import InputError
from maillage.territory.cover import cover, union_name
from maillage.territory.geography import Geography, IntArray
from maillage.territory.runs import decode_runs, encode_runs
from maillage.territory.units import UnitIndex, unit_index

FREE = "libre"
#: Above this length, a union of units is written in the compressed form.
MAX_UNION_LENGTH = 120
MAX_ID_LENGTH = 8_000


@dataclass(frozen=True, eq=False)
class Perimeter:
    """A set of communes of one geography.

    ``id`` is canonical: the same set has the same id, whatever way it was built. ``communes``
    are sorted node indices. ``level`` is the mesh level of a known unit (``commune``, ``epci``…)
    or ``libre``; ``nature`` its legal nature when known (CC, CA, METRO, PETR…).
    """

    id: str
    name: str
    level: str
    nature: str
    cog: int
    communes: IntArray

    @classmethod
    def of(cls, geography: Geography, communes: Iterable[int] | IntArray, name: str = "") -> Self:
        """The perimeter of these commune nodes, duplicates and order ignored.

        A set equal to a known unit is that unit, in the order of priority of ``UnitIndex``.
        Else its id joins by ``+`` the units of its cover, or is compressed when that is long;
        ``name`` then names it. InputError when the set is empty or holds no commune node.
        """
        return cls._of_nodes(geography, _checked(geography, communes), name)

    @classmethod
    def _of_nodes(cls, geography: Geography, nodes: IntArray, name: str = "") -> Self:
        """The same for nodes already sorted and distinct."""
        index = unit_index(geography)
        unit = index.equal_to(nodes)
        if unit is not None:
            return cls(unit.id, unit.name, unit.level, unit.nature, geography.cog, unit.communes)
        parts = cover(index, nodes)
        text = "+".join(part.id for part in parts)
        if len(text) > MAX_UNION_LENGTH:
            text = f"{_compressed_mark(geography)}{encode_runs(nodes, index.check)}"
        nodes.flags.writeable = False
        return cls(text, name or union_name(geography, parts), FREE, "", geography.cog, nodes)


def parse_perimeter(text: str, geography: Geography) -> Perimeter:
    """The perimeter a text names: an id, or several joined by ``+``.

    InputError, in French, when a part is unknown or the text malformed.
    """
    index = unit_index(geography)
    cleaned = text.strip()
    if len(cleaned) > MAX_ID_LENGTH:
        raise InputError(
            problem="cet identifiant de territoire est trop long.",
            remedy="composez le territoire d’intercommunalités ou de départements entiers.",
            value=text,
        )
    named = dict.fromkeys(part.strip() for part in cleaned.split("+"))  # each read once
    parts = [_part(part, index, text) for part in named]
    nodes = np.unique(np.concatenate(parts)) if len(parts) > 1 else parts[0]
    return Perimeter._of_nodes(geography, nodes)


def _checked(geography: Geography, communes: Iterable[int] | IntArray) -> IntArray:
    given = communes if isinstance(communes, np.ndarray) else list(communes)
    nodes = np.unique(np.asarray(given, dtype=np.int64))
    if len(nodes) == 0:
        raise InputError(
            problem="ce territoire ne contient aucune commune.",
            remedy="choisissez au moins une commune ou une intercommunalité.",
        )
    if nodes[0] < 0 or nodes[-1] >= geography.n_communes:
        raise InputError(
            problem="ce territoire contient un lieu qui n’est pas une commune.",
            remedy="retirez les lieux situés hors du pays.",
        )
    return nodes.astype(np.int32)


def _compressed_mark(geography: Geography) -> str:
    return f"z{geography.cog % 100:02d}."


def _part(part: str, index: UnitIndex, text: str) -> IntArray:
    unit = index.named(part)
    if unit is not None:
        return unit.communes
    if part[:1] == "z" and part[3:4] == ".":
        return _decompressed(part, index)
    raise InputError(
        problem=f"territoire inconnu dans la géographie {index.geography.cog}.",
        remedy=(
            "cherchez-le par son nom, ou donnez le code d’une commune (44109), le SIREN d’un "
            "groupement (244400404), « dep-44 », « reg-52 », ou plusieurs réunis par « + »."
        ),
        value=part or text,
    )


def _decompressed(part: str, index: UnitIndex) -> IntArray:
    geography = index.geography
    problem = "cet identifiant de territoire est incomplet ou altéré."
    if part.startswith(_compressed_mark(geography)):
        try:
            nodes = decode_runs(part[4:], index.check, geography.n_communes)
        except ValueError:
            nodes = np.empty(0, dtype=np.int32)
        if len(nodes):
            return nodes
    else:
        problem = f"cet identifiant vient d’une autre géographie que celle de {geography.cog}."
    raise InputError(
        problem=problem,
        remedy="recomposez le territoire avec le millésime d’aujourd’hui, puis copiez son adresse.",
        value=part,
    )
