"""Official geography at one vintage, as arrays: communes, outside cells, meshes.

Every matrix of an edition is indexed by the same nodes: the communes of ``Geography`` in code
order, then the outside cells. A mesh says which of its units each commune belongs to.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage.territory.codes import OUTSIDE_CELLS, OutsideCell

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
#: The country of a geography read from official codes, rather than from a table of zones.
FRANCE = "France"


@dataclass(frozen=True, eq=False)
class Mesh:
    """A way to group communes: ``epci`` 2025, ``departement``, ``crte``…

    ``members`` lists commune indices unit after unit; those of unit ``u`` are
    ``members[starts[u]:starts[u + 1]]``, sorted. Units may overlap (CRTE, programmes) unless
    ``partition`` is true, in which case no commune is in two units (some may be in none).
    """

    level: str
    year: int
    label: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    natures: tuple[str, ...]
    starts: IntArray
    members: IntArray
    partition: bool
    source: str
    prefix: str = ""  # before a code, in the id of a perimeter: ``dep-``
    signed: tuple[str, ...] = ()  # date of signature (ISO) by unit, empty where unknown

    @cached_property
    def index(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.codes)}

    def unit_members(self, unit: int) -> IntArray:
        return self.members[self.starts[unit] : self.starts[unit + 1]]

    def unit_of(self, n_communes: int) -> IntArray:
        """Unit of each commune, -1 where none. Partitions only."""
        if not self.partition:
            raise ValueError(f"{self.level} {self.year} is no partition")
        owner = np.full(n_communes, -1, dtype=np.int32)
        owner[self.members] = np.repeat(
            np.arange(len(self.codes), dtype=np.int32), np.diff(self.starts)
        )
        return owner


@dataclass(frozen=True, eq=False)
class Geography:
    """The communes of one COG vintage and every mesh known on them.

    ``lon``/``lat`` are true positions in degrees (EPSG:4326), NaN where unknown.
    ``population`` is the municipal population, NaN where unknown. ``meshes`` come in order of
    priority: the first that covers a set of communes names it, and the first of a level is the
    one meant when no year is said.
    """

    cog: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: FloatArray
    lon: FloatArray
    lat: FloatArray
    meshes: tuple[Mesh, ...]
    fictional: bool = False
    country: str = FRANCE  # name of the whole
    outside: tuple[OutsideCell, ...] = OUTSIDE_CELLS

    @property
    def n_communes(self) -> int:
        return len(self.codes)

    @property
    def n_nodes(self) -> int:
        """Communes then outside cells."""
        return len(self.codes) + len(self.outside)

    @cached_property
    def index(self) -> dict[str, int]:
        """Node of each commune code and of each outside cell code."""
        nodes = (*self.codes, *(cell.code for cell in self.outside))
        return {code: i for i, code in enumerate(nodes)}

    def mesh(self, level: str, year: int | None = None) -> Mesh:
        """The mesh of that level and year; without a year, the first listed of that level.

        Raises KeyError when there is none.
        """
        for mesh in self.meshes:
            if mesh.level == level and year in (None, mesh.year):
                return mesh
        raise KeyError(level if year is None else f"{level} {year}")
