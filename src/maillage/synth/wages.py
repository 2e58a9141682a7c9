"""What people are paid: hourly wages by commune of work and group, and the pay of each worker."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from maillage.synth.census import Census, Records
from maillage.synth.country import Country
from maillage.synth.employment import employment
from maillage.synth.graph import Index, sum_by
from maillage.synth.scales import stream
from maillage.synth.setting import commune_of_node, setting
from maillage.synth.traits import Trait
from maillage.synth.workers import describe_workers
from maillage.territory.geography import FloatArray

HOURS = 1_820  # a year
GROUPS = ("3", "4", "5", "6")  # CS1 of employees
HOURLY = np.array([23.8, 14.9, 11.0, 11.4])  # net, in euros


@dataclass(frozen=True, eq=False)
class PaidWorkers:
    """Employees of one block who work in the country: communes of work and residence, weight,
    yearly pay of one person, and the rows of the block they come from."""

    work: Index
    home: Index
    weight: FloatArray
    pay: FloatArray
    row: Index
    traits: dict[str, Trait]


@dataclass(frozen=True, eq=False)
class Wages:
    """Pay of one census year."""

    country: Country
    year: int

    @cached_property
    def hourly(self) -> FloatArray:
        """Net hourly wage by commune and group of ``GROUPS``; higher in large towns."""
        town = setting(self.country).town[self.country.chief]
        rng = stream(self.country.seed, "wages", self.year)
        spread = rng.normal(1, 0.04, (len(town), len(GROUPS)))
        lift = 1 + np.array([0.22, 0.10, 0.08, 0.06]) * (town[:, None] - 0.5)
        return np.asarray(HOURLY * lift * spread)

    @cached_property
    def hourly_mean(self) -> FloatArray:
        """Mean over the employees who work in each commune."""
        jobs = employment(self.country, self.year)
        count = np.stack([jobs[f"EMPLOIS_CS{code}"] for code in GROUPS], axis=1) + 1e-9
        return np.asarray((self.hourly * count).sum(axis=1) / count.sum(axis=1))

    def blocks(self) -> Iterator[PaidWorkers]:
        census = Census(self.country, "commuting", self.year)
        for block in census.blocks():
            yield self._paid(census, block)

    def _paid(self, census: Census, block: Records) -> PaidWorkers:
        traits = describe_workers(census, block)
        work = commune_of_node(self.country, block.other)
        group = np.searchsorted(GROUPS, traits["CS1"].of)
        employee = np.isin(traits["CS1"].of, GROUPS) & (work >= 0)
        row = np.flatnonzero(employee)
        rng = stream(self.country.seed, "pay", self.year, block.block)
        own = np.exp(rng.normal(-0.05, 0.32, len(row)))
        return PaidWorkers(
            work=work[row],
            home=self.country.commune[block.residence[row]],
            weight=block.weight[row],
            pay=self.hourly[work[row], group[row]] * HOURS * own,
            row=row,
            traits=traits,
        )


@dataclass(frozen=True, eq=False)
class WageCells:
    """Pay by pair of communes (work, home), sorted; ``secret`` where the source hides it."""

    work: Index
    home: Index
    amount: FloatArray
    persons: FloatArray
    top_share: FloatArray
    secret: npt.NDArray[np.bool_]


LEAST_PERSONS, DOMINANCE = 5, 0.8


def wage_cells(wages: Wages) -> WageCells:
    """Sums pay by pair and marks what statistical secrecy would hide."""
    count = len(wages.country.code)
    parts = [_block_cells(block, count) for block in wages.blocks()]
    columns = [np.concatenate(part) for part in zip(*parts, strict=True)]
    key, row = np.unique(columns[0], return_inverse=True)
    amount, persons = sum_by(row, columns[1]), np.round(sum_by(row, columns[2]), 2)
    top = np.zeros(len(key))
    np.maximum.at(top, row, columns[3])
    share = top / amount
    secret = (persons < LEAST_PERSONS) | (share > DOMINANCE)
    return WageCells(key // count, key % count, amount, persons, share, secret)


def _block_cells(
    block: PaidWorkers, count: int
) -> tuple[Index, FloatArray, FloatArray, FloatArray]:
    """Pair keys of a block, their amount, persons and highest single pay."""
    key, row = np.unique(block.work * count + block.home, return_inverse=True)
    top = np.zeros(len(key))
    np.maximum.at(top, row, block.pay)
    return key, sum_by(row, block.pay * block.weight), sum_by(row, block.weight), top
