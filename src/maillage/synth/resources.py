"""What each commune produces and needs: energy, food, water, waste.

Orders of magnitude are those of France per inhabitant, per job or per hectare; the places are not.
"""

import numpy as np
import shapely

from maillage.synth.country import Country
from maillage.synth.employment import Columns, employment
from maillage.synth.scales import stream
from maillage.synth.setting import setting
from maillage.territory.geography import FloatArray

UNKNOWN_SHARE = 0.02  # communes whose energy is not known


def energy(country: Country, year: int) -> Columns:
    """MWh a year: renewable production and consumption, by carrier."""
    rng = stream(country.seed, "energy", year)
    people, jobs = country.population, employment(country, year)
    town, high = _town(country), country.places.mountain[country.chief]
    networked = (people > 900) | (town > 0.45)
    wind = _sites(rng, 0.06 * (1 - town) * (1 - high), 12_000, 45_000)
    water = _sites(rng, 0.25 * high, 3_000, 60_000)
    columns = {
        "PROD_ELEC_RENOUV": wind + water + 0.35 * people * rng.lognormal(0, 0.5, len(people)),
        "PROD_BIOMETHANE": _sites(rng, 0.05 * (1 - town), 9_000, 25_000),
        "PROD_CHALEUR_RENOUV": people * (1.6 - 1.1 * town) * rng.lognormal(0, 0.2, len(people)),
        "CONSO_ELEC": 4.3 * people + 24 * jobs["EMPLOIS_BE"],
        "CONSO_GAZ": networked * (4.2 * people + 30 * jobs["EMPLOIS_BE"]),
        "CONSO_CHALEUR": people * (3.4 - 1.2 * networked),
    }
    unknown = rng.random(len(people)) < UNKNOWN_SHARE
    return {name: np.where(unknown, np.nan, value) for name, value in columns.items()}


def food(country: Country, year: int) -> Columns:
    """Hectares: farmed, and needed to feed the inhabitants, by group of products."""
    rng = stream(country.seed, "food", year)
    people, town = country.population, _town(country)
    high = country.places.mountain[country.chief]
    farmed = shapely.area(country.shapes) / 1e4 * (0.68 - 0.35 * high) * (1 - 0.75 * town)
    mix = rng.gamma(np.array([3.2, 1.2, 0.25, 0.18, 2.6]), size=(len(people), 5))
    mix[:, 4] *= 1 + 6 * high
    mix[:, 3] *= np.where(rng.random(len(people)) < 0.08, 6, 1)
    mix *= (farmed / mix.sum(axis=1))[:, None]
    products = ("CEREALES", "OLEOPROTEAGINEUX", "LEGUMES", "FRUITS", "ELEVAGE")
    need = (0.055, 0.030, 0.012, 0.011, 0.260)
    return {
        **{f"SURF_{name}": mix[:, rank] for rank, name in enumerate(products)},
        **{f"BESOIN_{name}": people * ha for name, ha in zip(products, need, strict=True)},
    }


def water(country: Country, year: int) -> Columns:
    """Cubic metres a year: what can be drawn, and what is needed, by use."""
    rng = stream(country.seed, "water", year)
    people, jobs = country.population, employment(country, year)
    land = shapely.area(country.shapes) / 1e4 * (1 - _town(country))
    need = {"POTABLE": 62 * people, "AGRICOLE": 45 * land, "INDUSTRIE": 190 * jobs["EMPLOIS_BE"]}
    high = country.places.mountain[country.chief]
    columns = {}
    for use, share in (("POTABLE", 0.30), ("AGRICOLE", 0.45), ("INDUSTRIE", 0.25)):
        drawn = _sites(rng, share * (0.5 + high), 0.5, 3.0)
        columns[f"MOBILISABLE_{use}"] = 1.15 * need[use].sum() * drawn / drawn.sum()
    return columns | {f"BESOIN_{use}": value for use, value in need.items()}


def waste(country: Country, year: int) -> Columns:
    """Tonnes a year: treated by the plants there, and produced, by stream."""
    rng = stream(country.seed, "waste", year)
    people, columns = country.population, {}
    need = {"ORGANIQUE": 0.105, "RECYCLABLE": 0.095, "RESIDUEL": 0.235}
    for kind, (share, cover) in zip(need, ((0.05, 0.7), (0.02, 0.9), (0.012, 1.05)), strict=True):
        plant = _sites(rng, np.full(len(people), share), 0.5, 2.0)
        plant[np.argmax(people)] += 0.05
        columns[f"CAPACITE_{kind}"] = cover * need[kind] * people.sum() * plant / plant.sum()
    return columns | {f"TONNAGE_{kind}": people * tonnes for kind, tonnes in need.items()}


def _town(country: Country) -> FloatArray:
    return setting(country).town[country.chief]


def _sites(rng: np.random.Generator, chance: FloatArray, least: float, most: float) -> FloatArray:
    """A quantity where a site exists, zero elsewhere."""
    there = rng.random(len(chance)) < chance
    return np.where(there, rng.uniform(least, most, len(chance)), 0.0)
