"""The page of a contract tells strategy and action together, to each as far as they may read."""

from decimal import Decimal

import pytest
from django.test import Client
from tests.operations import world
from tests.web.test_operations import contract, epci, lead, signed_in, text  # noqa: F401

pytestmark = pytest.mark.django_db


def url(contract, part=""):  # noqa: F811
    return f"/contrats/{contract.slug}/{part}"


@pytest.fixture
def voie(contract, epci):  # noqa: F811
    node = world.orientation(contract)
    made = world.operation(
        contract, "Voie verte", (epci,), orientation_id=node.pk, number="1.1.1",
        investment_cost=Decimal(90_000), status="blocked", blocked_reason="Recours d’un riverain",
    )  # fmt: skip
    world.line(made, "detr", 30_000)
    return made


def test_operations_stand_under_their_orientation(lead, contract, epci, voie):  # noqa: F811
    world.operation(contract, "Sans attache", (epci,), orientation_id=None)
    page = text(lead.get(url(contract)))
    assert page.index("Se déplacer autrement") < page.index("1.1.1") < page.index("Sans attache")
    assert "1 opération sans orientation" in page
    assert "Recours d’un riverain" in page
    assert "reste à trouver 60" in page


def test_no_sum_that_hidden_lines_make_false(contract, epci, voie):  # noqa: F811
    page = text(signed_in("anct", contract, epci).get(url(contract)))
    assert "Voie verte" in page
    assert "reste à trouver" not in page
    assert "accordés" not in page


def test_a_passer_by_sees_no_operation(contract, epci, voie):  # noqa: F811
    contract.published_on = world.TODAY
    contract.save()
    page = text(Client().get(url(contract)))
    assert contract.name in page
    assert "Voie verte" not in page
