"""Reading the portfolio: as many questions for sixty operations as for one; what waits."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import icalendar
import pytest
from tests.operations import world
from tests.operations.world import agenda

from maillage.accounts.actions.memberships import grant
from maillage.common.errors import InputError
from maillage.operations.access import of_contracts
from maillage.operations.actions.funding import add_line, pay
from maillage.operations.actions.proposals import make_proposal_link, propose
from maillage.operations.calendars import ics
from maillage.operations.filters import Filters, kept, read_filters
from maillage.operations.maquette.content import entries
from maillage.operations.maquette.tables import apart, inside, table
from maillage.operations.models import FundingLine
from maillage.operations.money_rules.calendar import years_after
from maillage.operations.portfolio import review, review_across, summary
from maillage.operations.reminders import reminders
from maillage.operations.requests import as_requests, lines_asked, sums_asked
from maillage.operations.snapshot import snapshot, snapshot_of_one

pytestmark = pytest.mark.django_db
AT, TODAY = world.AT, world.TODAY


@pytest.fixture
def contract():
    return world.contract()


@pytest.fixture
def epci():
    return world.organisation("CC du Pays d’Ancenis")


@pytest.fixture
def lead(contract, epci):
    return world.viewer("project_lead", contract, epci)


def fill(contract, epci, count):
    for n in range(count):
        made = world.operation(
            contract, f"Opération {n}", (epci,), number=f"1.{n}", investment_cost=Decimal(1000)
        )
        world.line(made, "detr", 400)
        line = world.line(made, "region", 600)
        pay(line=line, amount=Decimal(10), day=TODAY, by=None, at=AT)


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_questions_does_not_grow(
    contract, epci, lead, count, django_assert_num_queries
):
    fill(contract, epci, count)
    with django_assert_num_queries(10):
        rows = review(lead, contract, TODAY)
        assert len(rows) == count
        assert all(row.found == 1000 for row in rows)
    with django_assert_num_queries(9):
        assert len(snapshot(contract)["operations"]) == count


def test_one_fiche_is_that_of_the_maquette(contract, epci):
    fill(contract, epci, 3)
    lines = FundingLine.objects.exclude(source="region")
    entries = {entry["key"]: entry for entry in snapshot(contract, lines)["operations"]}
    for row in contract.operations.all():
        assert snapshot_of_one(row, lines) == entries[str(row.key)]
        assert [line["source"] for line in entries[str(row.key)]["lines"]] == ["DETR"]


@pytest.mark.parametrize("count", [1, 12])
def test_nor_for_several_contracts(lead, epci, count, django_assert_num_queries):
    made = [world.contract(f"c-{n}", f"C {n}") for n in range(count)]
    for item in made:
        fill(item, epci, 1)
    viewer = world.viewer("prefecture", made[0])
    with django_assert_num_queries(10):
        assert len(review_across(viewer, of_contracts(made), TODAY)) == count


def test_whoever_does_not_see_everything_is_told_no_sum(contract, epci):
    fill(contract, epci, 1)
    row = review(world.viewer("anct", contract), contract, TODAY)[0]
    assert (row.found, row.paid, row.gap, row.findings) == (None, None, None, ())
    assert summary([row]).found is None
    assert review(world.viewer("public", contract), contract, TODAY) == ()


def test_a_simulation_is_in_no_sum(contract, epci):
    fill(contract, epci, 1)
    world.line(contract.operations.get(), "dsil", 5000, kind="simulation")
    row = review(world.viewer("prefecture", contract), contract, TODAY)[0]
    assert row.found == 1000
    assert len(row.lines) == 3


def test_groups_and_sums(contract, epci, lead):
    fill(contract, epci, 2)
    world.operation(contract, "Bloquée", status="blocked", blocked_reason="Foncier")
    world.operation(contract, "Finie", phase="operation", status="finished")
    world.operation(contract, "Non", status="dropped", investment_cost=Decimal(9))
    found = summary(review(lead, contract, TODAY))
    assert found.counts == {"ongoing": 2, "blocked": 1, "done": 1, "dropped": 1}
    assert (found.cost, found.found, found.paid, found.uncosted) == (2000, 2000, 20, 2)


def test_filters_are_in_the_address_and_back():
    chosen = Filters(status="late", q="voie", sort="cout")
    assert read_filters({"statut": "late", "q": "voie", "tri": "cout"}) == chosen
    assert chosen.query() == "q=voie&statut=late&tri=cout"
    assert Filters().query() == ""
    with pytest.raises(InputError):
        read_filters({"statut": "inconnu"})


def test_filters_keep_what_they_say(contract, epci, lead):
    node = world.orientation(contract, "1.1")
    world.operation(contract, "Étude du bocage", (epci,), number="2.10", status="late")
    world.operation(contract, "Voie verte", number="2.9", orientation_id=node.pk)
    rows = review(lead, contract, TODAY)
    titles = {
        "etude": Filters(q="etude"),
        "ancenis": Filters(q="ancenis"),
        "late": Filters(status="late"),
        "owner": Filters(owner=str(epci.pk)),
    }
    for filters in titles.values():
        assert [r.operation.title for r in kept(rows, filters)] == ["Étude du bocage"]
    assert [r.operation.title for r in kept(rows, Filters(axe="1"))] == ["Voie verte"]
    assert [r.operation.number for r in kept(rows, Filters())] == ["2.9", "2.10"]
    assert kept(rows, Filters(group="blocked")) == ()


def near_lapse(contract, epci):
    """A part-paid grant of 100 000 €, sixty days from its last day."""
    start = years_after(TODAY + timedelta(days=60), -4)
    made = world.operation(
        contract, "Piscine", (epci,), phase="operation", starts_on=start, number="3.1"
    )
    line = world.line(
        made,
        "detr",
        100_000,
        asked_on=start - timedelta(days=90),
        notified=Decimal(100_000),
        notified_on=start - timedelta(days=30),
    )
    pay(line=line, amount=Decimal(30_000), day=start + timedelta(days=90), by=None, at=AT)
    return line


def test_a_grant_near_its_end_is_told_with_its_remedy(contract, epci, lead):
    line = near_lapse(contract, epci)
    due = agenda(lead, TODAY)[0]
    assert (due.kind, due.day, due.amount) == ("lapse", TODAY + timedelta(days=60), 70_000)
    assert due.line_id == line.pk
    assert due.urgent
    assert "prorogation" in due.remedy
    assert agenda(world.viewer("anct", contract), TODAY) == ()


def test_the_calendar_reads_it(contract, epci, lead):
    near_lapse(contract, epci)
    read = icalendar.Calendar.from_ical(ics(agenda(lead, TODAY), "Moi", "site", AT))
    event = read.walk("VEVENT")[0]
    assert event.decoded("dtstart") == TODAY + timedelta(days=60)
    assert "Piscine" in event["summary"]
    assert len(event.walk("VALARM")) == 1


def test_letters_go_to_those_who_have_something_to_do(contract, epci):
    near_lapse(contract, epci)
    world.operation(contract, "Halte", next_step="Copil", next_step_on=TODAY - timedelta(days=3))
    for name, role in (("lea", "project_lead"), ("marc", "partner")):
        grant(
            person=world.person(f"{name}@example.org", name),
            organisation=epci,
            role=role,
            contract_id=contract.pk,
            by=None,
            at=AT,
            since=date(2026, 1, 1),
        )
    world.draw()
    letters = reminders(TODAY, "https://site")
    assert [letter.to for letter in letters] == ["lea@example.org"]
    assert "Piscine" in letters[0].body
    assert "prorogation" in letters[0].body
    assert letters[0].subject.endswith("dont 1\u00a0subvention près de la caducité")
    assert letters[0].body.index("Piscine") < letters[0].body.index("Halte")  # money first
    assert "https://site/a-faire/" in letters[0].body


def test_steps_missing_pieces_and_proposals_wait_too(contract, epci, lead):
    world.operation(contract, "Halte", next_step="Copil", next_step_on=TODAY - timedelta(days=3))
    world.operation(contract, "École", starts_on=TODAY + timedelta(days=30))
    link, _ = make_proposal_link(contract=contract, label="M", days=9, by=lead, at=AT)
    propose(link=link, title="Toit", description="d", owner="M", contact="m@m.fr", at=AT)
    kinds = {due.kind: due for due in agenda(lead, TODAY)}
    assert set(kinds) == {"step", "missing", "proposal"}
    assert "3\u00a0jours" in kinds["step"].remedy
    assert "plan de financement" in kinds["missing"].text
    weak = replace(lead, strong=False)
    assert {due.kind for due in agenda(weak, TODAY)} == set(kinds)


def test_an_agent_is_told_of_their_own_operations_only(contract, epci):
    near_lapse(contract, epci)
    assert agenda(world.viewer("local_agent", contract, epci), TODAY) != ()
    other = world.organisation("CC voisine")
    assert agenda(world.viewer("local_agent", contract, other), TODAY) == ()


def test_funders_see_what_is_asked_of_them(contract, epci):
    ademe, region = world.organisation("ADEME", "operator"), world.organisation("R", "region")
    made = world.operation(contract, owners=(epci,))
    world.line(made, "ademe", 5, funder_id=ademe.pk)
    world.line(made, "region", 6, funder_id=region.pk)
    world.line(made, "detr", 7)
    world.line(made, "detr", 8, kind="draft")
    world.line(made, "detr", 9, kind="simulation")
    asked = {
        role: [
            int(r.line.asked.euros)
            for r in as_requests(lines_asked(world.viewer(role, contract, body)))
        ]
        for role, body in (("funder", ademe), ("region", region), ("prefecture", None))
    }
    assert asked == {"funder": [5], "region": [6], "prefecture": [7]}
    assert as_requests(lines_asked(world.viewer("public", contract))) == ()


def test_what_is_asked_is_added_as_it_is_listed(contract, epci):
    """At every stage, over a contract that two places of the viewer touch."""
    made = world.operation(contract, owners=(epci,))
    stages = (
        {},
        {"notified": Decimal(60), "notified_on": TODAY},
        {"notified": Decimal(60), "agreed": Decimal(50), "agreed_on": TODAY},
        {"notified": Decimal(60), "refused_on": TODAY},
        {"notified": Decimal(60), "lapsed_on": TODAY},
        {"refused_on": TODAY},
        {"lapsed_on": TODAY},
    )
    lines = [world.line(made, "detr", 100, **stage) for stage in stages]
    for line in lines[1:3]:
        for euros in (5, 7):
            pay(line=line, amount=Decimal(euros), day=TODAY, by=None, at=AT)
    viewer = world.viewer("prefecture", contract)
    both = replace(viewer.capacities[0], places=frozenset({"44", "52"}))
    viewer = replace(viewer, capacities=(both,))
    asked, sums = as_requests(lines_asked(viewer)), sums_asked(viewer)
    waiting = [item for item in asked if item.waiting]
    granted = [item.line for item in asked if item.line.granted and not item.line.refused]
    assert len(asked) == len(stages)
    assert [item.row.pk for item in waiting] == [
        row.pk for row in lines_asked(viewer, waiting=True)
    ]
    assert [item.row.pk for item in asked if not item.waiting] == [
        row.pk for row in lines_asked(viewer, waiting=False)
    ]
    assert (sums.waiting, sums.waiting_count) == (100, 1) == (100 * len(waiting), len(waiting))
    assert sums.granted == sum(line.granted.euros for line in granted) == 60 + 50 + 60
    assert sums.paid == sum(line.paid for line in granted) == 24
    assert sums.contracts == 1
    nobody = sums_asked(world.viewer("public", contract))
    assert (nobody.waiting, nobody.granted, nobody.paid, nobody.contracts) == (0, 0, 0, 0)


def test_a_plan_before_and_after_tax_is_in_no_sum_and_the_summary_says_so():
    contract = world.contract()
    owner = world.organisation("CC du Val")
    for title, tax in (("Halle", "ht"), ("Piscine", "ttc")):
        held = world.operation(contract, title, [owner], investment_cost=Decimal(100))
        world.line(held, "own_funds", 60)
        world.line(held, "region", 40, tax=tax)
    rows = review(world.viewer("project_lead", contract), contract, world.TODAY)
    found = {row.operation.title: row.found for row in rows}
    assert found == {"Halle": 100, "Piscine": None}
    told = summary(rows)
    assert (told.found, told.mixed, told.after_tax) == (100, 1, 0)


def test_a_line_follows_the_tax_basis_of_its_operation():
    contract = world.contract()
    held = world.operation(contract, "Halle", [], tax="ttc")
    made = add_line(operation=held, source="region", by=None, at=world.AT)
    assert made.tax == "ttc"
    said = add_line(operation=held, source="detr", by=None, at=world.AT, fields={"tax": "ht"})
    assert said.tax == "ht"


def with_one_outside():
    """An operation of the contract, another out of it."""
    contract = world.contract()
    owner = world.organisation("CC du Val")
    for title, outside, cost in (("Halle", False, 100), ("Gare", True, 30)):
        held = world.operation(
            contract, title, [owner], investment_cost=Decimal(cost), outside=outside
        )
        line = world.line(held, "region", cost, eligible=Decimal(2 * cost))
        pay(line=line, amount=Decimal(cost // 2), day=world.TODAY, by=None, at=world.AT)
    return contract


def test_operations_out_of_the_contract_are_told_apart_and_in_no_other_figure():
    contract = with_one_outside()
    rows = review(world.viewer("project_lead", contract), contract, world.TODAY)
    told = summary(rows)
    assert (sum(told.counts.values()), told.cost, told.found) == (1, 100, 100)
    assert (told.outside, told.outside_cost, told.outside_found) == (1, 30, 30)
    for value, title in (("oui", "Gare"), ("non", "Halle")):
        filters = read_filters({"hors-contrat": value})
        assert [row.operation.title for row in kept(rows, filters)] == [title]
        assert filters.query() == f"hors-contrat={value}"
    alone = summary(kept(rows, read_filters({"hors-contrat": "oui"})))
    assert (alone.inside, alone.cost) == (False, 30)


def test_a_maquette_tells_lines_apart_their_rates_and_the_years_of_payments():
    contract = with_one_outside()
    lines = entries(snapshot(contract))
    assert apart(lines).brings == 30
    assert [entry.operation for entry in inside(lines)] == ["Halle"]
    received = table(inside(lines), "source", "received")
    assert (received.columns, received.total) == ((world.TODAY.year,), 50)
    (halle,) = inside(lines)
    assert (halle.of_base, halle.of_cost) == (Decimal("0.5"), 1)


def test_a_line_is_a_share_of_its_base_and_of_the_cost_in_the_same_tax_basis():
    contract = world.contract()
    held = world.operation(contract, "Halle", [], investment_cost=Decimal(200))
    world.line(held, "detr", 50, eligible=Decimal(100))
    world.line(held, "region", 50, tax="ttc")
    (row,) = review(world.viewer("project_lead", contract), contract, world.TODAY)
    assert [(r.of_base, r.of_cost) for r in row.rates.values()] == [
        (Decimal("0.5"), Decimal("0.25")),
        (None, None),
    ]


def test_the_same_file_in_two_contracts_is_named_to_who_sees_both_and_to_nobody_else():
    here, there = world.contract(), world.contract(slug="sud", name="CRTE Sud")
    for contract, title in ((here, "Halle"), (there, "Gare secrète")):
        held = world.operation(contract, title, [])
        world.line(held, "detr", 10, file_number="DS-7")
        world.line(held, "region", 10, kind="draft", file_number="DS-8")

    def said(*viewed):
        viewer = world.viewer("project_lead", here)
        both = tuple(world.viewer("project_lead", c).capacities[0] for c in viewed)
        (row,) = review(replace(viewer, capacities=both), here, world.TODAY)
        return [f.what for f in row.findings if f.rule.id == "counted_twice"]

    (named,) = said(here, there)
    assert "« Gare secrète » du contrat CRTE Sud" in named
    (neutral,) = said(here)
    assert "un dossier du même numéro existe dans un autre contrat" in neutral
    assert "Gare" not in neutral
