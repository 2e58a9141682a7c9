"""What the battery is given for a flow and year: the inputs that the edition can fill."""

from typing import Any

import numpy as np

from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.mesh_flow import IN, MOVED, OUT, SAME
from maillage.engine.partners import Partners
from maillage.observatory.stocks import divisor
from maillage.observatory.subjects import Subject
from maillage.territory.geography import FloatArray

#: What each input is, in French, for whoever wonders why an indicator is missing.
LACKING = {
    "stock": "un stock qui divise ce flux, à une date assez proche",
    "population": "la population, à une date assez proche",
    "school": "les mobilités scolaires de la même année",
    "bands": "la répartition par tranche d’âge",
    "categories": "la répartition par catégorie",
    "by_category": "la répartition par catégorie",
    "in_zone": "un périmètre voisin, à choisir",
    "creations": "les créations d’établissements",
    "births": "les naissances",
    "deaths": "les décès",
    "population_change": "l’évolution de la population",
    "link_part": "la répartition par catégorie",
    "origin_part": "la répartition par catégorie",
    "link_persons": "le nombre de personnes de chaque lien",
    "persons": "le nombre de salariés",
    "mean_wage": "le salaire moyen par catégorie",
}
#: Inputs that add from one territory to another, partners apart.
ADDITIVE_INPUTS = {
    *("profile", "moved", "school", "stock", "population"),
    *("origin_km", "origin_located", "destination_km", "destination_located"),
}
POPULATION = "population"


def flow_inputs(subject: Subject, meta: FlowMeta) -> dict[str, Any]:
    """Inputs of the indicators of one flow and year. What the edition lacks is left out."""
    edition, flow, year = subject.edition, meta.flow, meta.year
    origin, destination = edition.distances(flow, year)
    inputs: dict[str, Any] = {
        "profile": subject.profile(flow, year),
        "moved": subject.moved(flow, year),
        "origin_km": subject.add(origin.km),
        "origin_located": subject.add(origin.located),
        "destination_km": subject.add(destination.km),
        "destination_located": subject.add(destination.located),
        **partner_inputs(edition, subject.partners, meta),
    }
    divided_by = divisor(edition, meta)
    if divided_by is not None:
        inputs["stock"] = subject.stock(divided_by[0].id, divided_by[1])
    people = population_year(edition, year)
    if people is not None:
        inputs["population"] = subject.stock(POPULATION, people)
    if flow != "school" and year in edition.flow_years("school"):
        inputs["school"] = subject.margins("school", year)
    return inputs


def partner_inputs(edition: Edition, partners: Partners, meta: FlowMeta) -> dict[str, FloatArray]:
    """Margins of the partners themselves; NaN for cells that are no territory."""
    try:
        margins = edition.mesh_flow(meta.flow, meta.year, partners.level).margins
    except KeyError:
        return {}
    inside = margins[SAME].weight + margins[MOVED].weight
    out, into = margins[OUT].weight, margins[IN].weight
    rest = np.full(len(partners) - partners.n_units, np.nan)
    whole = edition.matrix(meta.flow, meta.year).by_origin.weight.sum()
    return {
        "partner_origins": np.concatenate([inside + out, rest]),
        "partner_destinations": np.concatenate([inside + into, rest]),
        "partner_in_total": np.concatenate([into, rest]),
        "between_total": np.asarray(whole - inside.sum()),
    }


def population_year(edition: Edition, year: int) -> int | None:
    """The year of the population to set beside a year; None when none is near enough."""
    years = edition.stock_years(POPULATION)
    card = edition.catalog.stocks.get(POPULATION)
    near = [found for found in years if card and abs(found - year) <= card.max_year_gap]
    return min(near, key=lambda found: (abs(found - year), found), default=None)
