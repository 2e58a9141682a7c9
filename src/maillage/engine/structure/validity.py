"""Would this perimeter hold as a labour market area?"""

import numpy as np

from maillage.engine.profile import FlowProfile
from maillage.engine.ratio import ratio
from maillage.territory.geography import FloatArray

#: Sizes in employed residents and containments that Istat uses and documents (Franconi, D'Alò and
#: Ichim, 2016). Insee does not publish those of the zones d'emploi 2020.
MINIMUM_SIZE, TARGET_SIZE = 1_000, 10_000
MINIMUM_CONTAINMENT, TARGET_CONTAINMENT = 0.6667, 0.75


def labour_market_validity(
    profile: FlowProfile,
    minimum_size: float = MINIMUM_SIZE,
    target_size: float = TARGET_SIZE,
    minimum_containment: float = MINIMUM_CONTAINMENT,
    target_containment: float = TARGET_CONTAINMENT,
) -> FloatArray:
    """Validity of each territory as a labour market area; valid when 1 or more.

    min(I / O, I / D) against a target that size lowers, as ``getLeastSelfContained`` of the R
    package LabourMarketAreas computes it, after Coombes and Bond (2008). 1 when closed on itself.
    """
    contained = np.minimum(
        ratio(profile.internal, profile.origins), ratio(profile.internal, profile.destinations)
    )
    closed = contained == 1
    slack = minimum_containment / target_containment
    too_small = np.maximum((target_size - profile.origins) / (target_size - minimum_size), 0)
    validity = np.minimum(contained / target_containment, 1) * (1 - (1 - slack) * too_small) / slack
    return np.where(closed, 1.0, validity)
