"""Addresses to ask, drawn from the edition: always the same for the same edition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote

import numpy as np

from maillage.drawing.layers import cells
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter

COUNT = 40  # addresses of each kind
MEMBERS = 1000  # communes of a custom perimeter
FAMILIES = ("domicile-travail", "migrations-residentielles", "transferts-etablissements")
#: The texts of a search, as one types them.
TYPED = (1, 2, 3, 5, 8)


@dataclass(frozen=True)
class Kind:
    """Pages of one kind, ``COUNT`` addresses of them, all different."""

    id: str
    title: str  # French
    addresses: Callable[[Edition], Sequence[str]]


def searches(edition: Edition) -> list[str]:
    """Beginnings of names, and names with a letter missing."""
    names = [edition.geography.names[node] for node in _spread(edition, 2 * COUNT)]
    typed = [name[:length] for name, length in zip(names, cycle(TYPED), strict=False)]
    wrong = [name[:3] + name[4:] for name in names]
    mixed = dict.fromkeys(text for pair in zip(typed, wrong, strict=True) for text in pair)
    return [f"/recherche/suggestions/?q={quote(text)}" for text in islice(mixed, COUNT)]


def portraits(edition: Edition) -> list[str]:
    """Of communes, EPCI, départements and régions."""
    return [f"/territoires/{id}/" for id in _territories(edition)]


def flows(edition: Edition) -> list[str]:
    """The same territories, by EPCI then commune by commune."""
    asked = zip(
        _territories(edition), cycle(FAMILIES), cycle(("", "?maille=commune")), strict=False
    )
    return [f"/territoires/{id}/flux/{family}/{query}" for id, family, query in asked]


def widest_flows(edition: Edition) -> list[str]:
    """Pages with the most partners: whole régions, commune by commune, down to one person."""
    query = "?maille=commune&seuil=0"
    return [
        f"/territoires/reg-{code}/flux/{family}/{query}"
        for code in edition.geography.mesh("region").codes[:4]
        for family in FAMILIES
    ]


def perimeters(edition: Edition) -> list[str]:
    """Portraits and flow pages of the ``MEMBERS`` communes nearest to one."""
    free = [_around(edition, node).id for node in _spread(edition, COUNT // 2)]
    pages = ("/territoires/{}/", "/territoires/{}/flux/domicile-travail/")
    return [page.format(id) for id in free for page in pages]


def shapes(edition: Edition) -> list[str]:
    """Contours for the map of « Mon périmètre »: each mesh, and cells of communes."""
    sides = cells(edition)
    middle = sides // 2
    near = [(middle + n % 6 - 3, middle + n // 6 - 3) for n in range(COUNT - 3)]
    meshes = [f"?maille={level}" for level in ("epci", "departement", "region")]
    drawn = [f"?maille=commune&case={column},{row}" for column, row in near]
    return [f"/perimetre/contours/{query}" for query in (*meshes, *drawn)]


KINDS = (
    Kind("search", "Recherche", searches),
    Kind("portrait", "Portrait", portraits),
    Kind("flow", "Page d’un flux", flows),
    Kind("perimeter", f"Périmètre libre de {MEMBERS} communes", perimeters),
    Kind("shapes", "Contours à choisir", shapes),
)


def _territories(edition: Edition) -> list[str]:
    geography = edition.geography
    epci = geography.mesh("epci").codes
    larger = [f"dep-{code}" for code in geography.mesh("departement").codes[:5]]
    larger += [f"reg-{code}" for code in geography.mesh("region").codes[:3]]
    count = (COUNT - len(larger)) // 2
    communes = [geography.codes[node] for node in _spread(edition, count)]
    chosen = [epci[row] for row in np.linspace(0, len(epci) - 1, count).astype(int)]
    return [*larger, *(id for pair in zip(chosen, communes, strict=True) for id in pair)]


def _spread(edition: Edition, count: int) -> list[int]:
    """Communes evenly spread over the list."""
    last = edition.geography.n_communes - 1
    return [int(node) for node in np.linspace(0, last, count)]


def _around(edition: Edition, node: int) -> Perimeter:
    geography = edition.geography
    count = min(MEMBERS, geography.n_communes // 2)
    lat, lon = (np.asarray(a)[: geography.n_communes] for a in (geography.lat, geography.lon))
    apart = np.hypot(lat - lat[node], (lon - lon[node]) * np.cos(np.radians(lat[node])))
    nearest = np.argsort(apart, kind="stable")[:count]  # unknown places come last
    return Perimeter.of(geography, nearest)
