"""Census files in the official layouts, and the naive way to sum them."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from maillage.engine.dataset import FlowCells
from maillage.sources.account import ZERO, Account

COMMUTING = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C{yy}_ACTOCC15P"
RESIDENTIAL = "CODGEO;LIBGEO;DCRAN;L_DCRAN;NBFLUX_C{yy}_{who}"
MOBPRO = "COMMUNE;ARM;DCFLT;DCLT;AGEREVQ;CS1;IPONDI;NA5;TRANS"
MICRO = Decimal("0.000001")

Cells = dict[tuple[str, str], Decimal]


def pairs_file(rows: list[tuple[str, str, str]], *, header: str = COMMUTING, yy: int = 20) -> str:
    """A « base flux » csv of (residence, other place, number as written)."""
    head = header.format(yy=f"{yy:02d}", who="POP01P")
    return "\n".join([head, *(f"{o};Nom;{d};Nom;{w}" for o, d, w in rows)]) + "\n"


def drop(mirror: Path, name: str, content: str | bytes) -> Path:
    path = mirror / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rounded(text: str) -> Decimal:
    """As a DECIMAL(18,6)."""
    return Decimal(text).quantize(MICRO, ROUND_HALF_UP)


def summed(rows: list[tuple[str, str, str]], where: Mapping[str, str]) -> Cells:
    """Sums by pair of nodes, commune by commune, as one would by hand."""
    cells: Cells = defaultdict(lambda: ZERO)
    for origin, destination, weight in rows:
        cells[where.get(origin, origin), where.get(destination, destination)] += rounded(weight)
    return dict(cells)


def as_dict(cells: FlowCells, codes: tuple[str, ...]) -> Cells:
    """Weights by pair of node codes."""
    return {
        (codes[o], codes[d]): rounded(repr(float(w)))
        for o, d, w in zip(cells.origin, cells.destination, cells.weight, strict=True)
    }


def assert_closes(account: Account) -> None:
    assert account.placed + sum(account.unplaced.values(), ZERO) == account.total
