"""The layers on offer: territories by mesh, flows by family."""

from dataclasses import dataclass

import numpy as np

from maillage.api.ogc.shapes import level_shapes
from maillage.common.errors import NotFoundError
from maillage.common.french import typeset
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.observatory.places import unit_centres
from maillage.observatory.search import STRATA
from maillage.territory.geography import FloatArray
from maillage.territory.units import COMMUNE

FLOWS = "flux-"
EPCI = "epci"


@dataclass(frozen=True)
class Collection:
    """One layer. ``level`` is that of its units, or of the ends of its lines (``flow``)."""

    id: str
    title: str
    description: str
    level: str
    flow: str = ""

    def extent(self, edition: Edition) -> FloatArray | None:
        """West, south, east, north, in degrees."""
        if not self.flow:
            shapes = level_shapes(edition, self.level)
            return None if shapes is None else shapes.bounds
        places = unit_centres(edition, self.level)
        known = places[~np.isnan(places).any(axis=1)]
        return np.concatenate([known.min(0), known.max(0)]) if len(known) else None


def collections(edition: Edition) -> list[Collection]:
    """Those that this edition can draw."""
    return [*_territories(edition), *_flows(edition)]


def collection(edition: Edition, id: str) -> Collection:
    """NotFoundError when there is none of that name."""
    found = {layer.id: layer for layer in collections(edition)}
    if id not in found:
        raise NotFoundError(f"La couche « {id} » n’existe pas.")
    return found[id]


def _territories(edition: Edition) -> list[Collection]:
    geography = edition.geography
    levels = dict.fromkeys([COMMUNE, *(mesh.level for mesh in geography.meshes)])
    return [
        Collection(
            id=level,
            title=typeset(level_label(edition, level)),
            description=f"Contours et population, communes au 1er janvier {geography.cog}. "
            "Sans contour là où le producteur n’en donne pas à la vraie place.",
            level=level,
        )
        for level in levels
        if level not in STRATA and level_shapes(edition, level) is not None
    ]


def _flows(edition: Edition) -> list[Collection]:
    if EPCI not in {mesh.level for mesh in edition.geography.meshes}:
        return []
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return [
        Collection(
            id=f"{FLOWS}{card.slug}",
            title=f"Flux : {typeset(card.title)}",
            description=f"Une ligne par flux, du lieu d’origine ({typeset(card.origin)}) au lieu "
            f"de destination ({typeset(card.destination)}), des plus grands aux plus petits. "
            f"Années : {', '.join(map(str, edition.flow_years(card.id)))}. Paramètres : territory, "
            "year, mesh, threshold.",
            level=EPCI,
            flow=card.id,
        )
        for card in cards
        if edition.flow_years(card.id)
    ]
