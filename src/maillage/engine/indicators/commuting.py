"""Commuting alone: who is there by day, who does which link, who is drawn by which pole."""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio, shares
from maillage.territory.geography import FloatArray

#: Share of a commune's employed residents above which a pole attracts it (Insee, AAV 2020).
ATTRACTION_THRESHOLD = 0.15


def day_population(
    profile: FlowProfile, population: FloatArray, school: FlowProfile | None = None
) -> FloatArray:
    """POP + N - X, and + N - X of pupils and students when the school flow is given."""
    by_work = population + profile.in_total - profile.out_total
    return by_work if school is None else by_work + school.in_total - school.out_total


def presence_ratio(day_population: FloatArray, population: FloatArray) -> FloatArray:
    """Day population over inhabitants; 1 when as many are there by day as at night."""
    return ratio(day_population, population)


def link_selectivity(
    profile: FlowProfile, link_part: FloatArray, origin_part: FloatArray
) -> FloatArray:
    """Share of a category in each link F_PQ minus its share in O_P, in [-1, 1]."""
    return ratio(link_part, profile.outgoing) - ratio(origin_part, profile.origins)[..., None]


def category_shares(by_category: FloatArray) -> FloatArray:
    """Share of each category (mode, socio-professional group, sector); last axis sums to 1."""
    return shares(by_category)


def attraction(dependence: FloatArray) -> FloatArray:
    """1 for partners that draw 15 % or more of the employed residents of P, else 0.

    The threshold of the urban attraction areas, read once (not iterated) and here on chosen
    perimeters rather than on communes and poles.
    """
    drawn = (dependence >= ATTRACTION_THRESHOLD).astype(np.float64)
    return np.where(np.isnan(dependence), np.nan, drawn)
