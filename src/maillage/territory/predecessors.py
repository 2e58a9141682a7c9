"""Where the communes of a later vintage lay before: the way back, for an older target year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from maillage.territory.movements import Movement
from maillage.territory.successors import Populations, Shares, Successors, successors


def predecessors(
    movements: Iterable[Movement],
    communes: Iterable[str],
    before: int,
    after: int,
    populations: Populations,
) -> Successors:
    """Where the communes of 1 January ``after`` lay among ``communes``, those of ``before``.

    A commune born of a merger is shared between those it was made of, by their populations in the
    year nearest to ``before``, equally when some is unknown: an estimate, as for a split.
    """
    forward = successors(movements, before, after, populations).shares
    nearest = min(populations, key=lambda year: (abs(year - before), year), default=None)
    people = {} if nearest is None else populations[nearest]
    made_of: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code in communes:
        for commune, ratio in forward.get(code, ((code, 1.0),)):
            made_of[commune].append((code, ratio))
    shares: dict[str, Shares] = {}
    basis: dict[str, str] = {}
    for commune, parts in made_of.items():
        lies, known = _shared(parts, people)
        if lies != ((commune, 1.0),):
            shares[commune] = lies
            if len(lies) > 1:
                basis[commune] = f"populations {nearest}" if known else "parts égales"
    return Successors(shares, basis)


def _shared(parts: list[tuple[str, float]], people: Mapping[str, float]) -> tuple[Shares, bool]:
    """Shares of the parts of a commune, and whether their populations are all known."""
    if len(parts) == 1:
        return ((parts[0][0], 1.0),), True
    known = all(people.get(code, 0.0) > 0 for code, _ in parts)
    weights = {code: ratio * (people[code] if known else 1.0) for code, ratio in parts}
    total = sum(weights.values())
    return tuple((code, weights[code] / total) for code in sorted(weights)), known
