"""Départements, régions and arrondissements, from what the official code says of each commune."""

from collections.abc import Iterable

from maillage.sources.references.communes import Communes
from maillage.sources.references.folder import Folder
from maillage.sources.references.levels import Levels
from maillage.territory.codes import departement_of
from maillage.territory.geography import Mesh
from maillage.territory.meshes import MeshHead, mesh_from_owners

_LISTS = {"departement": "cog_departements", "region": "cog_regions"}
_SOURCE = "ref_cog_communes"


def administrative_meshes(
    folder: Folder, communes: Communes, levels: Levels, known: Iterable[Mesh]
) -> list[Mesh]:
    """Meshes of the levels that no other table gives for the year of the communes.

    A commune that the list no longer holds keeps the département its code spells, and the région
    this département has today; its arrondissement is not known.
    """
    given = {mesh.level for mesh in known if mesh.year == communes.cog}
    meshes = []
    for level in ("departement", "region", "arrondissement"):
        owner = _owners(communes, level)
        if level not in given and any(owner):
            prefix = levels.prefix(level)
            head = MeshHead(level, communes.cog, levels.label(level), _SOURCE, prefix)
            meshes.append(mesh_from_owners(head, owner, _names(folder, level)))
    return meshes


def _owners(communes: Communes, level: str) -> list[str]:
    listed = communes.attributes[level]
    today = {departement_of(code): unit for code, unit in listed.items()}
    if level == "departement":
        return [listed.get(code, departement_of(code)) for code in communes.names]
    if level == "region":
        return [listed.get(code, today.get(departement_of(code), "")) for code in communes.names]
    return [listed.get(code, "") for code in communes.names]


def _names(folder: Folder, level: str) -> dict[str, str]:
    """Name by code, the newest list winning."""
    names: dict[str, str] = {}
    for table in reversed(folder.of(_LISTS.get(level, ""))):
        names |= dict(zip(table[level], table["name"], strict=True))
    return names
