"""Questions that take contracts and the observatory together."""

from decimal import Decimal

import pytest
from tests.operations import world

from maillage.engine.edition import current_edition
from maillage.operations.actions.attached import note_interdependency
from maillage.steering.history import grant_history
from maillage.steering.ties import ties_by_partner


def note(operation, partner, statement="Un actif sur quatre y travaille"):
    shown = {
        **{"statement": statement, "value": "24", "unit": "%", "source": "Insee"},
        **{"vintage": "2022", "partner": partner, "partner_name": f"Nom {partner}"},
        "noted_on": world.TODAY,
    }
    note_interdependency(operation=operation, shown=shown, by=None, at=world.AT)


@pytest.mark.django_db
def test_ties_are_gathered_by_partner_in_one_question(django_assert_num_queries):
    contract = world.contract()
    first, second = world.operation(contract, "Ligne"), world.operation(contract, "Halte")
    dropped = world.operation(contract, "Abandonnée", status="dropped")
    note(first, "b")
    note(first, "a")
    note(second, "a", "Un élève sur deux y étudie")
    note(dropped, "c")
    with django_assert_num_queries(1):
        found = ties_by_partner(contract)
        titles = [[tie.operation.title for tie in one.ties] for one in found]
    assert [one.partner for one in found] == ["a", "b"]
    assert titles == [["Ligne", "Halte"], ["Ligne"]]


@pytest.fixture
def edition(granted_editions):
    return current_edition(granted_editions)


def test_grants_shared_with_others_are_apart_from_the_sums(edition):
    found = grant_history(edition, "01001")
    assert [answer.year for answer in found.years] == [2019]
    assert found.years[0].total.subsidy == Decimal("10.01")
    assert (found.shared_count, found.shared_subsidy) == (2, Decimal(1300))


@pytest.mark.parametrize("territory", ["", "nulle-part"])
def test_without_a_known_perimeter_there_is_no_history(edition, territory):
    assert grant_history(edition, territory) is None


def test_without_a_list_there_is_no_history(tiny_editions):
    assert grant_history(current_edition(tiny_editions), "01001") is None
