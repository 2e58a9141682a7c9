"""The geometry of a build: contours by level, what was moved, true positions of communes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from maillage.catalog.load import Catalog
from maillage.engine.dataset import LevelShapes
from maillage.sources.references.contours import Contours, read_contours
from maillage.sources.references.tables import ReferenceFile
from maillage.territory.codes import departement_of
from maillage.territory.geography import FloatArray, Geography
from maillage.territory.insets import DEGREES, LAMBERT_93, LOCAL_CRS, Inset, fit_inset

#: Degrees that hold mainland France and its insets, and no overseas département in truth.
_MAINLAND = (-12.0, 40.0, 12.0, 52.0)


@dataclass(frozen=True, eq=False)
class Geometry:
    """Contours to draw, and what is true of them.

    ``levels`` are in degrees (EPSG:4326), moved insets left where the producer put them and named
    as such. ``communes_2154`` holds WKB in Lambert-93 metres, in the order of the geography, None
    where unknown. ``insets`` gives the fitted moves, ``moved`` every département moved.
    """

    levels: tuple[LevelShapes, ...] = ()
    communes_2154: tuple[bytes | None, ...] = ()
    moved: tuple[str, ...] = ()
    insets: tuple[Inset, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    files: tuple[ReferenceFile, ...] = ()


def read_geometry(
    mirror: Path, catalog: Catalog, geography: Geography, progress: Callable[[str], None]
) -> tuple[Geometry, FloatArray]:
    """The geometry of a mirror, and the longitude and latitude of each commune (n, 2).

    Positions are those of centroids, NaN where unknown. Those of a moved département are taken
    back by a move fitted on the EPCI whose true contours are known; without any, NaN.
    """
    contours, refused = read_contours(mirror, catalog, progress)
    moved = _moved_departements(contours)
    insets = [i for code in moved if (i := _inset(code, contours, geography)) is not None]
    lonlat = np.full((geography.n_communes, 2), np.nan)
    drawn = _one_by_level(contours, geography.cog)
    communes = next((c for c in drawn if c.level == "commune"), None)
    if communes is not None:
        _place(communes, geography, moved, insets, lonlat)
    geometry = Geometry(
        levels=tuple(_shapes(c, geography, moved) for c in drawn),
        communes_2154=_lambert(communes, geography),
        moved=moved,
        insets=tuple(insets),
        notes=tuple(_notes(moved, insets)),
        refused=tuple(refused),
        files=tuple(ReferenceFile(c.file, c.card.id, c.year, len(c.codes)) for c in contours),
    )
    return geometry, lonlat


def _one_by_level(contours: Sequence[Contours], year: int) -> list[Contours]:
    """What is drawn of each level: the file of the year nearest to the geography's."""
    nearest: dict[str, Contours] = {}
    for one in sorted(contours, key=lambda c: (abs(c.year - year), c.file)):
        if not one.true_positions:
            nearest.setdefault(one.level, one)
    return list(nearest.values())


def _moved_departements(contours: Sequence[Contours]) -> tuple[str, ...]:
    """Overseas départements whose communes are drawn on or beside the mainland."""
    moved: set[str] = set()
    for one in contours:
        if one.level == "commune" and not one.true_positions:
            west, south, east, north = _MAINLAND
            lon, lat = one.centres(DEGREES).T
            near = (west < lon) & (lon < east) & (south < lat) & (lat < north)
            moved |= {departement_of(c) for c, here in zip(one.codes, near, strict=True) if here}
    return tuple(sorted(moved & LOCAL_CRS.keys()))


def _inset(departement: str, contours: Sequence[Contours], geography: Geography) -> Inset | None:
    """The move of a département, from the units drawn both where they are and where they were
    moved. None when fewer than two are."""
    for true in (c for c in contours if c.true_positions):
        here = {c: i for i, c in enumerate(true.codes) if _home(c, true, geography) == departement}
        for moved in (c for c in contours if c.level == true.level and not c.true_positions):
            there = {code: i for i, code in enumerate(moved.codes)}
            both = sorted(here.keys() & there.keys())
            if len(both) >= 2:
                return fit_inset(
                    departement,
                    true.centres(DEGREES)[[here[code] for code in both]],
                    moved.centres(DEGREES)[[there[code] for code in both]],
                )
    return None


def _home(code: str, contours: Contours, geography: Geography) -> str:
    """Département of the first commune of a unit; empty when the unit is not known."""
    for mesh in geography.meshes:
        unit = mesh.index.get(code) if mesh.level == contours.level else None
        if unit is not None:
            return departement_of(geography.codes[mesh.unit_members(unit)[0]])
    return ""


def _place(
    communes: Contours,
    geography: Geography,
    moved: Sequence[str],
    insets: Sequence[Inset],
    lonlat: FloatArray,
) -> None:
    nodes = np.array([geography.index.get(code, -1) for code in communes.codes])
    home = np.array([departement_of(code) for code in communes.codes])
    lonlat[nodes[nodes >= 0]] = communes.centres(DEGREES)[nodes >= 0]
    for departement in moved:
        lonlat[nodes[(home == departement) & (nodes >= 0)]] = np.nan
    for inset in insets:
        rows = np.flatnonzero((home == inset.departement) & (nodes >= 0))
        lonlat[nodes[rows]] = inset.true_degrees(communes.centres(LAMBERT_93)[rows])


def _shapes(contours: Contours, geography: Geography, moved: Sequence[str]) -> LevelShapes:
    return LevelShapes(
        level=contours.level,
        year=contours.year,
        codes=contours.codes,
        shapes=tuple(shapely.to_wkb(contours.in_degrees()).tolist()),
        inset=_moved_units(contours, geography, frozenset(moved)),
        source=contours.card.id,
    )


def _moved_units(
    contours: Contours, geography: Geography, moved: frozenset[str]
) -> tuple[str, ...]:
    """Units all of whose communes were moved."""
    if contours.level == "commune":
        return tuple(code for code in contours.codes if departement_of(code) in moved)
    levels = {mesh.level for mesh in geography.meshes}
    if contours.level not in levels or not moved:
        return ()
    mesh = geography.mesh(contours.level)
    apart = np.array([departement_of(code) in moved for code in geography.codes])
    return tuple(
        code
        for code in contours.codes
        if code in mesh.index and apart[mesh.unit_members(mesh.index[code])].all()
    )


def _lambert(communes: Contours | None, geography: Geography) -> tuple[bytes | None, ...]:
    if communes is None or communes.crs != LAMBERT_93:
        return ()
    known = dict(zip(communes.codes, shapely.to_wkb(communes.shapes).tolist(), strict=True))
    return tuple(known.get(code) for code in geography.codes)


def _notes(moved: Sequence[str], insets: Sequence[Inset]) -> list[str]:
    fitted = {inset.departement: inset for inset in insets}
    notes = []
    for code in moved:
        if code in fitted:
            inset = fitted[code]
            notes.append(
                f"Département {code} : contours déplacés par le producteur ; positions vraies "
                f"déduites de {inset.units} EPCI, à {inset.error_m:.0f} m près."
            )
        else:
            notes.append(f"Département {code} : contours déplacés, positions vraies inconnues.")
    return notes
