"""From a mirror to a geography, its meshes and the passages to it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.sources.references.bundle import GeographyBundle
from maillage.sources.references.communes import (
    Communes,
    read_communes,
    read_movements,
    read_passage_table,
    read_populations,
)
from maillage.sources.references.folder import Folder, read_folder
from maillage.sources.references.groupings import assigned_meshes, unit_names
from maillage.sources.references.levels import Levels
from maillage.sources.references.report import ReferenceFile, ReferencesReport
from maillage.territory.geography import Geography, Mesh
from maillage.territory.meshes import MeshHead, mesh_from_owners
from maillage.territory.passages import Passages
from maillage.territory.successors import Populations


def _quiet(_: str) -> None:
    """Progress nobody listens to."""


def read_geography(
    mirror: Path,
    catalog: Catalog,
    *,
    cog: int = 2025,
    epci_year: int = 2025,
    progress: Callable[[str], None] = _quiet,
) -> GeographyBundle:
    """The geography of a mirror on the communes of 1 January ``cog``.

    ``epci_year`` chooses the composition that the mesh ``epci`` is by default; the others stay,
    each with its year. InputError when the communes of that year cannot be established.
    """
    folder = read_folder(mirror, catalog, progress)
    movements = read_movements(folder)
    communes = read_communes(folder, cog, movements)
    if communes is None:
        raise InputError(
            problem="ce dossier ne contient pas la liste des communes.",
            remedy="ajoutez-y le code officiel géographique de l’Insee (v_commune_AAAA.csv).",
            file=str(mirror),
        )
    populations = read_populations(folder)
    bare = _bare(communes, populations)
    passages = Passages(bare, movements, read_passage_table(folder, cog), populations)
    levels = Levels(catalog)
    meshes, notes = assigned_meshes(folder, passages, levels, epci_year)
    default = {"epci": epci_year}
    ordered = sorted(
        (*_administrative(folder, communes, levels), *meshes),
        key=lambda m: (levels.rank(m.level), m.year != default.get(m.level, cog), -m.year),
    )
    geography = replace(bare, meshes=tuple(ordered))
    return GeographyBundle(
        geography=geography,
        passages=Passages(geography, movements, passages.table, populations),
        geometry=None,
        report=ReferencesReport(_files(folder), (communes.derivation, *notes, *folder.refused)),
    )


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


_OWN_LEVELS = (("departement", "cog_departements"), ("region", "cog_regions"))


def _administrative(folder: Folder, communes: Communes, levels: Levels) -> list[Mesh]:
    """Départements, régions and arrondissements, from the attributes of communes."""
    meshes = []
    for level in ("departement", "region", "arrondissement"):
        owner = [communes.attributes[level].get(code, "") for code in communes.names]
        tables = folder.of(dict(_OWN_LEVELS).get(level, ""))
        head = MeshHead(level, communes.cog, levels.label(level), "cog", levels.prefix(level))
        if any(owner):
            meshes.append(mesh_from_owners(head, owner, unit_names(tables, level)))
    return meshes


def _files(folder: Folder) -> tuple[ReferenceFile, ...]:
    return tuple(
        ReferenceFile(table.file, table.card.id, table.year, len(table)) for table in folder.tables
    )
