"""A perimeter: any set of communes, known by one canonical short id that lives in a URL."""

from dataclasses import dataclass

from maillage.territory.geography import IntArray


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
