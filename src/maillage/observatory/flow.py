"""Partners of a territory for one flow, in one direction, down to a threshold; totals close."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage.engine.coverage import partner_coverage, worst
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSums
from maillage.engine.partners import PartnerKind
from maillage.engine.precision import precision
from maillage.engine.secrecy import secrecy
from maillage.observatory.answers.balance import PrecisionBothWays, SecrecyBothWays
from maillage.observatory.answers.flow import Category, Flow, Others
from maillage.observatory.balance import balance_of, secrecy_rule
from maillage.observatory.breakdowns import dimension_names
from maillage.observatory.exchanges import Exchanges, exchanges
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

PartnerRows = npt.NDArray[np.intp]
BOTH, INCOMING, OUTGOING = "both", "incoming", "outgoing"
#: Partners an answer holds at most, and those it proposes when nobody set a threshold.
MOST = 5000
PROPOSED = 100
_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Asked:
    """What to show of the exchanges of a territory; None: what the answer proposes."""

    year: int | None = None
    mesh: str | None = None
    way: str = BOTH
    category: tuple[str, str] | None = None
    threshold: int | None = None
    partner: str = ""  # code of one to keep, whatever its volume
    most: int = MOST  # partners; a file holds them all


def flow(edition: Edition, family: str, perimeter: Perimeter, asked: Asked) -> Flow:
    """Partners by decreasing volume, at most ``asked.most``; the rest summed in ``others``, those
    that exchange only the other way included: both directions close.

    What is no territory (abroad, unknown places…) is never summed with the rest.
    NotFoundError, InputError: see ``exchanges``.
    """
    read = exchanges(edition, family, perimeter, asked.year, asked.mesh, asked.category)
    volume, hidden = _volumes(read, asked.way)
    linked = np.flatnonzero(volume + hidden)
    ranked = linked[np.lexsort((linked, -volume[linked]))]
    floor = proposed(volume[ranked]) if asked.threshold is None else asked.threshold
    kept = _kept(read, ranked, volume, floor, asked)
    everyone = np.flatnonzero(sum(_volumes(read, BOTH)))
    return Flow(
        balance=balance_of(edition, perimeter, read, [int(partner) for partner in kept]),
        way=asked.way,
        category=_category(edition, read, asked.category),
        threshold=floor,
        proposed=asked.threshold is None,
        others=_others(edition, perimeter, read, np.setdiff1d(everyone, kept)),
    )


def proposed(volumes: FloatArray) -> int:
    """The least round threshold that leaves ``PROPOSED`` partners; 0 where there is no need.

    ``volumes``, (partners,), decrease.
    """
    if len(volumes) <= PROPOSED:
        return 0
    first = float(volumes[PROPOSED])
    scale = 10 ** math.floor(math.log10(first)) if first > 1 else 1
    return int(next(step * scale for step in _ROUND if step * scale > first))


def _volumes(read: Exchanges, way: str) -> tuple[FloatArray, FloatArray]:
    """What is exchanged with each partner, and the number of its hidden cells, (partners,)."""
    balance, nothing = read.balance, np.zeros(len(read.partners))
    ways = [balance.outgoing] * (way != INCOMING) + [balance.incoming] * (way != OUTGOING)
    hidden = [sums.hidden for sums in ways if sums.hidden is not None]
    return sum((sums.weight for sums in ways), nothing), sum(hidden, nothing)


def _kept(
    read: Exchanges, ranked: PartnerRows, volume: FloatArray, floor: float, asked: Asked
) -> PartnerRows:
    """The first partners, then those kept whatever their volume, all in their order."""
    partners = read.partners
    apart = np.array([kind is not PartnerKind.TERRITORY for kind in partners.kinds])
    if asked.partner in partners.codes:
        apart[partners.codes.index(asked.partner)] = True
    always = apart[ranked]
    room = asked.most - int(always.sum())
    first = np.cumsum((volume[ranked] >= floor) & ~always) <= room
    return ranked[always | ((volume[ranked] >= floor) & first)]


def _others(
    edition: Edition, perimeter: Perimeter, read: Exchanges, left: PartnerRows
) -> Others | None:
    if not len(left):
        return None
    meta, reach = read.meta, partner_coverage(read.meta.universe, perimeter.communes, read.partners)
    rule = secrecy_rule(edition, meta)
    out, into = (_some(way, left).total for way in (read.balance.outgoing, read.balance.incoming))
    return Others(
        count=len(left),
        outgoing=out.weight,
        incoming=into.weight,
        coverage=worst(*{reach(int(partner)) for partner in left}),
        precision=PrecisionBothWays(precision(out, meta), precision(into, meta)),
        secrecy=SecrecyBothWays(secrecy(out, rule, meta.unit), secrecy(into, rule, meta.unit)),
    )


def _some(sums: CellSums, rows: PartnerRows) -> CellSums:
    """The same sums, of some partners."""
    return CellSums(
        sums.weight[rows],
        None if sums.squares is None else sums.squares[rows],
        None if sums.hidden is None else sums.hidden[rows],
        None if sums.split is None else sums.split[rows],
    )


def _category(
    edition: Edition, read: Exchanges, category: tuple[str, str] | None
) -> Category | None:
    if category is None:
        return None
    dimension, code = category
    title, labels = dimension_names(edition, read.meta, dimension)
    return Category(dimension, title, code, labels.get(code, code))
