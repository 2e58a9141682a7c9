"""Choices of destination follow the law they are drawn from."""

import numpy as np
import pytest

from maillage.synth.gravity import Law, open_choices

CENTRE = 60


def draws(law: Law, count: int = 40_000) -> tuple[np.ndarray, np.ndarray]:
    """Destinations of people of the central place among 121 places and abroad."""
    rng = np.random.default_rng(5)
    x, y = np.meshgrid(np.arange(11), np.arange(11))
    xy = np.vstack([np.c_[x.ravel(), y.ravel()] * 4_000.0, [[np.nan, np.nan]]])
    attraction = np.append(np.ones(121), 0.0)
    choices = open_choices(xy, attraction, 121, law, rng)
    found = choices.draw(np.full(count, CENTRE), rng)
    return found, np.hypot(*(xy[found] - xy[CENTRE]).T)


def test_probabilities_decrease_with_distance() -> None:
    found, gap = draws(Law(6_000, 1.0, 0.0, 0.0))
    share = np.bincount(found, minlength=122) / len(found)
    near, far = share[np.unique(found[gap == 4_000])], share[np.unique(found[gap == 12_000])]
    assert near.mean() == pytest.approx(far.mean() * np.exp(8_000 / 6_000), rel=0.15)


def test_the_stated_share_goes_abroad() -> None:
    found, _ = draws(Law(6_000, 1.0, 0.0, 0.1))
    assert np.mean(found == 121) == pytest.approx(0.1, abs=0.01)


def test_staying_home_is_weighted() -> None:
    here = [np.mean(draws(Law(6_000, home, 0.0, 0.0))[0] == CENTRE) for home in (1.0, 4.0)]
    odds = [share / (1 - share) for share in here]
    assert odds[1] == pytest.approx(4 * odds[0], rel=0.12)


def test_expected_arrivals_are_those_that_draws_give() -> None:
    rng = np.random.default_rng(9)
    xy = np.vstack([rng.uniform(0, 60_000, (30, 2)), [[np.nan, np.nan]]])
    attraction = np.append(rng.lognormal(0, 1, 30), 0.0)
    choices = open_choices(xy, attraction, 30, Law(8_000, 2.0, 0.02, 0.05), rng)
    volume = rng.uniform(500, 3_000, 30).round()
    drawn = choices.draw(np.repeat(np.arange(30), volume.astype(int)), rng)
    expected = choices.expect(volume, 31)
    assert expected.sum() == pytest.approx(volume.sum())
    assert np.bincount(drawn, minlength=31) == pytest.approx(
        expected, abs=5 * expected.max() ** 0.5
    )
