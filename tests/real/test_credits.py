"""The split of the grants of 2019: whatever the mesh, nothing of the list is lost."""

from decimal import Decimal

import pytest

from maillage.steering.credits.answer import SplitAsked
from maillage.steering.credits.question import credit_split
from maillage.territory.units import unit_id

pytestmark = pytest.mark.real

#: Independent sums of the columns of the file.
TOLD = {
    "DETR": Decimal("977561627.51"),
    "DSIL": Decimal("554492399.10"),
    "DSID": Decimal("175924919.05"),
}


@pytest.mark.parametrize("level", ["epci", "departement", "region"])
def test_every_euro_of_the_list_is_placed_or_apart(real_edition, level):
    found = credit_split(real_edition, SplitAsked("pays", level, 2019))
    assert found.count == 24_811
    assert abs(found.total - sum(TOLD.values())) <= Decimal("0.01")
    apart = sum(one.subsidy for one in found.apart)
    assert sum(one.subsidy for one in found.territories) + apart == found.total
    kept = [one for one in found.territories if one.simulated is not None]
    assert sum(one.simulated for one in kept) == sum(one.subsidy for one in kept)


@pytest.mark.parametrize("programme", TOLD)
def test_each_programme_closes_on_the_sum_of_its_column(real_edition, programme):
    found = credit_split(real_edition, SplitAsked("pays", "epci", 2019, (programme,)))
    assert found.total == TOLD[programme]


def test_departements_and_regions_sum_to_the_country(real_edition):
    """Each project is under one of them, the Collectivité de Corse under its région alone."""
    geography = real_edition.geography
    for level, beyond in (("region", 0), ("departement", 1)):
        mesh = geography.mesh(level)
        scopes = [unit_id(geography, mesh, unit) for unit in range(len(mesh.codes))]
        found = [credit_split(real_edition, SplitAsked(id, "epci", 2019)) for id in scopes]
        assert sum(one.count for one in found) == 24_811 - beyond
