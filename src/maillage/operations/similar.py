"""Operations that look alike in contracts that are close: a chance to talk before doing twice.

Score, from 0 to 100: likeness of the titles (rapidfuzz, words in any order), plus what they share
(theme, a purpose of the grid), less the distance. An aid to reading, never a decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

LEAST = 60.0
FARTHEST_KM = 80.0
SHARED_POINTS = 10.0
DISTANCE_POINTS = 20.0  # lost at FARTHEST_KM


@dataclass(frozen=True)
class Candidate:
    """An operation seen from outside. ``cells`` are pairs of the grid; ``place`` in km, Lambert."""

    id: int
    title: str
    themes: frozenset[str] = frozenset()
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Likeness:
    """``km`` is None where one of the two has no known place."""

    candidate: Candidate
    score: float
    km: float | None


def similar(to: Candidate, among: Iterable[Candidate], limit: int = 5) -> tuple[Likeness, ...]:
    """The closest first; those too far, or that share too little, are left out."""
    found = [_likeness(to, other) for other in among if other.id != to.id]
    kept = [item for item in found if item.score >= LEAST and (item.km or 0) <= FARTHEST_KM]
    return tuple(sorted(kept, key=lambda item: (-item.score, item.candidate.id))[:limit])


def _likeness(one: Candidate, other: Candidate) -> Likeness:
    km = _distance(one, other)
    title = fuzz.token_set_ratio(one.title, other.title, processor=default_process)
    shared = SHARED_POINTS if one.themes & other.themes else 0.0
    far = DISTANCE_POINTS * min((km or 0.0) / FARTHEST_KM, 1.0)
    return Likeness(other, min(100.0, title + shared - far), km)


def _distance(one: Candidate, other: Candidate) -> float | None:
    if one.place is None or other.place is None:
        return None
    east, north = one.place[0] - other.place[0], one.place[1] - other.place[1]
    return float((east * east + north * north) ** 0.5)
