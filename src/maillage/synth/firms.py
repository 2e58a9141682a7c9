"""Firms and their establishments: headquarters, branches, and addresses they left.

A firm has one active headquarters, branches that follow a heavy-tailed law, and closed addresses
from which it moved. Blocks of firms are drawn apart, so that the largest stock fits in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from maillage.synth.country import Country
from maillage.synth.graph import Index
from maillage.synth.gravity import Choices, Law, open_choices
from maillage.synth.scales import stream
from maillage.synth.traits import Trait, draw_shares
from maillage.territory.geography import FloatArray

BLOCK = 250_000  # firms
FIRST_SIREN = 70_000_000
PER_FIRM = 2.28  # establishments, open or closed, on average
BRANCHES = 2.1  # exponent of the law of the number of branches
MOST_BRANCHES = 400
MULTI = 0.11  # firms with branches
NEARBY = 0.55  # branches placed near the headquarters rather than anywhere
CLOSED = 0.72  # closed addresses a firm
MOVED = 0.28  # of them, those whose business went on elsewhere
STAYED = 0.45  # successions on the spot
MOVING = Law(9_000, 0.0, 0.06, 0.0)
BRANCHING = Law(30_000, 1.0, 0.10, 0.0)


@dataclass(frozen=True, eq=False)
class Establishments:
    """One row an establishment of a block; ``sequence`` is its rank in the firm, 1 for the
    headquarters; ``moved`` marks closed addresses that have a successor: the headquarters."""

    block: int
    firm: Index  # number in the whole stock
    sequence: Index
    place: Index
    open: npt.NDArray[np.bool_]
    moved: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Firms:
    """The firms of the country, for about ``count`` establishments."""

    country: Country
    count: int

    @property
    def firms(self) -> int:
        return round(self.count / PER_FIRM)

    def blocks(self) -> Iterator[Establishments]:
        """Every establishment, block after block of firms."""
        for block, start in enumerate(range(0, self.firms, BLOCK)):
            yield self._block(block, np.arange(start, min(start + BLOCK, self.firms)))

    def sizes(self, block: Establishments) -> Trait:
        """Size class of each establishment; closed ones have none, small firms mostly neither."""
        rng = stream(self.country.seed, "sizes", self.count, block.block)
        rows = len(block.firm)
        seat = draw_shares(sirene()["sizes"]["seat"], rows, rng)
        branch = draw_shares(sirene()["sizes"]["branch"], rows, rng)
        rank = np.where(block.sequence == 1, seat.rank, branch.rank)
        return Trait(seat.codes, np.where(block.open, rank, 0).astype(np.uint8))

    def _block(self, block: int, firm: Index) -> Establishments:
        rng = stream(self.country.seed, "firms", self.count, block)
        branches, closed = _branches(len(firm), rng), rng.poisson(CLOSED, len(firm))
        seat = self._seats(branches > 0, rng)
        near = rng.random(branches.sum()) < NEARBY
        home = np.repeat(seat, branches)
        branch = np.where(near, self._branching.draw(home, rng), self._anywhere(len(home), rng))
        gone = np.repeat(seat, closed)
        away = rng.random(len(gone)) >= STAYED
        left = np.where(away, self._moving.draw(gone, rng), gone)
        rows = [firm, np.repeat(firm, branches), np.repeat(firm, closed)]
        owner = np.concatenate(rows)
        order = np.argsort(owner, kind="stable")
        owner = owner[order]
        open_ = np.concatenate([np.ones(len(firm) + len(home)), np.zeros(len(gone))]) > 0
        moved = np.concatenate([np.zeros(len(firm) + len(home)), rng.random(len(gone)) < MOVED]) > 0
        first = np.searchsorted(owner, owner)
        return Establishments(
            block=block,
            firm=owner,
            sequence=np.arange(len(owner)) - first + 1,
            place=np.concatenate([seat, branch, left])[order],
            open=open_[order],
            moved=moved[order],
        )

    def _seats(self, multi: npt.NDArray[np.bool_], rng: np.random.Generator) -> Index:
        """Headquarters: those of firms with branches prefer the large towns."""
        small, large = np.cumsum(self._jobs), np.cumsum(self._jobs**1.25)
        aim = rng.random(len(multi))
        alone = np.searchsorted(small, aim * small[-1])
        return np.asarray(np.where(multi, np.searchsorted(large, aim * large[-1]), alone))

    def _anywhere(self, count: int, rng: np.random.Generator) -> Index:
        cumulative = np.cumsum(self._jobs)
        return np.asarray(
            np.searchsorted(cumulative, rng.random(count) * cumulative[-1]), dtype=np.int64
        )

    @property
    def _jobs(self) -> FloatArray:
        jobs: FloatArray = self.country.attractions["jobs"]
        return jobs[: len(self.country.places.xy)]

    @cached_property
    def _branching(self) -> Choices:
        return self._open(BRANCHING)

    @cached_property
    def _moving(self) -> Choices:
        return self._open(MOVING)

    def _open(self, law: Law) -> Choices:
        """Choices among the places of the country: nobody is abroad in Sirene here."""
        rng = stream(self.country.seed, "firm choices", int(law.reach))
        xy = np.vstack([self.country.places.xy, [[np.nan, np.nan]]])
        return open_choices(xy, np.append(self._jobs, 0.0), len(self._jobs), law, rng)


@cache
def sirene() -> dict[str, Any]:
    """Columns of the stock, size classes and activities."""
    text = files(__package__).joinpath("sirene.yaml").read_text(encoding="utf-8")
    known: dict[str, Any] = yaml.safe_load(text)
    return known


def _branches(count: int, rng: np.random.Generator) -> Index:
    """Number of branches of each firm: mostly none, now and then hundreds."""
    tail = (1 - rng.random(count)) ** (-1 / (BRANCHES - 1))
    number = np.minimum(tail, MOST_BRANCHES).astype(np.int64)
    return np.where(rng.random(count) < MULTI, number, 0)


def siren_of(firm: Index) -> Index:
    """SIREN of each firm as a number: eight digits, then the Luhn key."""
    body = FIRST_SIREN + firm
    return body * 10 + luhn_key(body)


def siret_of(siren: Index, sequence: Index) -> Index:
    """SIRET: SIREN, four digits of sequence, then the Luhn key of the whole."""
    body = siren * 10_000 + sequence
    return body * 10 + luhn_key(body)


def luhn_key(body: Index) -> Index:
    """The digit that makes numbers pass Luhn's test."""
    total, left, double = np.zeros_like(body), body.copy(), True
    while left.any():
        digit = left % 10
        twice = digit * 2 - 9 * (digit > 4)
        total += twice if double else digit
        left //= 10
        double = not double
    return -total % 10
