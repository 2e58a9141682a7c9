"""The list of a sous-préfecture: blocked operations first, at a constant cost."""

import pytest
from tests.operations import world

from maillage.contracts.models import Contract
from maillage.operations.standing import blocked_first, stood, with_standing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [2, 12])
def test_the_most_blocked_comes_first(count, django_assert_num_queries):
    made = [world.contract(f"c-{n}", f"Contrat {n:02}") for n in range(count)]
    for rank, status in enumerate(("blocked", "blocked", "dropped", "on_track")):
        reason = {"blocked_reason": "Foncier"} if status == "blocked" else {}
        world.operation(made[-1], f"Op {rank}", number=str(rank), status=status, **reason)
    with django_assert_num_queries(4):
        rows = with_standing(blocked_first(Contract.objects.all()))
        whole = stood(Contract.objects.all())
    assert [row.name for row in rows[:2]] == [made[-1].name, "Contrat 00"]
    assert (rows[0].operation_count, rows[0].blocked_count) == (3, 2)
    assert [item.title for item in rows[0].stuck] == ["Op 0", "Op 1"]
    assert (rows[1].operation_count, rows[1].stuck) == (0, [])
    assert (whole.operations, whole.blocked) == (
        sum(row.operation_count for row in rows),
        sum(row.blocked_count for row in rows),
    )
