"""Who a member is: a commune code of any vintage, or the SIREN of a commune or of a groupement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage.sources.references.tables import Table
from maillage.territory.codes import normalise_commune
from maillage.territory.cog import Passage
from maillage.territory.geography import IntArray, Mesh

EPT = "EPT"
NO_NODE: IntArray = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Sirens:
    """What a SIREN stands for: the members of a groupement, or a commune by its code."""

    groupements: Mapping[str, IntArray]
    communes: Mapping[str, str]
    ept: frozenset[str] = frozenset()

    def nodes(self, siren: str, nature: str, passage: Passage) -> IntArray:
        """Commune nodes; empty when nobody knows this SIREN.

        A row of nature EPT must give the SIREN of an EPT: some carry that of their métropole,
        which would take it whole.
        """
        if nature == EPT and siren not in self.ept:
            return NO_NODE
        if siren in self.groupements:
            return self.groupements[siren]
        code = self.communes.get(siren) or self._spelled(siren)
        nodes = [passage.geography.index[part] for part, _ in passage.shares(code)]
        return np.array(nodes, dtype=np.int32)

    @cached_property
    def _published(self) -> frozenset[str]:
        return frozenset(self.communes.values())

    def _spelled(self, siren: str) -> str:
        """Code a communal SIREN spells (21, département, 0 or overseas digit, commune, key).

        The spelling is false for one commune in eight, so it serves only for those that no
        published table gives a SIREN to: islands without intercommunality.
        """
        if not (siren.isdigit() and len(siren) == 9 and siren.startswith("21")):
            return ""
        code = siren[2:4] + siren[5:8]
        return code if self._published and code not in self._published else ""


def commune_sirens(tables: Iterable[Table]) -> dict[str, str]:
    """Commune code by communal SIREN, from the compositions that give both; the first wins."""
    found: dict[str, str] = {}
    for table in tables:
        if {"member_siren", "commune"} <= table.columns.keys():
            for siren, code in zip(table["member_siren"], table["commune"], strict=True):
                if siren and code:
                    found.setdefault(siren, normalise_commune(code).code)
    return found


def groupement_members(meshes: Iterable[Mesh]) -> dict[str, IntArray]:
    """Members by unit code; the first mesh that has a code wins."""
    found: dict[str, IntArray] = {}
    for mesh in meshes:
        for unit, code in enumerate(mesh.codes):
            found.setdefault(code, mesh.unit_members(unit))
    return found
