"""Few partners or many (G7, G8): how the exchanges of a territory spread over its partners.

Diversity numbers follow Hill (1973): 1 / HHI and e^H count the equal partners that would spread
the flow as much. Evenness follows Pielou (1966).
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray

#: Lost in rounding when added to any flow; makes 0 ln 0 the 0 it stands for.
_TINY = 1e-300


def destination_concentration(profile: FlowProfile) -> FloatArray:
    """HHI = Σ_Q (F_PQ / X_P)², in ]0, 1]."""
    return _concentration(profile.outgoing)


def origin_concentration(profile: FlowProfile) -> FloatArray:
    """HHI = Σ_Q (F_QP / N_P)², in ]0, 1]."""
    return _concentration(profile.incoming)


def effective_destinations(destination_concentration: FloatArray) -> FloatArray:
    """1 / HHI."""
    return ratio(1, destination_concentration)


def effective_origins(origin_concentration: FloatArray) -> FloatArray:
    """1 / HHI."""
    return ratio(1, origin_concentration)


def destination_entropy(profile: FlowProfile) -> FloatArray:
    """H = -Σ_Q s ln s with s = F_PQ / X_P, in nats."""
    return _entropy(profile.outgoing)


def origin_entropy(profile: FlowProfile) -> FloatArray:
    """H = -Σ_Q s ln s with s = F_QP / N_P, in nats."""
    return _entropy(profile.incoming)


def destination_count(profile: FlowProfile) -> FloatArray:
    """Number of partners P sends anything to."""
    return _count(profile.outgoing)


def origin_count(profile: FlowProfile) -> FloatArray:
    """Number of partners P receives anything from."""
    return _count(profile.incoming)


def destination_evenness(
    destination_entropy: FloatArray, destination_count: FloatArray
) -> FloatArray:
    """H / ln n, in [0, 1]; NaN with fewer than two partners."""
    return _evenness(destination_entropy, destination_count)


def origin_evenness(origin_entropy: FloatArray, origin_count: FloatArray) -> FloatArray:
    """H / ln n, in [0, 1]; NaN with fewer than two partners."""
    return _evenness(origin_entropy, origin_count)


def destination_diversity(destination_entropy: FloatArray) -> FloatArray:
    """e^H."""
    return np.exp(destination_entropy)


def origin_diversity(origin_entropy: FloatArray) -> FloatArray:
    """e^H."""
    return np.exp(origin_entropy)


def first_destination_share(profile: FlowProfile) -> FloatArray:
    """max_Q F_PQ / X_P."""
    return _largest_share(profile.outgoing)


def first_origin_share(profile: FlowProfile) -> FloatArray:
    """max_Q F_QP / N_P."""
    return _largest_share(profile.incoming)


def _concentration(flows: FloatArray) -> FloatArray:
    return ratio(np.einsum("...q,...q->...", flows, flows), flows.sum(axis=-1) ** 2)


def _entropy(flows: FloatArray) -> FloatArray:
    """Σ -s ln s = ln T - (Σ F ln F) / T, without the matrix of shares. Never below 0."""
    total = flows.sum(axis=-1)
    total = np.where(total == 0, np.nan, total)
    logs = flows + _TINY
    np.log(logs, out=logs)
    entropy = np.log(total) - np.einsum("...q,...q->...", flows, logs) / total
    return np.asarray(np.maximum(entropy, 0))


def _count(flows: FloatArray) -> FloatArray:
    """NaN where the profile has margins alone: partners are not known, which is not none."""
    count = np.count_nonzero(flows, axis=-1)
    return np.asarray(count if flows.shape[-1] else np.full(np.shape(count), np.nan), dtype=float)


def _evenness(entropy: FloatArray, count: FloatArray) -> FloatArray:
    return ratio(entropy, np.log(np.where(count < 2, np.nan, count)))


def _largest_share(flows: FloatArray) -> FloatArray:
    return ratio(flows.max(axis=-1, initial=0), flows.sum(axis=-1))
