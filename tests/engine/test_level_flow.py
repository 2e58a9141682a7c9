"""Flows given between the units of a mesh are kept there, never on communes."""

import numpy as np
import pytest

from maillage.engine.dataset import LevelFlow
from maillage.engine.edition import current_edition
from maillage.engine.level_balance import level_balance
from maillage.engine.partners import partners_on
from maillage.engine.writer import EditionWriter

from .worlds import country, meta


def level_flow(weight, level="epci"):
    return LevelFlow(meta("wages", 2022), level, 2025, np.array(weight))


def publish(editions, values):
    with EditionWriter(editions) as writer:
        writer.write_geography(country())
        writer.write_level_flow(values)
        writer.publish()
    return current_edition(editions)


def square():
    units = 2 + len(country().outside)
    return np.arange(units * units, dtype=np.float64).reshape(units, units)


def test_it_is_read_as_written(tmp_path):
    edition = publish(tmp_path, level_flow(square()))
    assert edition.level_flows() == [("wages", 2022, "epci")]
    assert edition.flow_years("wages") == []  # no commune has it
    found = edition.level_flow("wages", 2022, "epci")
    assert np.array_equal(found.weight, square())
    assert (found.level_year, found.meta.flow) == (2025, "wages")
    with pytest.raises(KeyError):
        edition.level_flow("wages", 2022, "departement")


@pytest.mark.parametrize("fault", ["shape", "negative", "unknown"])
def test_an_array_that_breaks_its_promise_is_refused(tmp_path, fault):
    weight = square()[1:, 1:] if fault == "shape" else square()
    if fault != "shape":
        weight[0, 0] = -1 if fault == "negative" else np.nan
    with pytest.raises(ValueError, match="wages 2022"):
        publish(tmp_path, level_flow(weight))


def test_a_union_of_units_has_its_balance():
    partners = partners_on(country(), "epci")
    values = level_flow(square())
    table = square()
    one = level_balance(values, np.array([0], dtype=np.int32), partners.n_units)
    assert one.internal.weight == table[0, 0]
    assert one.outgoing.weight.tolist() == [0, table[0, 1], 0, *table[0, 2:]]
    assert one.incoming.weight.tolist() == [0, table[1, 0], 0, *table[2:, 0]]
    both = level_balance(values, np.array([0, 1], dtype=np.int32), partners.n_units)
    other = level_balance(values, np.array([1], dtype=np.int32), partners.n_units)
    between = table[0, 1] + table[1, 0]
    assert both.internal.weight == one.internal.weight + other.internal.weight + between
    assert both.net == one.net + other.net
