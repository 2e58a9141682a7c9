"""Draws the country, then names and codes everything in it."""

import numpy as np

from maillage.synth import codes
from maillage.synth.communes import Composition, compose, count_places
from maillage.synth.country import Country
from maillage.synth.graph import sum_by
from maillage.synth.groupings import Groupings, group
from maillage.synth.land import Land, invent_land
from maillage.synth.names import Name, invent_names, invent_stem, of
from maillage.synth.places import Places, invent_places
from maillage.synth.scales import SCALES, Scale, ScaleName, stream
from maillage.synth.settlement import Settlement, settle


def invent_country(scale_name: ScaleName, seed: int) -> Country:
    """Draws the country; the same scale and seed give the same one."""
    scale = SCALES[scale_name]
    land = invent_land(scale, seed)
    places = invent_places(land, count_places(scale), seed)
    settlement = settle(places, land, scale, seed)
    composition = compose(places, settlement, scale, seed)
    chief, commune = np.unique(composition.now, return_inverse=True)
    population = sum_by(commune, settlement.population)
    town = np.unique(commune[settlement.town], return_index=True)[1]
    groupings = group(
        places.graph.merge(commune, len(chief)),
        places.xy[chief],
        population,
        commune[settlement.town[np.sort(town)]],
        np.unique(commune[places.coastal]),
        scale,
        seed,
    )
    return _number(scale, seed, land, places, settlement, composition, groupings)


def _number(
    scale: Scale,
    seed: int,
    land: Land,
    places: Places,
    settlement: Settlement,
    composition: Composition,
    groupings: Groupings,
) -> Country:
    """Names and codes everything, and puts communes in code order."""
    rng = stream(seed, "names")
    names = invent_names(len(places.xy), rng)
    departements = codes.departement_codes(scale.departements)
    chief, commune = np.unique(composition.now, return_inverse=True)
    place_code = codes.place_codes(groupings.departement[commune], departements, names)
    former = _former_names(composition, names, rng)
    order = np.array(sorted(range(len(chief)), key=lambda unit: place_code[chief[unit]]))
    rank = np.argsort(order)
    return Country(
        scale=scale,
        seed=seed,
        land=land,
        places=places,
        settlement=settlement,
        composition=composition,
        place_code=tuple(place_code),
        place_name=tuple(names),
        former_name=tuple(former),
        chief=chief[order],
        commune=rank[commune],
        groupings=groupings.reordered(order),
        departement_code=departements,
        departement_name=tuple(_province(rng) for _ in departements),
        region_name=tuple(_province(rng) for _ in range(scale.regions)),
    )


def _former_names(
    composition: Composition, names: list[Name], rng: np.random.Generator
) -> list[Name]:
    """Names before the changes: another one where renamed or merged, a double one where split."""
    former = list(names)
    changed = np.r_[composition.renamed, composition.merged]
    for node, name in zip(changed, invent_names(len(changed), rng), strict=True):
        former[node] = name
    for node in composition.split:
        absorbed = np.flatnonzero((composition.then == node) & (composition.now != node))[0]
        double = f"{names[node].enriched}-et-{names[absorbed].enriched}"
        former[node] = Name(names[node].tncc, double)
    return former


def _province(rng: np.random.Generator) -> Name:
    stem = invent_stem(rng)
    vowel = of(stem).startswith("d'")
    return Name(5 if vowel else 3 if stem.endswith("e") else 2, stem)
