"""What a file that covers one part of the country can and cannot say."""

import numpy as np
import pytest

from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import Coverage, Reach, Scope, Universe

WHOLE, PART, NONE = Coverage.COMPLETE, Coverage.PARTIAL, Coverage.ABSENT


def nodes(*communes):
    return np.array(communes, dtype=np.int32)


def scope(code, *communes):
    return Scope("departement", code, f"dans le {code}", nodes(*communes))


ONE = Universe((scope("44", 0, 1, 2, 3),))
TWO = Universe((scope("44", 0, 1, 2, 3), scope("49", 4, 5)))


@pytest.mark.parametrize(
    ("universe", "communes", "internal", "crossing"),
    [
        (Universe(), (0, 9), WHOLE, WHOLE),
        (ONE, (0, 1), WHOLE, PART),
        (ONE, (0, 1, 2, 3), WHOLE, NONE),  # the scope itself: nothing goes beyond it
        (ONE, (0, 1, 2, 3, 9), PART, NONE),  # larger than the scope
        (ONE, (3, 9), PART, PART),  # astride the edge
        (ONE, (8, 9), NONE, NONE),  # outside
        (TWO, (3, 4), PART, PART),  # in both, but not what goes from one to the other
        (TWO, (0, 1, 2, 3, 4, 5), PART, NONE),
        (TWO, (0, 1, 2, 3, 4), PART, PART),
    ],
)
def test_coverage(universe, communes, internal, crossing):
    found = flow_coverage(universe, nodes(*communes))
    assert (found.internal, found.outgoing, found.incoming) == (internal, crossing, crossing)
    assert found.crossing is crossing


def test_scopes_that_are_touched_are_named():
    assert flow_coverage(TWO, nodes(3, 4)).labels == ("dans le 44", "dans le 49")
    assert flow_coverage(TWO, nodes(5)).labels == ("dans le 49",)


def reaching(reach):
    return Universe((Scope("departement", "61", "l’Orne", nodes(0, 1, 2, 3), reach),))


@pytest.mark.parametrize(
    ("reach", "communes", "internal", "outgoing", "incoming"),
    [
        (Reach.FROM, (0, 1), WHOLE, WHOLE, PART),
        (Reach.FROM, (0, 1, 2, 3), WHOLE, WHOLE, NONE),
        (Reach.FROM, (3, 9), PART, PART, PART),
        (Reach.FROM, (8, 9), NONE, NONE, PART),  # what comes from the scope is there
        (Reach.TO, (0, 1), WHOLE, PART, WHOLE),
        (Reach.TO, (0, 1, 2, 3), WHOLE, NONE, WHOLE),
        (Reach.TO, (8, 9), NONE, PART, NONE),
        (Reach.TOUCHING, (0, 1, 2, 3), WHOLE, WHOLE, WHOLE),
        (Reach.TOUCHING, (3, 9), PART, PART, PART),
        (Reach.TOUCHING, (8, 9), NONE, PART, PART),
    ],
)
def test_coverage_by_the_reach_of_a_scope(reach, communes, internal, outgoing, incoming):
    found = flow_coverage(reaching(reach), nodes(*communes))
    assert (found.internal, found.outgoing, found.incoming) == (internal, outgoing, incoming)
