"""Remarks, and who moderates them."""

from datetime import UTC, datetime

import pytest

from maillage.accounts.viewers import Viewer
from maillage.participation.about import About
from maillage.participation.actions import leave_remark

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HERE = About(
    page="/territoires/200000001/",
    subject="commuting",
    subject_label="Navettes",
    territory="200000001",
    territory_name="CC des Deux Rives",
    year=2021,
    value="sortants 1 634",
)


@pytest.fixture
def operator(db):
    from maillage.accounts.models import Person

    person = Person.objects.create(email="exploitant@ici.example", name="Ève", is_operator=True)
    return Viewer(person_id=person.pk, is_operator=True, strong=True)


@pytest.fixture
def leave(db):
    def left(text="Ce chiffre compte les télétravailleurs.", at=AT, **told):
        given = {"about": HERE, "name": "", "email": "", "edition": "abc"} | told
        return leave_remark(text=text, at=at, **given)

    return left
