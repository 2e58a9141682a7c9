"""Communes that are no more, found by what they were called."""

from functools import lru_cache

from maillage.common.french import of
from maillage.engine.edition import Edition
from maillage.observatory.search_text import plain, starting
from maillage.territory.former import FormerCommune

#: Fewer letters do not call back a commune that is no more.
SHORTEST = 4


def former_called(edition: Edition, wanted: str) -> list[FormerCommune]:
    """Those whose code or name begins so; ``wanted`` is plain. In the order of their names."""
    if len(wanted) < SHORTEST:
        return []
    codes = dict.fromkeys(code for _, code in starting(_keys(edition), wanted))
    return [edition.former_communes[code] for code in codes]


def called(former: FormerCommune) -> str:
    """What to say beside the commune that holds its land (French)."""
    return f"avec l’ancienne commune {of(former.name)}" if former.name else "ancien code"


@lru_cache(maxsize=4)
def _keys(edition: Edition) -> list[tuple[str, str]]:
    """Plain names and codes, in order, with the code each leads to."""
    known = edition.former_communes.values()
    names = ((plain(former.name), former.code) for former in known if former.name)
    return sorted([*names, *((former.code.lower(), former.code) for former in known)])
