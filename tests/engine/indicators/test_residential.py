"""Figures the Observatoire des territoires published for two départements come out again."""

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.engine.battery import evaluate
from maillage.engine.profile import FlowProfile


@pytest.mark.parametrize(
    ("entries", "exits", "turnover", "published"),
    [
        # Paris and Seine-Maritime, from the départements table shipped with migR.
        (
            98_172.57,
            129_677.99,
            104.53,
            {
                "net": "-31505.42",
                "net_migration_rate": "-14.45",
                "entry_share": "0.0454",
                "exit_share": "0.0591",
            },
        ),
        (23_176.74, 25_582.05, 39.30, {"net": "-2405.31", "net_migration_rate": "-1.94"}),
    ],
)
def test_published_rates(entries, exits, turnover, published) -> None:
    """Those who stayed are not printed: the turnover gives them, the other rates check them."""
    stayed = (entries + exits) * 1000 / turnover - (entries + exits) / 2
    profile = FlowProfile(
        np.array([stayed]),
        np.array([stayed + exits]),
        np.array([stayed + entries]),
        np.array([[exits]]),
        np.array([[entries]]),
    )
    found = evaluate(load_catalog().indicators, {"profile": profile})
    for name, text in published.items():
        decimals = len(text.split(".")[1])
        assert round(float(found[name][0]), decimals) == float(text), name
    assert round(float(found["turnover_rate"][0]), 2) == turnover
