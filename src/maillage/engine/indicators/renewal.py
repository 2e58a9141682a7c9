"""What moves change in the make-up of a population, by category (migR, ANCT).

``categories`` is a profile whose first axis is the category: results are (category, ...) for the
indices by category, (...) for those of the whole population.
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def entry_categorisation(categories: FlowProfile) -> FloatArray:
    """ICI_c = p_ENTR,c - p_AUTO,c, in [-1, 1]."""
    return _parts(categories.in_total) - _parts(categories.origins)


def exit_categorisation(categories: FlowProfile) -> FloatArray:
    """ICE_c = p_AUTO,c - p_SORT,c, in [-1, 1]."""
    return _parts(categories.origins) - _parts(categories.out_total)


def migration_categorisation(categories: FlowProfile) -> FloatArray:
    """ICM_c = SM_c / PRES_c - SM_others / PRES_others."""
    net, present = categories.in_total - categories.out_total, categories.destinations
    others_net, others_present = net.sum(axis=0) - net, present.sum(axis=0) - present
    return ratio(net, present) - ratio(others_net, others_present)


def entry_renewal(categories: FlowProfile) -> FloatArray:
    """IRI = sqrt(Σ_c (p_AUTO,c - p_ENTR,c)²), in [0, sqrt 2].

    The published definition; the code of migR leaves the root out.
    """
    return _distance(categories.origins, categories.in_total)


def exit_renewal(categories: FlowProfile) -> FloatArray:
    """IRE = sqrt(Σ_c (p_AUTO,c - p_SORT,c)²), in [0, sqrt 2]."""
    return _distance(categories.origins, categories.out_total)


def migration_renewal(categories: FlowProfile) -> FloatArray:
    """IRM = sqrt(Σ_c (|SM_c| / PRES_c)²)."""
    net = categories.in_total - categories.out_total
    return np.asarray(np.sqrt((ratio(net, categories.destinations) ** 2).sum(axis=0)))


def entry_dissimilarity(categories: FlowProfile) -> FloatArray:
    """½ Σ_c |p_AUTO,c - p_ENTR,c|, in [0, 1]."""
    return _dissimilarity(categories.origins, categories.in_total)


def exit_dissimilarity(categories: FlowProfile) -> FloatArray:
    """½ Σ_c |p_AUTO,c - p_SORT,c|, in [0, 1]."""
    return _dissimilarity(categories.origins, categories.out_total)


def _parts(by_category: FloatArray) -> FloatArray:
    return ratio(by_category, by_category.sum(axis=0))


def _distance(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt(((_parts(one) - _parts(other)) ** 2).sum(axis=0)))


def _dissimilarity(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(np.abs(_parts(one) - _parts(other)).sum(axis=0) / 2)
