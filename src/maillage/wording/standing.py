"""Where a territory stands among comparable ones, as a sentence says it."""

from maillage.common.french import number
from maillage.observatory.answers.portrait import Rank

_TENTHS = {6: "six", 7: "sept", 8: "huit", 9: "neuf"}


def standing(rank: Rank) -> str:
    """« c’est plus que huit territoires comparables sur dix », which ``compared`` counts and names.

    True to the letter: at least so many tenths of the others are strictly below, or above.
    """
    others = rank.n - 1
    if rank.below == others:
        return "c’est la plus forte valeur des territoires comparables"
    if rank.rank - 1 == others:
        return "c’est la plus faible valeur des territoires comparables"
    for count, than in ((rank.below, "plus"), (rank.rank - 1, "moins")):
        tenths = min(10 * count // others, 9)
        if tenths in _TENTHS:
            return f"c’est {than} que {_TENTHS[tenths]} territoires comparables sur dix"
    return "c’est une valeur courante parmi les territoires comparables"


def compared(rank: Rank) -> str:
    """« 87 communautés de communes de 20 000 à moins de 30 000 habitants », itself included."""
    return f"{number(rank.n)} {rank.several}"
