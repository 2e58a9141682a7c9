"""From a mirror to a geography, its meshes, its contours and the passages to it."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.sources.references.administrative import administrative_meshes
from maillage.sources.references.bundle import GeographyBundle
from maillage.sources.references.communes import (
    Communes,
    read_communes,
    read_movements,
    read_passage_table,
    read_populations,
)
from maillage.sources.references.folder import Folder, read_folder
from maillage.sources.references.geometry import read_geometry
from maillage.sources.references.groupings import assigned_meshes
from maillage.sources.references.levels import Levels
from maillage.sources.references.report import report_of
from maillage.sources.references.zones import geography_from_codes, geography_from_zones
from maillage.territory.geography import Geography, Mesh
from maillage.territory.passages import Passages
from maillage.territory.successors import Populations

#: A file of this name at the root of a mirror says that nothing in it is real.
FICTIONAL = "FICTIF.json"


@dataclass(frozen=True)
class Target:
    """The geography asked for: year of the communes, year of the EPCI composition."""

    cog: int
    epci_year: int


def _quiet(_: str) -> None:
    """Progress nobody listens to."""


def read_geography(
    mirror: Path,
    catalog: Catalog,
    *,
    cog: int = 2025,
    epci_year: int = 2025,
    codes: Callable[[], Iterable[str]] | None = None,
    progress: Callable[[str], None] = _quiet,
) -> GeographyBundle:
    """The geography of a mirror on the communes of 1 January ``cog``.

    ``epci_year`` chooses the composition that the mesh ``epci`` is by default; the others stay,
    each with its year. A mirror without the official code gives a geography of zones, from a
    table of layout ``zones``, else from ``codes()``, those that its flows mention. InputError
    when there is none of these, or when the communes of that year cannot be established.
    """
    target = Target(cog, epci_year)
    with _no_cycle_collection():
        folder = read_folder(mirror, catalog, progress)
        official = _official(folder, Levels(catalog), target)
        passages, notes = official or _zones(folder, catalog, codes)
        geography = passages.geography
        geometry, lonlat = read_geometry(mirror, catalog, geography, progress)
    placed = replace(
        geography,
        lon=np.where(np.isnan(geography.lon), lonlat[:, 0], geography.lon),
        lat=np.where(np.isnan(geography.lat), lonlat[:, 1], geography.lat),
    )
    if (mirror / FICTIONAL).exists():
        placed = replace(placed, fictional=True, country="Pays fictif")
    return GeographyBundle(
        geography=placed,
        passages=passages.onto(placed),
        geometry=geometry,
        report=report_of(folder, geometry, notes),
    )


@contextmanager
def _no_cycle_collection() -> Iterator[None]:
    """Millions of cells live for a moment and none makes a cycle: looking for some takes a third
    of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _official(folder: Folder, levels: Levels, target: Target) -> tuple[Passages, list[str]] | None:
    movements = read_movements(folder)
    communes = read_communes(folder, target.cog, movements)
    if communes is None:
        return None
    populations = read_populations(folder)
    bare = _bare(communes, populations)
    table = read_passage_table(folder, target.cog)
    passages = Passages(bare, movements, table, populations)
    meshes, notes = assigned_meshes(folder, passages, levels, target.epci_year)
    meshes = [*meshes, *administrative_meshes(folder, communes, levels, meshes)]
    geography = replace(bare, meshes=_in_order(meshes, levels, target))
    return passages.onto(geography), [communes.derivation, *_checks(geography, table), *notes]


def _bare(communes: Communes, populations: Populations) -> Geography:
    """The geography without meshes; populations of the COG nearest to the target."""
    nearest = min(populations, key=lambda year: abs(year - communes.cog), default=None)
    known = populations[nearest] if nearest is not None else {}
    codes = tuple(communes.names)
    nowhere = np.full(len(codes), np.nan)
    return Geography(
        cog=communes.cog,
        codes=codes,
        names=tuple(communes.names.values()),
        population=np.array([known.get(code, np.nan) for code in codes]),
        lon=nowhere,
        lat=nowhere,
        meshes=(),
    )


def _in_order(meshes: Iterable[Mesh], levels: Levels, target: Target) -> tuple[Mesh, ...]:
    """By priority of level; in a level the year asked for first, then the newest."""

    def rank(mesh: Mesh) -> tuple[tuple[int, str], bool, int]:
        asked = target.epci_year if mesh.level == "epci" else target.cog
        return levels.rank(mesh.level), mesh.year != asked, -mesh.year

    return tuple(sorted(meshes, key=rank))


def _checks(geography: Geography, table: dict[str, str]) -> list[str]:
    """What the other references say of the list of communes."""
    notes = []
    if table:
        apart = set(table.values()) ^ set(geography.codes)
        apart_text = counted(len(apart), "commune de différence", "communes de différence")
        verdict = apart_text if apart else "les mêmes communes"
        notes.append(f"Table de passage vers {geography.cog} : {verdict}.")
    for mesh in geography.meshes:
        if mesh.level == "epci" and mesh.year == geography.cog:
            alone = geography.n_communes - len(mesh.members)
            left_out = counted(alone, "commune")
            notes.append(f"EPCI {mesh.year} : {left_out} sans EPCI à fiscalité propre.")
    unknown = int(np.isnan(geography.population).sum())
    if unknown:
        notes.append(f"Population inconnue pour {counted(unknown, 'commune')}.")
    return notes


def _zones(
    folder: Folder, catalog: Catalog, codes: Callable[[], Iterable[str]] | None
) -> tuple[Passages, list[str]]:
    tables = folder.of("zones")
    if tables:
        geography = geography_from_zones(tables[0], Levels(catalog))
        return Passages(geography), [f"Zones lues dans {tables[0].file}."]
    known = geography_from_codes(codes(), 0) if codes is not None else None
    if known is None or not known.n_communes:
        raise InputError(
            problem="ce dossier ne contient ni liste de communes, ni table de zones.",
            remedy="ajoutez-y le code officiel géographique de l’Insee (v_commune_AAAA.csv), ou "
            "une table de vos zones décrite par une fiche « zones ».",
        )
    return Passages(known), ["Zones déduites des codes que citent les fichiers de flux."]
