"""The State’s credits in the contracts somebody follows: only the lines they may read."""

from datetime import date
from decimal import Decimal

import pytest
from tests.operations import world

from maillage.engine.edition import current_edition
from maillage.operations.actions.funding import pay
from maillage.operations.models import FundingLine
from maillage.steering.credits.contracts import followed

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)


@pytest.fixture
def edition(granted_editions):
    return current_edition(granted_editions)


@pytest.fixture
def contract():
    """A line of each sort, of amounts that tell them apart."""
    made = world.contract(territory="200000001")
    kept = world.operation(made, "Voie verte")
    dropped = world.operation(made, "Abandonnée", status="dropped")
    world.line(kept, asked=1, level="state")
    world.line(kept, "dsil", asked=20, level="state", notified=Decimal(15), notified_on=DAY)
    agreed = {"notified": Decimal(200), "agreed": Decimal(150), "agreed_on": DAY}
    paid = world.line(kept, "fnadt", asked=300, level="public", notified_on=DAY, **agreed)
    for euros in (40, 60):
        pay(line=paid, amount=Decimal(euros), day=DAY, by=None, at=world.AT)
    world.line(kept, "fonds_vert", asked=4000, level="parties")
    world.line(kept, asked=50_000, level="state", refused_on=DAY)
    world.line(kept, "region", asked=600_000, level="public")
    world.line(dropped, asked=7_000_000, level="state")
    world.line(kept, asked=80_000_000, kind="draft")
    world.line(kept, asked=900_000_000, kind="simulation")
    return made


def read(role, contract, edition, **more):
    return followed(world.viewer(role, contract), edition, **more)


def test_the_prefecture_reads_every_line_of_the_state_stage_by_stage(contract, edition):
    [one] = read("prefecture", contract, edition).contracts
    assert one.lines == 4
    assert (one.asked, one.notified, one.agreed, one.paid) == (4321, 215, 150, 100)
    assert one.whole
    assert one.inhabitants == 15_400
    assert one.per_inhabitant == 215 / 15_400
    assert one.paid_share == float(Decimal(100) / 215)


@pytest.mark.parametrize("role", ["sgar", "anct", "state_service"])
def test_lines_kept_between_parties_are_left_out_and_the_sum_says_at_least(contract, edition, role):
    found = read(role, contract, edition)
    assert (found.asked, found.lines) == (321, 3)
    assert not found.whole


@pytest.mark.parametrize("role", ["funder", "partner", "public", "site_operator", "region"])
def test_without_the_right_there_is_no_contract(contract, edition, role):
    assert read(role, contract, edition).contracts == ()


def test_one_source_one_place(contract, edition):
    assert read("prefecture", contract, edition, source="dsil").notified == 15
    assert read("prefecture", contract, edition, place="52").asked == 4321
    assert read("prefecture", contract, edition, place="53").contracts == ()


def test_sums_are_those_of_the_contracts_whose_count_costs_no_more_questions(
    contract, edition, django_assert_max_num_queries
):
    for number in range(4):
        other = world.contract(slug=f"autre-{number}", name=f"Autre {number}")
        world.line(world.operation(other), asked=10, level="state", notified=Decimal(7))
    who = world.viewer("prefecture", contract)
    with django_assert_max_num_queries(5):
        found = followed(who, edition)
    assert len(found.contracts) == 5
    assert found.notified == 215 + 4 * 7
    assert found.asked == sum(one.asked for one in found.contracts)
    unknown = [one for one in found.contracts if one.inhabitants is None]
    assert len(unknown) == 4
    assert found.contracts[0].contract == contract
    assert FundingLine.objects.count() == 13
