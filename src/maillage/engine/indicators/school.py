"""School mobility by age band (2-5, 6-10, 11-14, 15-17, 18 and over), never pooled.

``bands`` is a profile whose first axis is the band; results keep it first.
"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray


def school_retention(bands: FlowProfile) -> FloatArray:
    """I / O by band, in [0, 1]."""
    return ratio(bands.internal, bands.origins)


def school_attraction(bands: FlowProfile) -> FloatArray:
    """N / D by band, in [0, 1]."""
    return ratio(bands.in_total, bands.destinations)


def school_coverage(bands: FlowProfile) -> FloatArray:
    """D / O by band: pupils taught in P for each pupil who lives there."""
    return ratio(bands.destinations, bands.origins)


def pole_dependence(bands: FlowProfile, in_zone: FloatArray) -> FloatArray:
    """F_PK / O_P by band, K being the partners of a pole marked 1 in ``in_zone``."""
    return ratio(np.einsum("...q,...q->...", bands.outgoing, in_zone), bands.origins)
