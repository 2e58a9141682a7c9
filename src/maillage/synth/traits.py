"""Coded traits of people, drawn for many people at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import yaml

from maillage.territory.geography import FloatArray

Coded = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Trait:
    """One variable of a detail file: its codes, and the rank of each person's code."""

    codes: tuple[str, ...]
    rank: Coded

    @property
    def of(self) -> npt.NDArray[np.str_]:
        return np.array(self.codes)[self.rank]


@dataclass(frozen=True)
class Layout:
    """A detail file: its columns, and the shares of the traits drawn apart."""

    columns: tuple[str, ...]
    shares: Mapping[str, Mapping[str, float]]


@cache
def detail_layout(family: str) -> Layout:
    text = files(__package__).joinpath("details.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)[family]
    return Layout(tuple(told["columns"].split()), told["shares"])


def draw(codes: tuple[str, ...], weight: FloatArray, rng: np.random.Generator) -> Trait:
    """One code a person from weights of shape (people, codes), not all zero in a row."""
    cumulative = np.cumsum(weight, axis=1, dtype=np.float32)
    aim = rng.random(len(weight), dtype=np.float32) * cumulative[:, -1]
    return Trait(codes, (cumulative[:, :-1] <= aim[:, None]).sum(axis=1, dtype=np.uint8))


def draw_shares(shares: Mapping[str, float], count: int, rng: np.random.Generator) -> Trait:
    """One code a person from the same shares for all."""
    cumulative = np.cumsum(np.array(list(shares.values())))
    aim = rng.random(count) * cumulative[-1]
    rank = np.searchsorted(cumulative[:-1], aim, side="right")
    return Trait(tuple(shares), rank.astype(np.uint8))
