"""The demonstration: made once, by real acts, with everything it is to show."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import DateField
from django.utils.timezone import localtime
from tests.operations.world import agenda

from maillage.accounts.models import JournalEntry, Person
from maillage.accounts.people import viewer_of
from maillage.accounts.roles import ROLES
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.contracts.models.contracts import STATUSES
from maillage.contracts.reading import open_avenant, version_in_force
from maillage.contracts.snapshot import parties_of
from maillage.demo.cast import PASSWORD, accounts
from maillage.demo.make import Made, make_demo
from maillage.governance.models import Meeting
from maillage.operations.maquette.comparison import compare
from maillage.operations.models import FundingLine, Interdependency, Proposal
from maillage.operations.portfolio import review
from maillage.operations.snapshot import snapshot

#: Without it, this module alone would be given no base of its own.
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, demo_edition) -> Iterator[Made]:
    """The demonstration, once for all the tests of this module, then undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_demo(demo_edition, TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def main(world) -> Contract:
    return max(Contract.objects.all(), key=lambda contract: contract.operations.count())


@pytest.fixture
def lead(main):
    return somebody("project_lead", contract_id=main.pk)


def somebody(role, **reach):
    person = Person.objects.filter(memberships__role=role)
    if reach:
        person = person.filter(**{f"memberships__{name}": value for name, value in reach.items()})
    return viewer_of(person.first(), strong=True, today=TODAY)


def test_there_is_a_contract_at_each_stage(world):
    found = set(Contract.objects.values_list("status", flat=True))
    assert found == set(STATUSES)
    for stopped in Contract.objects.filter(status__in=("refused", "terminated")):
        assert stopped.ended_reason
        assert stopped.decisions.filter(kind__in=("refusal", "termination")).exists()
    assert world.new
    assert world.operations >= 60


def test_made_again_it_changes_nothing(world, demo_edition):
    before = JournalEntry.objects.count()
    again = make_demo(demo_edition, TODAY + timedelta(days=1))
    assert (again.new, again.contracts, again.operations) == (
        False,
        world.contracts,
        world.operations,
    )
    assert JournalEntry.objects.count() == before


def test_everything_is_dated_in_the_past_by_somebody(world):
    """An act of tomorrow, or of nobody, would be no act of a page."""
    lines = JournalEntry.objects.all()
    assert max(line.at.date() for line in lines) < TODAY, "un matin qui n’est pas encore passé"
    assert not lines.filter(person=None).exclude(
        verb__in=("added", "created", "perimeter_set", "joined", "received")
    )


#: Dates that may lie ahead: what is planned, what ends, what expires.
AHEAD = {
    *("starts_on", "ends_on", "next_step_on", "due_on", "due", "expires_at", "expire_date"),
    *("until", "starts_at", "opens_on", "closes_on"),
}


def test_no_date_of_what_was_done_lies_ahead(world):
    """Of every column of every table, save what is planned; and of what the journal says."""
    late = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, DateField) and field.name not in AHEAD:
                rows = model._base_manager.exclude(**{field.name: None})
                days = (_day(value) for value in rows.values_list(field.name, flat=True))
                late += [(model._meta.label, field.name, day) for day in days if day > TODAY]
    assert late == []
    assert Meeting.objects.filter(status="called", starts_at__date__gt=TODAY).count() == 2
    assert not Meeting.objects.filter(status="held", starts_at__date__gt=TODAY).exists()
    said = [(line.verb, *pair) for line in JournalEntry.objects.all() for pair in _dates(line)]
    assert said
    assert [one for one in said if one[1] not in AHEAD and one[2] > TODAY] == []


def _day(value: date) -> date:
    """In the time of Paris."""
    return localtime(value).date() if isinstance(value, datetime) else value


def _dates(line: JournalEntry) -> Iterator[tuple[str, date]]:
    for name, value in {**line.before, **line.after}.items():
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value):
            yield name, date.fromisoformat(value[:10])


def test_43_operations_of_which_ten_have_several_pilots(main):
    pilots = [operation.pilots.count() for operation in main.operations.all()]
    assert len(pilots) == 43
    assert sum(count > 1 for count in pilots) == 10


def test_300_000_euros_a_year_for_three_years(world):
    line = FundingLine.objects.get(purpose="3 versements annuels")
    assert [year.committed for year in line.years.all()] == [300_000] * 3
    assert line.agreed == 900_000
    assert line.operation.pilots.count() == 2


def test_one_contract_spans_two_departements_and_two_regions(world):
    spans = {
        contract.status: Counter(contract.places.values_list("level", flat=True))
        for contract in Contract.objects.all()
    }
    assert spans["signed"]["departement"] >= 2
    assert spans["signed"]["region"] >= 2
    assert spans["in_force"]["departement"] >= 2
    assert spans["in_force"]["region"] == 1


def test_the_signed_one_waits_for_parties(world):
    contract = Contract.objects.get(status="signed")
    signed = [party for party in parties_of(contract) if party.signatures.exclude(version=None)]
    required = [party for party in parties_of(contract) if party.required]
    assert 0 < len(signed) < len(required)


def test_an_avenant_is_in_progress_and_the_contract_drifts(main):
    avenant, version = open_avenant(main), version_in_force(main)
    assert avenant.status == "draft"
    assert avenant.decisions.exists()
    assert avenant.joining.exists()
    assert len(version.snapshot["operations"]) < main.operations.count()


def test_a_maquette_is_arretee_and_lines_changed_since(main):
    last = main.maquettes.first()
    changed = compare(last.content, snapshot(main))
    assert [maquette.year for maquette in main.maquettes.all()] == [2026, 2025]
    assert changed.changes
    assert last.decided_on < TODAY


def test_a_grant_lapses_in_sixty_days(lead):
    due = [one for one in agenda(lead, TODAY) if one.kind == "lapse"]
    assert [(one.day - TODAY).days for one in due] == [60]


def test_operations_go_through_every_stage_and_balance(main, lead):
    rows = review(lead, main, TODAY)
    assert {row.group for row in rows} == {"ongoing", "blocked", "done", "dropped"}
    assert {row.operation.stage for row in rows} == {"project", "action"}
    granted = [row for row in rows if row.granted and row.operation.status != "dropped"]
    assert all(row.gap == 0 for row in granted)
    errors = [f for row in granted for f in row.standing if f.severity == "error"]
    assert errors == []


def test_each_side_has_work_the_other_does_not_see(main, lead):
    state = somebody("sous_prefecture")
    seen = {
        viewer: {line.kind for row in review(viewer, main, TODAY) for line in row.lines}
        for viewer in (lead, state)
    }
    assert seen == {lead: {"programme", "draft"}, state: {"programme", "simulation"}}


def test_proposals_wait_and_interdependencies_are_kept(main):
    states = Counter(Proposal.objects.values_list("state", flat=True))
    assert states == {"received": 2, "merged": 1, "returned": 1}
    ties = Interdependency.objects.filter(operation__contract=main)
    assert {"commuting", "school"} <= set(ties.values_list("flow", flat=True))
    assert all("fictives" in tie.source and tie.vintage for tie in ties)


def test_there_is_an_account_for_every_role(world):
    labels = {account.role for account in accounts()}
    given = {role.label for role in ROLES.values() if role.granted}
    assert labels == given | {ROLES["site_operator"].label}
    assert all(account.email.endswith(".example") for account in accounts())
    assert Person.objects.get(email=accounts()[0].email).check_password(PASSWORD)


def test_a_sous_prefecture_follows_several_contracts(world):
    state = somebody("sous_prefecture")
    (place,) = next(iter(state.capacities)).places
    assert Contract.objects.filter(places__place=place).count() >= 2


def test_a_real_country_is_refused(world, demo_edition):
    class Real:
        fictional = False

    with pytest.raises(InputError, match="pays fictif"):
        make_demo(Real(), TODAY)
