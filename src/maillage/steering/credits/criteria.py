"""The criteria that an edition has figures for, with the weights that are proposed."""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from maillage.catalog.cards import FragilityCard
from maillage.engine.edition import Edition
from maillage.observatory.citation import FileCited, cite_file
from maillage.observatory.fragility import sign_value, sign_year
from maillage.observatory.subjects import whole_level
from maillage.territory.geography import FloatArray

POPULATION, RURAL = "population", "rural"
#: Classes of the grid of density that Insee calls rural.
RURAL_CLASSES = {"bourgs-ruraux", "rural-a-habitat-disperse", "rural-a-habitat-tres-disperse"}
_DENSITY = "densite"


@dataclass(frozen=True)
class Criterion:
    """``high``: a territory gains when its value is high. ``weight`` is the one proposed; ``year``
    and ``file`` are those of the figures, None for what the geography itself tells."""

    id: str
    word: str
    title: str  # French
    reason: str  # French
    unit: str
    unit_label: str
    decimals: int
    high: bool
    weight: float
    year: int | None
    file: FileCited | None


@lru_cache(maxsize=4)
def criteria(edition: Edition) -> tuple[Criterion, ...]:
    """Those that this edition knows, in the order of the page."""
    told = [line for line in _lines() if _known(edition, line["id"])]
    known = {line["id"] for line in told}
    return tuple(_criterion(edition, line, known) for line in told)


@cache
def _lines() -> tuple[dict[str, Any], ...]:
    text = files("maillage.steering.credits").joinpath("criteria.yaml").read_bytes()
    return tuple(yaml.safe_load(text))


def _known(edition: Edition, id: str) -> bool:
    if id == RURAL:
        return _DENSITY in {mesh.level for mesh in edition.geography.meshes}
    card = edition.catalog.fragility.get(id)
    return id == POPULATION or (card is not None and sign_year(edition, card) is not None)


def _criterion(edition: Edition, line: dict[str, Any], known: set[str]) -> Criterion:
    weight = 0 if line.get("instead_of") in known else line["weight"]
    card = edition.catalog.fragility.get(line["id"])
    if card is not None:
        return _sign(edition, card, line["word"], weight)
    return Criterion(
        id=line["id"],
        word=line["word"],
        title=line["title"],
        reason=line["reason"],
        unit=line.get("unit", ""),
        unit_label=line.get("unit_label", "habitants"),
        decimals=1,
        high=True,
        weight=weight,
        year=None,
        file=None,
    )


def _sign(edition: Edition, card: FragilityCard, word: str, weight: float) -> Criterion:
    year = sign_year(edition, card) or 0
    return Criterion(
        id=card.id,
        word=word,
        title=card.title,
        reason=card.reason,
        unit=card.unit.value,
        unit_label=card.unit_label,
        decimals=card.decimals,
        high=card.fragile_when == "high",
        weight=weight,
        year=year,
        file=cite_file(edition, edition.stock(card.numerator[0], year).source),
    )


@lru_cache(maxsize=64)
def criterion_values(edition: Edition, criterion: Criterion, level: str) -> FloatArray:
    """By unit of the mesh of that level, NaN where unknown; ones for the population itself."""
    mesh = edition.geography.mesh(level)
    if criterion.id == POPULATION:
        return np.ones(len(mesh.codes))
    if criterion.id == RURAL:
        return _rural(edition, level)
    card = edition.catalog.fragility[criterion.id]
    return sign_value(card, criterion.year or 0, whole_level(edition, level).stock)


def _rural(edition: Edition, level: str) -> FloatArray:
    """Share of the inhabitants who live in rural communes; communes without a class left out."""
    geography = edition.geography
    grid, mesh = geography.mesh(_DENSITY), geography.mesh(level)
    home = grid.unit_of(geography.n_communes)
    rural = np.array([code in RURAL_CLASSES for code in grid.codes], dtype=np.bool_)
    people = np.where(home >= 0, np.nan_to_num(geography.population), 0.0)
    unit = np.repeat(np.arange(len(mesh.codes)), np.diff(mesh.starts))

    def summed(by_commune: FloatArray) -> FloatArray:
        found = np.bincount(unit, by_commune[mesh.members], len(mesh.codes))
        return np.asarray(found, dtype=np.float64)

    whole = summed(people)
    return summed(people * rural[home]) / np.where(whole > 0, whole, np.nan)
