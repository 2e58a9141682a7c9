"""Where a perimeter lies: what contracts keep of it, as codes, once and for all."""

from dataclasses import dataclass

import numpy as np

from maillage.territory.geography import Geography, Mesh
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.territory.units import COUNTRY, COUNTRY_ID, unit_id

#: Legal natures of the official geography -> ours.
NATURES = {"CC": "cc", "CA": "ca", "CU": "cu", "METRO": "metropole", "MET69": "metropole"}
#: Levels whose units scope rights and lists.
LEVELS = (
    *("epci", "ept", "petr", "polem", "pnr", "scot", "crte"),
    *("arrondissement", "departement", "region"),
)


@dataclass(frozen=True)
class PlaceOf:
    """A unit that shares a commune with the perimeter."""

    level: str
    id: str
    name: str


@dataclass(frozen=True)
class Footprint:
    """``communes``: code and name. ``epcis``: SIREN, name and nature."""

    territory: str
    name: str
    cog: int
    communes: tuple[tuple[str, str], ...]
    epcis: tuple[tuple[str, str, str], ...]
    places: tuple[PlaceOf, ...]


def footprint(geography: Geography, territory: str) -> Footprint:
    """InputError when the id names no territory of this geography."""
    perimeter = parse_perimeter(territory, geography)
    communes = tuple((geography.codes[n], geography.names[n]) for n in perimeter.communes)
    return Footprint(
        territory=perimeter.id,
        name=perimeter.name,
        cog=geography.cog,
        communes=communes,
        epcis=_epcis(geography, perimeter),
        places=(
            PlaceOf(COUNTRY, COUNTRY_ID, geography.country),
            *(place for level in LEVELS for place in _places(geography, level, perimeter)),
            *(PlaceOf("commune", code, name) for code, name in communes),
        ),
    )


def _mesh(geography: Geography, level: str) -> Mesh | None:
    return next((mesh for mesh in geography.meshes if mesh.level == level), None)


def _touched(mesh: Mesh, perimeter: Perimeter) -> list[int]:
    """Units with a commune in the perimeter, in the order of their codes."""
    inside = np.isin(mesh.members, perimeter.communes)
    units = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))
    return [int(unit) for unit in np.unique(units[inside])]


def _places(geography: Geography, level: str, perimeter: Perimeter) -> list[PlaceOf]:
    mesh = _mesh(geography, level)
    if mesh is None:
        return []
    return [
        PlaceOf(level, unit_id(geography, mesh, unit), mesh.names[unit] or mesh.codes[unit])
        for unit in _touched(mesh, perimeter)
    ]


def _epcis(geography: Geography, perimeter: Perimeter) -> tuple[tuple[str, str, str], ...]:
    mesh = _mesh(geography, "epci")
    if mesh is None:
        return ()
    return tuple(
        (mesh.codes[unit], mesh.names[unit], mesh.natures[unit])
        for unit in _touched(mesh, perimeter)
    )
