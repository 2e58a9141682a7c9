"""The fictional country: its land, its places, its communes and what they belong to."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from maillage.synth import codes
from maillage.synth.attraction import ForeignCommune, attractions, invent_foreign
from maillage.synth.communes import Composition
from maillage.synth.graph import Graph, Index, sum_by
from maillage.synth.groupings import Groupings
from maillage.synth.land import Land
from maillage.synth.names import Name, of
from maillage.synth.places import Places
from maillage.synth.scales import Scale
from maillage.synth.settlement import Settlement
from maillage.territory.geography import FloatArray

COG = 2025


@dataclass(frozen=True, eq=False)
class Country:
    """Communes are those of the target vintage, in code order; ``commune`` gives the one of each
    place, ``chief`` the place each commune takes its code from."""

    scale: Scale
    seed: int
    land: Land
    places: Places
    settlement: Settlement
    composition: Composition
    place_code: tuple[str, ...]
    place_name: tuple[Name, ...]
    former_name: tuple[Name, ...]  # of the former commune each place is the chief of
    chief: Index
    commune: Index
    groupings: Groupings
    departement_code: tuple[str, ...]
    departement_name: tuple[Name, ...]
    region_name: tuple[Name, ...]

    @cached_property
    def code(self) -> tuple[str, ...]:
        return tuple(self.place_code[node] for node in self.chief)

    @cached_property
    def name(self) -> tuple[Name, ...]:
        return tuple(self.place_name[node] for node in self.chief)

    @cached_property
    def population(self) -> FloatArray:
        return sum_by(self.commune, self.settlement.population)

    @cached_property
    def xy(self) -> FloatArray:
        """Chief places in Lambert-93, (communes, 2)."""
        return self.places.xy[self.chief]

    @cached_property
    def graph(self) -> Graph:
        """Which communes touch."""
        return self.places.graph.merge(self.commune, len(self.chief))

    @cached_property
    def lonlat(self) -> FloatArray:
        project = Transformer.from_crs(2154, 4326, always_xy=True)
        return np.column_stack(project.transform(self.xy[:, 0], self.xy[:, 1]))

    @cached_property
    def shapes(self) -> npt.NDArray[np.object_]:
        """Polygons of the communes, Lambert-93."""
        order = np.argsort(self.commune, kind="stable")
        cells = self.places.cells[order]
        counts = np.bincount(self.commune)
        starts = np.r_[0, np.cumsum(counts)[:-1]]
        shapes = cells[starts]
        for unit in np.flatnonzero(counts > 1):
            shapes[unit] = shapely.union_all(cells[starts[unit] :][: counts[unit]])
        return shapes

    @cached_property
    def foreign(self) -> tuple[ForeignCommune, ...]:
        """Communes beyond the land border."""
        return invent_foreign(self.places, self.seed)

    @cached_property
    def nodes(self) -> FloatArray:
        """Positions people choose among: places, border communes, abroad (NaN)."""
        beyond = np.array([commune.xy for commune in self.foreign])
        return np.vstack([self.places.xy, beyond, [[np.nan, np.nan]]])

    @cached_property
    def attractions(self) -> dict[str, FloatArray]:
        """What draws people to each node, by kind of need."""
        return attractions(self.settlement, self.foreign, self.seed)

    @property
    def region_code(self) -> tuple[str, ...]:
        return codes.REGIONS[: len(self.region_name)]

    @cached_property
    def arrondissement_code(self) -> tuple[str, ...]:
        """Code of the arrondissement of each commune: département, then a rank in it."""
        groups = self.groupings
        first = {d: groups.arrondissement[groups.departement == d].min() for d in self._units}
        return tuple(
            f"{self.departement_code[d]}{1 + a - first[d]}"
            for d, a in zip(groups.departement, groups.arrondissement, strict=True)
        )

    @cached_property
    def canton_code(self) -> tuple[str, ...]:
        """A canton for about twenty communes of code order, within each département."""
        rank = dict.fromkeys(self._units, 0)
        cantons = []
        for departement in self.groupings.departement:
            cantons.append(f"{self.departement_code[departement]}{1 + rank[departement] // 20:02d}")
            rank[departement] += 1
        return tuple(cantons)

    @property
    def _units(self) -> range:
        return range(len(self.departement_code))

    @cached_property
    def delegated(self) -> Index:
        """Chief places of former communes that live on as communes déléguées."""
        merged = np.isin(self.composition.now, self.composition.merged)
        return np.flatnonzero(merged)

    @cached_property
    def epci_siren(self) -> tuple[str, ...]:
        return tuple(codes.groupement_siren(1 + unit) for unit in range(self.scale.epcis))

    @cached_property
    def epci_name(self) -> tuple[str, ...]:
        return tuple(self._epci_name(unit) for unit in range(self.scale.epcis))

    def _epci_name(self, unit: int) -> str:
        members = np.flatnonzero(self.groupings.epci == unit)
        centre = self.name[members[np.argmax(self.population[members])]].label
        match self.groupings.nature[unit]:
            case "METRO":
                return f"{centre} Métropole"
            case "CU":
                return f"CU {of(centre)}"
            case "CA":
                return f"CA {of(centre)}"
            case _ if unit % 3 == 0:
                return f"CC {of(centre)}"
            case _:
                return f"CC du Pays {of(centre)}"

    def departement_of(self, commune: int) -> str:
        """Code of the département of a commune."""
        return self.departement_code[int(self.groupings.departement[commune])]

    def region_of(self, commune: int) -> str:
        """Code of the région of a commune."""
        return self.region_code[int(self.groupings.region[commune])]

    @cached_property
    def epci_seat(self) -> Index:
        """Largest commune of each EPCI."""
        epci = self.groupings.epci
        seats = np.zeros(self.scale.epcis, dtype=np.int64)
        order = np.argsort(self.population, kind="stable")
        order = order[epci[order] >= 0]
        seats[epci[order]] = order
        return seats

    @cached_property
    def epci_graph(self) -> Graph:
        """Which EPCI touch."""
        return self.graph.merge(self.groupings.epci, self.scale.epcis)

    @cached_property
    def chef_lieu(self) -> Index:
        """Commune index of the largest commune of each département."""
        units = range(self.scale.departements)
        inside = [np.flatnonzero(self.groupings.departement == unit) for unit in units]
        return np.array([nodes[np.argmax(self.population[nodes])] for nodes in inside])
