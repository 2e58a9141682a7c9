"""Links that stand out from what their two ends would spread by chance, or from their peers."""

import numpy as np
import numpy.typing as npt

from maillage.engine.ratio import ratio
from maillage.engine.structure.network import Network, NodeArray
from maillage.territory.geography import FloatArray

#: Fits this close, in proportion, are the same fit.
ROUNDING = 1e-9


def disparity(network: Network) -> FloatArray:
    """p-value of each link: the smaller of those at its origin and at its destination.

    (1 - F_ij / s_i)^(k_i - 1), s_i and k_i being all that leaves i and over how many links; the
    same at j with what reaches it. A node's only link has p = 1 at that node. Disparity filter of
    Serrano, Boguñá and Vespignani (PNAS, 2009), read both ways since links are directed.
    """
    at_origin = _p_value(network.weight, network.origin, network.out_strength, network.out_degree)
    at_destination = _p_value(
        network.weight, network.destination, network.in_strength, network.in_degree
    )
    return np.minimum(at_origin, at_destination)


def multiple_linkage(network: Network) -> NodeArray:
    """Number of significant destinations of each node; 0 for a node without links.

    The k whose k equal shares, and nothing after, best fit the shares taken largest first: the
    largest r², the smallest such k. Multiple linkage analysis (Holmes and Haggett, 1977; Van
    Nuffel et al., 2010), with the coefficient of determination that Yassin et al. (2023) use.
    Shares all equal stand out together. ``Network.heaviest`` gives the links.
    """
    fit, owner, rank = _fit_of_equal_shares(network), network.origin, _rank(network)
    best = np.zeros(network.n)
    np.maximum.at(best, owner, fit)
    reaches = fit >= best[owner] * (1 - ROUNDING)
    count = np.where(network.out_degree > 0, network.n, 0)
    np.minimum.at(count, owner[reaches], rank[reaches])
    return count


def _p_value(
    weight: FloatArray, end: NodeArray, strength: FloatArray, degree: NodeArray
) -> FloatArray:
    rest = np.clip(1 - weight / strength[end], 0, 1)
    return np.where(degree[end] > 1, rest ** (degree[end] - 1), 1.0)


def _rank(network: Network) -> NodeArray:
    """1 for the heaviest link of each origin, in the order of ``strongest_first``."""
    return np.arange(len(network.weight)) - network.starts[network.origin] + 1


def _fit_of_equal_shares(network: Network) -> FloatArray:
    """r² between the flows of an origin and k equal ones, for the k of each rank.

    With S_k the sum of the k largest of n flows of sum F,
    r² = (S_k - k F / n)² / (k (n - k) / n · Σ (f - F / n)²).
    """
    owner, k = network.origin, _rank(network)
    n = network.out_degree[owner]
    mean = network.out_strength[owner] / n
    excess = network.weight[network.strongest_first] - mean
    running = np.concatenate(([0.0], np.cumsum(excess)))
    gain = (running[1:] - running[network.starts[owner]]) ** 2
    spread = np.bincount(owner, weights=excess**2, minlength=network.n)[owner]
    fit = ratio(gain, k * (n - k) / n * spread)
    return np.where(_all_equal(network)[owner], k == n, np.nan_to_num(fit))


def _all_equal(network: Network) -> npt.NDArray[np.bool_]:
    """Nodes whose links all weigh the same: no spread to explain."""
    heaviest, lightest = np.full(network.n, -np.inf), np.full(network.n, np.inf)
    np.maximum.at(heaviest, network.origin, network.weight)
    np.minimum.at(lightest, network.origin, network.weight)
    return np.asarray(heaviest == lightest)
