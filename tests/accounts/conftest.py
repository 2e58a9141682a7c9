"""People and organisations of the tests."""

from datetime import UTC, date, datetime

import pytest

from maillage.accounts.actions.memberships import grant
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Person

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "quatre chevaux bleus"


@pytest.fixture
def someone(db):
    """Somebody with a password."""
    person = Person(email="lea.martin@ancenis.example", name="Léa Martin", joined_at=AT)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def epci(db):
    return add_organisation(
        name="CC d’Ancenis", nature="cc", siren="244400404", territory="244400404", by=None, at=AT
    )


@pytest.fixture
def project_lead(someone, epci):
    """The same, chef de projet of the contract numbered 7."""
    grant(
        person=someone,
        organisation=epci,
        role="project_lead",
        contract_id=7,
        by=None,
        at=AT,
        since=date(2026, 1, 1),
    )
    return someone
