"""Pages of a list: every list answer is cut the same way, and says how to read the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

#: Lists that are read by pages, by the name of the answer that holds them. Those of one answer
#: turn their pages together; a dot leads into an object, or into each object of a list.
LISTS: Mapping[str, tuple[str, ...]] = {
    "Balance": ("partners",),
    "Cards": ("cards",),
    "Cooperation": ("partners",),
    "Grants": ("grants", "shared"),
    "Links": ("links",),
    "MeshFigures": ("figures",),
    "Peers": ("peers",),
    "Structure": ("place.links", "inside.poles"),
    "SupplyNeed": ("themes.partners",),
    "Territories": ("territories",),
}
#: The key that says it, beside those of the answer.
KEY = "paging"


@dataclass(frozen=True)
class Paged:
    """An answer whose lists hold the rows from ``offset`` on, ``limit`` at most.

    ``total``: rows of the whole list, of the longest where the answer has several.
    """

    answer: Any
    total: int
    offset: int
    limit: int


@dataclass(frozen=True)
class Paging:
    """Where the rows of an answer stand. ``next``: address of the next page, None on the last."""

    total: int
    offset: int
    limit: int
    next: str | None


def paged(answer: Any, offset: int, limit: int) -> Paged:
    """A page of an answer that holds its lists whole."""
    rows, total = slice(offset, offset + limit), 0
    for path in LISTS[type(answer).__name__]:
        answer, count = _cut(answer, path.split("."), rows)
        total = max(total, count)
    return Paged(answer, total, offset, limit)


def paging(request: HttpRequest, held: Paged) -> Paging:
    end = held.offset + held.limit
    following = page_address(request, end, held.limit) if end < held.total else None
    return Paging(held.total, held.offset, held.limit, following)


def page_address(request: HttpRequest, offset: int, limit: int) -> str:
    """The same question, at another page."""
    query = request.GET.copy()
    query["offset"], query["limit"] = str(offset), str(limit)
    path = quote(request.path, safe="/+@.:")
    return str(request.build_absolute_uri(f"{path}?{query.urlencode()}"))


def _cut(answer: Any, path: list[str], rows: slice) -> tuple[Any, int]:
    """The answer with these rows of the list that ``path`` leads to, and how many it has."""
    name, *further = path
    held = getattr(answer, name)
    if held is None:
        return answer, 0
    if not further:
        return replace(answer, **{name: held[rows]}), len(held)
    if not isinstance(held, tuple):
        cut, count = _cut(held, further, rows)
        return replace(answer, **{name: cut}), count
    parts = [_cut(one, further, rows) for one in held]
    whole = tuple(cut for cut, _ in parts)
    return replace(answer, **{name: whole}), max((count for _, count in parts), default=0)
