"""Vintages that may be put side by side, and those that may not."""

from dataclasses import replace

import pytest

from maillage.engine.dataset import FlowMeta, Universe
from maillage.engine.evolution import why_not_comparable

CENSUS = FlowMeta(
    flow="residential",
    year=2013,
    unit="persons",
    sources=(),
    universe=Universe(),
    mean_weight=None,
    census=True,
    estimated=False,
    secrecy="public",
    question="one_year",
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"year": 2018}, None),
        ({"year": 2008}, None),
        ({"year": 2017}, "cinq ans"),
        ({"year": 2008, "question": "five_years"}, "question"),
        ({"year": 2018, "unit": "eur"}, "ne comptent pas"),
        ({"year": 2014, "census": False}, "cinq ans"),
    ],
)
def test_census_vintages(change, reason) -> None:
    for pair in ((CENSUS, replace(CENSUS, **change)), (replace(CENSUS, **change), CENSUS)):
        found = why_not_comparable(*pair)
        assert (found is None) if reason is None else reason in (found or "")


def test_registers_compare_from_one_year_to_the_next() -> None:
    first = replace(CENSUS, census=False)
    assert why_not_comparable(first, replace(first, year=2014)) is None
