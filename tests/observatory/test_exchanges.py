"""A file given on a larger mesh answers for whole units of it, and for nothing else."""

import numpy as np
import pytest

from maillage.common.errors import NotFoundError
from maillage.engine.dataset import LevelFlow
from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter
from maillage.observatory.balance import territory_balance
from maillage.observatory.portrait import portrait
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells, country, meta

EPCI = "200000001"


@pytest.fixture
def edition(tmp_path):
    """Wages between two EPCI in 2022, and by commune in 2020 when asked."""

    def make(*flows):
        outside = len(country(8).outside)
        weight = np.zeros((2 + outside, 2 + outside))
        weight[:2, :2] = [[50.0, 10.0], [30.0, 70.0]]
        weight[0, 2] = 4.0  # paid to residents of Belgium
        with EditionWriter(tmp_path) as writer:
            writer.write_geography(country(8))
            writer.write_level_flow(
                LevelFlow(meta("wages", 2022, unit="eur"), "epci", 2025, weight)
            )
            for one in flows:
                writer.write_flow(one)
            writer.publish()
        return current_edition(tmp_path)

    return make


def ask(edition, territory=EPCI, **options):
    perimeter = parse_perimeter(territory, edition.geography)
    return territory_balance(edition, "wages", perimeter, **options)


def test_a_unit_of_the_mesh_has_its_balance(edition):
    found = ask(edition())
    assert (found.internal, found.outgoing, found.incoming, found.net) == (50.0, 14.0, 30.0, 16.0)
    assert [(p.id, p.outgoing) for p in found.partners] == [("200000002", 10.0), ("", 4.0)]
    assert (found.year, found.mesh) == (2022, "epci")


def test_what_stays_in_a_commune_is_not_told(edition):
    found = ask(edition())
    assert (found.internal_same, found.internal_moved) == (None, None)
    assert found.secrecy.internal_same.high is None


def test_a_union_of_units_too_and_nothing_smaller(edition):
    both = ask(edition(), f"{EPCI}+200000002")
    assert both.internal == 160.0
    with pytest.raises(NotFoundError, match="unités entières"):
        ask(edition(), "00001")


def test_files_by_commune_come_first(edition):
    flows = edition(cells({(0, 0): 1.0, (0, 4): 2.0}, flow="wages", year=2020))
    assert ask(flows).year == 2020
    assert ask(flows, year=2022).internal == 50.0
    assert ask(flows, "00001").outgoing == 2.0
    with pytest.raises(NotFoundError, match="1999"):
        ask(flows, year=1999)


def test_the_portrait_shows_it_or_says_why_not(edition):
    flows = edition()
    whole, part = (
        next(
            f
            for f in portrait(flows, parse_perimeter(t, flows.geography)).families
            if f.flow == "wages"
        )
        for t in (EPCI, "00001")
    )
    assert whole.balance.internal == 50.0
    assert whole.years == (2022,)
    assert part.balance is None
    assert "unités entières" in part.missing
