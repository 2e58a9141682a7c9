"""From strategy to action: where each operation is shown, and what each level sums."""

from decimal import Decimal

import pytest
from tests.operations import world

from maillage.contracts.models import StrategyNode
from maillage.contracts.strategies import living_tree
from maillage.operations.answering import answering, unattached
from maillage.operations.portfolio import review

pytestmark = pytest.mark.django_db


def test_each_operation_is_under_what_it_answers_and_counted_above():
    contract = world.contract()
    epci = world.organisation("CC du Pays d’Ancenis")
    node = world.orientation(contract)
    StrategyNode.objects.create(contract=contract, kind="axe", number="2", title="Rien encore")
    cost = {"investment_cost": Decimal(1000)}
    first = world.operation(contract, "Voie verte", (epci,), orientation_id=node.pk, **cost)
    world.operation(contract, "Gare", (epci,), orientation_id=node.parent_id, **cost)
    world.operation(contract, "Seule", (epci,), orientation_id=None, **cost)
    world.operation(contract, "Dehors", (epci,), orientation_id=None, outside=True, **cost)
    tree = living_tree(contract.strategy.select_related("parent"))
    rows = review(world.viewer("project_lead", contract, epci), contract, world.TODAY)
    found = answering(tree, rows)
    assert [row.operation for row in found[node.pk].rows] == [first]
    assert (found[node.parent_id].total, found[node.parent_id].summary.cost) == (2, 2000)
    assert [row.operation.title for row in found[node.parent_id].rows] == ["Gare"]
    assert found[tree[1].id].total == 0
    loose = unattached(rows)
    assert [row.operation.title for row in loose.rows] == ["Seule"]
    assert [row.operation.title for row in loose.outside] == ["Dehors"]
