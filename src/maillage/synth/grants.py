"""Grants of the State to the projects of a year, with what real lists hold that is odd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

import numpy as np
import yaml

from maillage.synth.country import Country
from maillage.synth.grant_owners import COMMUNE, DEPARTEMENT, EPCI, Owner, owners
from maillage.synth.scales import stream

T = TypeVar("T")

YEARS = (2019, 2020, 2021)
#: Fewest projects of an owner in a year, and how many about. Each EPCI has one, so that every list
#: holds those that vanished since.
PROJECTS = {COMMUNE: (0, 0.6), EPCI: (1, 2.0), DEPARTEMENT: (1, 4.0)}
STATE_INVESTMENT_FROM = 3_000  # inhabitants; DETR alone goes to smaller owners
MOST = 0.8  # of the cost: at least a fifth is left to the owner (CGCT, L1111-10)


@dataclass(frozen=True)
class Project:
    """A line of the list. Euros; ``cost`` is what its owner wrote, zero where it forgot."""

    id: str
    owner: Owner
    programme: str
    category: str
    purpose: str
    cost: float
    subsidy: float


def invent_grants(country: Country, year: int) -> list[Project]:
    """The list of a year: communes and EPCI as they then were, and départements.

    One project has a subsidy and no cost, one gives back more than it costs, and one EPCI left no
    composition anywhere: three lines that a reader must keep, and say.
    """
    rng = stream(country.seed, "grants", year)
    drawn = [project for owner in owners(country) for project in _projects(owner, year, rng)]
    numbered = [replace(project, id=f"{project.id}{n:05d}") for n, project in enumerate(drawn, 1)]
    return _with_oddities(numbered)


def _with_oddities(projects: list[Project]) -> list[Project]:
    communal = [at for at, project in enumerate(projects) if project.owner.level == COMMUNE]
    unpriced, overpaid = communal[len(communal) // 3], communal[2 * len(communal) // 3]
    projects[unpriced] = replace(projects[unpriced], cost=0.0)
    projects[overpaid] = replace(projects[overpaid], cost=projects[overpaid].subsidy / 2)
    return projects


def _projects(owner: Owner, year: int, rng: np.random.Generator) -> Iterator[Project]:
    least, mean = PROJECTS[owner.level]
    for _ in range(least + rng.poisson(mean - least)):
        yield _project(owner, year, rng)


def _project(owner: Owner, year: int, rng: np.random.Generator) -> Project:
    """Costs grow with the owner, less than its people; rates fall with the cost."""
    kind = "departements" if owner.level == DEPARTEMENT else "categories"
    spellings, purposes = _pick(rng, _categories(kind))
    size = owner.population / (40 if owner.level == DEPARTEMENT else 1)
    cost = round(float(rng.lognormal(10.9, 0.9)) * (max(size, 200) / 1_000) ** 0.4, 2)
    rate = min(MOST, 0.2 + 0.35 * rng.random() + 15_000 / (cost + 40_000) * rng.random())
    return Project(
        id=f"di{year % 100}{owner.level[:4]}",
        owner=owner,
        programme=_programme(owner, rng),
        category=_pick(rng, spellings),
        purpose=_pick(rng, purposes),
        cost=cost,
        subsidy=cost * rate if rng.random() < 0.1 else float(round(cost * rate)),
    )


def _programme(owner: Owner, rng: np.random.Generator) -> str:
    if owner.level == DEPARTEMENT:
        return "DSID"
    large = owner.population >= STATE_INVESTMENT_FROM
    return "DSIL" if large and rng.random() < 0.4 else "DETR"


def _pick(rng: np.random.Generator, choices: Sequence[T]) -> T:
    return choices[int(rng.integers(len(choices)))]


@cache
def _categories(kind: str) -> list[tuple[list[str], list[str]]]:
    """Spellings and purposes of each."""
    text = files(__package__).joinpath("grants.yaml").read_text(encoding="utf-8")
    return [(one["spellings"], one["purposes"]) for one in yaml.safe_load(text)[kind]]
