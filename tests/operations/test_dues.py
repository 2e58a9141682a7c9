"""What waits: drawn once, exact whatever the day and whatever was written; told to whom it may."""

from datetime import date, timedelta
from decimal import Decimal

import icalendar
import pytest
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.actions.answers import Answer, answer_line
from maillage.operations.actions.dues import draw_dues
from maillage.operations.actions.funding import pay
from maillage.operations.calendars import MOST, ics_by_day
from maillage.operations.dues import freshness
from maillage.operations.dues.choices import Choices, read_choices
from maillage.operations.dues.finding import draw
from maillage.operations.dues.freshness import behind
from maillage.operations.dues.reading import (
    agenda,
    days_of,
    filled,
    first_dues,
    groups,
    survey,
    tally,
)
from maillage.operations.models import DuesMark, KeptDue, Operation
from maillage.operations.money_rules.calendar import years_after
from maillage.operations.reminders import reminders

pytestmark = pytest.mark.django_db
AT, TODAY = world.AT, world.TODAY
FACTS = ("contract_id", "operation_id", "line_id", "kind", "day", "amount", "detail", "about")
SIDES = ("with_drafts", "without_drafts")


@pytest.fixture
def epci():
    return world.organisation("CC du Pays d’Ancenis")


def granted(operation, days_left, euros=100_000, source="detr", **fields):
    """A grant whose work must start within so many days."""
    day = years_after(TODAY + timedelta(days=days_left), -2)
    given = {"notified": Decimal(euros), "notified_on": day, "asked_on": day} | fields
    return world.line(operation, source, euros, **given)


def busy(contract, epci):
    """One thing of every kind the rules tell, at several delays, with a draft."""
    node = world.orientation(contract)
    late = world.operation(contract, "Piscine", (epci,), number="1")
    granted(late, -3)
    soon = world.operation(contract, "École", (epci,), number="2", starts_on=TODAY)
    granted(soon, 20)
    world.line(soon, "dsil", 500, kind="draft")
    begins = world.operation(
        contract, "Halte", (epci,), number="3", phase="operation",
        starts_on=TODAY + timedelta(days=10), next_step="Copil",
        next_step_on=TODAY + timedelta(days=40),
    )  # fmt: skip
    granted(begins, 70)
    whole = world.operation(contract, "Voie", (epci,), number="4")
    world.complete(whole, node)
    world.line(whole, "detr", 400)
    Operation.objects.filter(pk=whole.pk).update(stage="action", ready_on=TODAY)
    return whole


def kept(contract):
    return set(KeptDue.objects.filter(contract=contract).values_list(*FACTS, *SIDES))


def fresh(contract, day):
    rows = draw([contract], day)[contract.pk].dues
    return {tuple(getattr(row, name) for name in (*FACTS, *SIDES)) for row in rows}


def test_what_is_kept_is_exact_every_day(epci):
    """Drawn again only when a day changes the answer; never otherwise, never too late."""
    contract = world.contract()
    busy(contract, epci)
    drawings = 0
    for ahead in range(-5, 200, 3):
        day = TODAY + timedelta(days=ahead)
        drawings += world.draw(day)
        assert kept(contract) == fresh(contract, day), day
    assert 3 < drawings < 15


def test_every_writing_has_its_contract_drawn_again(epci):
    contract, other = world.contract(), world.contract("autre", "Autre")
    whole = busy(contract, epci)
    assert world.draw() == 2
    assert world.draw() == 0
    line = whole.lines.get()
    pay(line=line, amount=Decimal(5), day=TODAY, by=None, at=AT)
    assert behind(Contract.objects.all(), TODAY).contracts == 1
    assert behind(Contract.objects.filter(pk=other.pk), TODAY) is None
    assert world.draw() == 1
    assert DuesMark.objects.count() == 0
    assert kept(contract) == fresh(contract, TODAY)


def test_a_writing_meanwhile_is_not_lost(epci, monkeypatch):
    """What is written once the rows were read leaves its mark."""
    contract = world.contract()
    made = world.operation(contract, owners=(epci,))

    def slow(contracts, today):
        found = draw(contracts, today)
        granted(made, 20)
        return found

    monkeypatch.setattr("maillage.operations.actions.dues.draw", slow)
    world.draw()
    monkeypatch.undo()
    assert {row[3] for row in kept(contract)} == {"term"}
    assert world.draw() == 1
    assert {row[3] for row in kept(contract)} == {"lapse", "term"}


def test_other_rules_have_everything_drawn_again(epci, monkeypatch):
    world.contract()
    assert world.draw() == 1
    monkeypatch.setattr(freshness, "rules_digest", lambda: "other")
    assert behind(Contract.objects.all(), TODAY).contracts == 1


def test_what_is_left_as_it_was_is_told():
    for n in range(3):
        world.contract(f"c-{n}", f"C {n}")
    rows = Contract.objects.all()
    assert draw_dues(contracts=rows, today=TODAY, at=AT, most=1) == 1
    left = behind(rows, TODAY)
    assert (left.contracts, left.never, left.since) == (2, 2, None)
    world.draw()
    assert behind(rows, TODAY) is None


def test_drafts_change_what_the_collectivites_are_told_only(epci):
    """A draft that balances the plan is no piece missing to them; the State does not see it."""
    contract = world.contract()
    made = world.operation(contract, "Voie", (epci,), number="4")
    world.complete(made, world.orientation(contract))
    world.line(made, "detr", 600)
    world.line(made, "own_funds", 400, kind="draft")
    world.draw()
    lead = world.viewer("project_lead", contract, epci)
    [due] = [due for due in agenda(lead, TODAY) if due.kind == "missing"]
    assert "plan" not in due.text
    [due] = [
        due for due in agenda(world.viewer("prefecture", contract), TODAY) if due.kind == "missing"
    ]
    assert "plan de financement" in due.text


def told(role, contract, body=None):
    return {(due.kind, due.title) for due in agenda(world.viewer(role, contract, body), TODAY)}


def test_each_is_told_what_is_theirs(epci):
    contract = world.contract()
    busy(contract, epci)
    opened = world.operation(contract, "Parc", number="5")
    granted(opened, 30, level="state")
    world.draw()
    work = {
        ("lapse", "Piscine"), ("lapse", "École"), ("lapse", "Halte"), ("lapse", "Parc"),
        ("step", "Halte"), ("missing", "École"), ("missing", "Voie"),
    }  # fmt: skip
    local = (work - {("missing", "Voie")}) | {("lost", "Voie")}
    assert told("project_lead", contract, epci) == local
    assert told("local_agent", contract, epci) == local - {("lapse", "Parc")}
    assert told("local_agent", contract, world.organisation("CC voisine")) == set()
    state = told("prefecture", contract)
    assert {kind for kind, _ in state} == {"lapse", "step", "missing", "request"}
    assert state - told("sgar", contract) >= {("lapse", "Piscine"), ("missing", "École")}
    assert told("anct", contract) == {("step", "Halte"), ("lapse", "Parc")}
    for role in ("elected", "departement", "region", "partner", "link_reader", "public"):
        assert told(role, contract, epci) == set(), role


def test_a_contract_past_its_term_is_late(epci):
    contract = world.contract()
    day = contract.ends_on
    lead = world.viewer("project_lead", contract, epci)
    for today, count, late in ((day - timedelta(days=400), 0, False), (day, 1, False),
                               (day + timedelta(days=1), 1, True)):  # fmt: skip
        dues = [due for due in world.agenda(lead, today) if due.kind == "term"]
        assert [due.urgent for due in dues] == [late] * count


def many(epci, count=5):
    """Contracts that all have something; the last is about to lose a grant."""
    made = [world.contract(f"c-{n}", f"C {n}") for n in range(count)]
    for rank, contract in enumerate(made):
        for n in range(6):
            world.operation(
                contract, f"Op {n}", (epci,), number=str(n), next_step="Copil",
                next_step_on=TODAY + timedelta(days=10 * n - 20 - rank),
            )  # fmt: skip
    granted(made[-1].operations.first(), 5)
    world.draw()
    return made


def test_counts_close(epci):
    made = many(epci)
    state = world.viewer("prefecture", made[0])
    every = agenda(state, TODAY)
    counted = survey(state, TODAY)
    found, parts = tally(counted), groups(counted, TODAY)
    requests = sum(group.requests.count for group in parts if group.requests)
    assert requests == 0
    assert counted.total == found.whole.total == len(every) == sum(group.count for group in parts)
    assert found.whole.counts["retard"] == sum(group.late for group in parts)
    for row in found.rows:
        for delay, count in row.counts.items():
            chosen = Choices(kind=row.kind, delay=delay)
            assert len(agenda(state, TODAY, chosen)) == count
    [lapse] = [row for row in found.rows if row.kind == "lapse"]
    assert lapse.amount == 100_000


def test_the_most_urgent_contract_comes_first(epci, django_assert_num_queries):
    made = many(epci)
    state = world.viewer("prefecture", made[0])
    every = groups(survey(state, TODAY), TODAY)
    assert [group.contract_id for group in every] == [made[n].pk for n in (4, 3, 2, 1, 0)]
    with django_assert_num_queries(3):
        shown = filled(state, TODAY, Choices(), every, 2)
    assert [len(group.dues) for group in shown] == [2] * 5
    assert all(group.more for group in shown)
    assert [due.kind for due in shown[0].dues] == ["lapse", "step"]
    assert first_dues(state, TODAY, 1)[0].kind == "lapse"


def test_requests_are_counted_by_contract(epci):
    contract = world.contract()
    world.line(world.operation(contract, owners=(epci,)), "detr", 7_000)
    world.draw()
    state = world.viewer("prefecture", contract)
    [due] = [due for due in agenda(state, TODAY) if due.kind == "request"]
    assert (due.title, due.amount, due.day) == ("1\u00a0demande de financement", 7_000, None)
    assert tally(survey(state, TODAY)).whole.counts["sans-date"] == 1
    assert tally(survey(state, TODAY, Choices(kind="step"))).rows == ()
    assert tally(survey(state, TODAY, Choices(delay="retard"))).rows == ()


def test_choices_are_in_the_address_and_back():
    chosen = Choices(kind="lapse", delay="90-jours", contract="c", place="dep-44", text="Ancenis")
    query = {"nature": "lapse", "echeance": "90-jours", "contrat": "c", "territoire": "dep-44"}
    assert read_choices({**query, "q": " Ancenis "}) == chosen
    assert chosen.query(kind="") == "echeance=90-jours&contrat=c&territoire=dep-44&q=Ancenis"
    assert not Choices().narrow
    for wrong in ({"nature": "x"}, {"echeance": "x"}):
        with pytest.raises(InputError):
            read_choices(wrong)


def test_choices_keep_what_they_say(epci):
    made = many(epci, 2)
    made[0].places.create(level="departement", place="dep-x", name="X")
    state = world.viewer("prefecture", made[0])
    assert {due.contract for due in agenda(state, TODAY, Choices(contract="c-1"))} == {made[1]}
    assert {due.contract for due in agenda(state, TODAY, Choices(place="dep-x"))} == {made[0]}
    assert {due.contract for due in agenda(state, TODAY, Choices(text="c 1"))} == {made[1]}
    assert agenda(state, TODAY, Choices(text="rien")) == ()


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_questions_does_not_grow(epci, count, django_assert_num_queries):
    made = many(epci, count)
    state = world.viewer("prefecture", made[0])
    with django_assert_num_queries(9):
        draw(made, TODAY)
    with django_assert_num_queries(5):
        assert survey(state, TODAY).total
    with django_assert_num_queries(5):
        assert agenda(state, TODAY)


def test_a_long_letter_counts_and_tells_the_first(epci):
    made = many(epci, 14)
    grant(
        person=world.person("p@example.org", "Paul"), organisation=epci, role="prefecture",
        territory="44", by=None, at=AT, since=date(2026, 1, 1),
    )  # fmt: skip
    world.draw()
    [letter] = reminders(TODAY, "https://site")
    count = survey(world.viewer("prefecture", made[0]), TODAY).total
    assert letter.subject.startswith(f"Maillage : {count}\u00a0points")
    assert f"- Prochaine étape : {count - 1} (" in letter.body
    assert "C 13 : " in letter.body
    assert letter.body.count("→") == 20


def test_a_long_calendar_has_an_event_a_day_and_loses_nothing(epci):
    made = many(epci, 40)
    state = world.viewer("prefecture", made[0])
    dues, days = agenda(state, TODAY), days_of(state, TODAY)
    assert len(dues) == len(days) > MOST
    read = icalendar.Calendar.from_ical(ics_by_day(days, "Moi", "site", AT))
    events = read.walk("VEVENT")
    assert len({event["uid"] for event in events}) == len(events) == len({d.day for d in dues})
    assert sum(len(str(event["description"]).splitlines()) for event in events) == len(dues)


def test_an_answer_of_the_funder_is_told_a_month_to_whoever_works_on_the_operation(epci):
    contract = world.contract()
    held = world.operation(contract, "Halle", (epci,))
    line = world.line(held, "region", 500)
    lead = world.viewer("project_lead", contract)
    state = world.viewer("prefecture", contract)
    answer = Answer("notify", TODAY - timedelta(days=9), "Délibération 8", Decimal(400))
    answer_line(line=line, revision=line.revision, answer=answer, by=None, at=AT)
    (told,) = [due for due in world.agenda(lead) if due.kind == "answered"]
    assert "Délibération 8" in told.text
    assert "notifiés" in told.text
    assert not [due for due in world.agenda(state) if due.kind == "answered"]
    for days, count in ((30, 1), (31, 0)):
        later = world.agenda(lead, AT.date() + timedelta(days=days))
        assert len([due for due in later if due.kind == "answered"]) == count
