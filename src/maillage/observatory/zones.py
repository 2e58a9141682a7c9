"""A neighbouring perimeter as a partner: what of the exchanges stays in a ring, an AAV, a pole."""

import numpy as np

from maillage.engine.partners import PartnerKind, Partners
from maillage.territory.geography import Geography
from maillage.territory.perimeter import Perimeter

#: Codes of the two partners: the zone, and everywhere else.
ZONE, ELSEWHERE = "@ZONE", "@RESTE"
#: 1 for the first partner, which is the zone.
IN_ZONE = np.array([1.0, 0.0])


def zone_partners(geography: Geography, zone: Perimeter) -> Partners:
    """Two partners: the communes of the zone, and every other node."""
    of = np.ones(geography.n_nodes, dtype=np.int32)
    of[zone.communes] = 0
    return Partners(
        level=zone.level,
        year=geography.cog,
        codes=(ZONE, ELSEWHERE),
        ids=(zone.id, ""),
        names=(zone.name, "Ailleurs"),
        kinds=(PartnerKind.TERRITORY, PartnerKind.WITHOUT),
        of=of,
        n_units=1,
    )
