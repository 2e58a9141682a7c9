"""Random histories of communes, written as movements, with what truly happened to each piece.

A history starts from whole pieces of land, one a commune. Communes merge (pieces become
delegated communes), leave again, change name or code; ``traced`` histories stop there, so that
the fate of every piece is known. Others also merge without a trace and split anew.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from maillage.territory.movements import Movement

FIRST = 2000


@dataclass
class History:
    """Communes of each year (code -> pieces), and the movements between them."""

    years: list[dict[str, set[str]]]
    movements: list[Movement] = field(default_factory=list)

    @property
    def last(self):
        return FIRST + len(self.years) - 1


@st.composite
def histories(draw, traced=False):
    codes = [f"{i:05}" for i in range(1, draw(st.integers(2, 6)) + 1)]
    history = History([{code: {code} for code in codes}])
    moves = ["merge", "leave", "rename", "recode"] + ([] if traced else ["absorb", "split"])
    for move in draw(st.lists(st.sampled_from(moves), max_size=7)):
        date = f"{FIRST + len(history.years)}-01-01"
        then = {code: set(pieces) for code, pieces in history.years[-1].items()}
        _MOVES[move](draw, date, then, history)
        history.years.append(then)
    return history


def _pick(draw, then, count, when=lambda pieces: True):
    found = sorted(code for code, pieces in then.items() if when(pieces))
    if len(found) < count:
        return []
    return draw(st.permutations(found))[:count]


def _event(history, date, kind, before, after, before_part=False, after_part=False):
    history.movements.append(
        Movement(
            date, before, after, f"nom {before}", f"nom {after}", kind, before_part, after_part
        )
    )


def _merge(draw, date, then, history):
    """Two communes make one; their pieces are its delegated communes."""
    if not (pair := _pick(draw, then, 2)):
        return
    chief, other = pair
    for code in pair:
        _event(history, date, "32", code, chief)
        if len(then[code]) == 1:
            (piece,) = then[code]
            _event(history, date, "32", code, piece, after_part=True)
        else:
            for piece in sorted(then[code]):
                _event(history, date, "32", piece, chief, before_part=True)
                _event(history, date, "32", piece, piece, before_part=True, after_part=True)
    then[chief] |= then.pop(other)


def _leave(draw, date, then, history):
    """A delegated commune is a commune again."""
    if not (pick := _pick(draw, then, 1, lambda pieces: len(pieces) > 1)):
        return
    (code,) = pick
    free = [piece for piece in sorted(then[code]) if piece not in then]
    if not free:
        return
    piece = draw(st.sampled_from(free))
    then[code].discard(piece)
    _event(history, date, "21", code, code)
    _event(history, date, "21", code, piece)
    _event(history, date, "21", piece, piece, before_part=True)
    if len(then[code]) == 1:
        (left,) = then[code]
        _event(history, date, "21", left, code, before_part=True)
    then[piece] = {piece}


def _rename(draw, date, then, history):
    (code,) = _pick(draw, then, 1)
    _event(history, date, "10", code, code)


def _recode(draw, date, then, history):
    (code,) = _pick(draw, then, 1)
    new = f"9{len(history.years):04}"
    _event(history, date, "41", code, new)
    then[new] = then.pop(code)


def _absorb(draw, date, then, history):
    """A merger that leaves no delegated commune."""
    if not (pair := _pick(draw, then, 2)):
        return
    chief, other = pair
    _event(history, date, "31", chief, chief)
    _event(history, date, "31", other, chief)
    then[chief] |= then.pop(other)


def _split(draw, date, then, history):
    """A commune makes two, one of them quite new."""
    (code,) = _pick(draw, then, 1)
    new = f"8{len(history.years):04}"
    _event(history, date, "20", code, code)
    _event(history, date, "20", code, new)
    then[new] = {f"piece {new}"}


_MOVES = {
    "merge": _merge,
    "leave": _leave,
    "rename": _rename,
    "recode": _recode,
    "absorb": _absorb,
    "split": _split,
}
