"""Every field of an operation and of its lines leaves in our workbook and comes back in another
contract. A field added to a model must be carried, or named among those that are not."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.documents.sheets.test_portfolio import brought_back, exported
from tests.operations import world

from maillage.common.errors import InputError
from maillage.contracts.tables import PROGRAMMES
from maillage.operations.actions.attached import link_indicator
from maillage.operations.actions.funding import pay, spread
from maillage.operations.actions.intake_entry import enter_rows
from maillage.operations.actions.operations import edit_operation, make_ready
from maillage.operations.intakes import read_intake
from maillage.operations.iso37101 import headings
from maillage.operations.models import FundingLine, IndicatorLink, Operation
from maillage.operations.models.operations import OPINIONS, PHASES, STATUSES

pytestmark = pytest.mark.django_db
AT = world.AT
#: What belongs to the base or to the journal, and to no portfolio.
NOT_CARRIED = {
    Operation: {"id", "revision", "contract", "key", "created_at", "changed_at", "orientation"},
    FundingLine: {"id", "revision", "operation", "key", "kind", "author", "sent_at", "call"},
    IndicatorLink: {"id", "operation"},
}

words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\u200b"),
    min_size=1, max_size=40,
).map(lambda text: " ".join(text.split())).filter(lambda text: text.strip("'’ "))  # fmt: skip
days = st.dates(date(1995, 1, 1), date(2055, 12, 31))
euros = st.decimals(0, 10**8, places=2)
flags = st.booleans()
cells = st.lists(
    st.tuples(st.sampled_from([*headings("purpose")]), st.sampled_from([*headings("issue")])),
    max_size=3, unique=True,
).map(lambda pairs: [list(pair) for pair in pairs])  # fmt: skip

programmes = st.lists(
    st.sampled_from([one.label for one in PROGRAMMES.values()]), unique=True, max_size=3
)


@st.composite
def operations(draw):
    starts, ends = sorted((draw(days), draw(days)))
    opinion = draw(st.sampled_from(OPINIONS))
    status = draw(st.sampled_from(STATUSES))
    text = {name: draw(words) for name in (
        "title", "description", "blocked_reason", "dropped_reason", "next_step", "partners",
        "referent", "elected_referent", "beneficiaries", "risks", "ecology",
    )}  # fmt: skip
    return {
        **text,
        "number": draw(st.sampled_from(["1.1", "7", "A.2", "0012"])),
        "phase": draw(st.sampled_from(PHASES)),
        "status": status,
        "dropped_reason": draw(words) if status == "dropped" else "",
        "next_step_on": draw(days),
        "priority": draw(st.sampled_from(["high", "medium", "low"])),
        "maturity": draw(st.sampled_from(["intention", "outlined", "designed", "prepared"])),
        **{name: draw(flags) for name in ("outside", "early", "lead_competence")},
        "starts_on": starts,
        "ends_on": ends,
        "communes": draw(st.lists(st.sampled_from(["44003", "2A004", "97411"]), unique=True)),
        "cells": draw(cells),
        "programmes": draw(programmes),
        "tax": draw(st.sampled_from(["ht", "ttc"])),
        "investment_cost": draw(st.none() | euros),
        "running_cost": draw(st.none() | euros),
        "cotech_opinion": opinion,
        "cotech_on": draw(days) if opinion else None,
        "cotech_reference": draw(words) if opinion else "",
    }


@st.composite
def lines(draw):
    asked = draw(euros)
    amounts = {name: draw(st.none() | euros) for name in ("eligible", "notified", "agreed")}
    stage = amounts["agreed"] or amounts["notified"] or asked
    half = (stage / 2).quantize(Decimal("0.01"), "ROUND_DOWN")
    dated = ("asked_on", "received_on", "opinion_on", "notified_on", "agreed_on", "refused_on")
    fields = {
        "asked": asked,
        **amounts,
        "section": draw(st.sampled_from(["investment", "running"])),
        "level": draw(st.sampled_from(["parties", "state", "public"])),
        "tax": draw(st.sampled_from(["ht", "ttc"])),
        **{name: draw(days) for name in (*dated, "lapsed_on")},
        **{name: draw(flags) for name in ("extended_start", "extended_completion")},
        **{name: draw(words) for name in ("purpose", "file_number", "order", "envelope")},
        **{name: draw(words) for name in ("agreement", "answer")},
    }
    paid = st.decimals(Decimal("0.01"), 10**6, places=2)
    payments = st.tuples(days, paid, st.just("") | words.filter(lambda t: ")" not in t))
    return {
        "source": draw(st.sampled_from(["detr", "region", "fonds_vert", "own_funds"])),
        "fields": fields,
        "years": {2026: (half, half), 2027: (half, Decimal(0))} if half else {},
        "payments": draw(st.lists(payments, max_size=2)),
    }


indicators = st.fixed_dictionaries(
    {
        "question": st.sampled_from(["pace", "results", "impact"]),
        "indicator": st.just("") | words,
        **{"name": words, "target": words, "unit": words, "due_on": days},
    }
)


def written(contract, fields, given_lines, links, bodies):
    operation = world.operation(contract, fields["title"], bodies[:2])
    node = contract.strategy.filter(kind="orientation").get()
    edit_operation(
        operation=operation, revision=operation.revision, by=None, at=AT,
        fields={**fields, "orientation_id": node.pk},
    )  # fmt: skip
    for rank, one in enumerate(given_lines):
        made = world.line(operation, one["source"],
                          **one["fields"], funder_id=bodies[rank % 3].pk)  # fmt: skip
        spread(line=made, revision=made.revision, years=one["years"], by=None, at=AT)
        for day, amount, reference in one["payments"]:
            pay(line=made, amount=amount, day=day, reference=reference, by=None, at=AT)
    for link in links:
        link_indicator(operation=operation, by=None, at=AT, **link)
    return operation


def without_identifiers(content):
    """As the manual of the file says it is brought into another contract."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for column in sheet.columns:
            if str(column[0].value).startswith("Identifiant"):
                for cell in column[1:]:
                    cell.value = None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def flat(value):
    return " ".join(value.split()) if isinstance(value, str) else value


def carried(row):
    names = {field.name for field in row._meta.concrete_fields} - NOT_CARRIED[type(row)]
    return {name: flat(getattr(row, name)) for name in names}


def whole(contract):
    """Everything a portfolio holds of the contract’s only operation."""
    operation = contract.operations.get()
    node = operation.orientation
    return {
        **carried(operation),
        "strategy": (node.number, node.title, node.parent.title),
        "owners": [pilot.organisation_id for pilot in operation.pilots.all()],
        "lines": [
            {
                **carried(line),
                "years": [(y.year, y.committed, y.payable) for y in line.years.all()],
                "payments": [(p.paid_on, p.amount, flat(p.reference)) for p in line.payments.all()],
            }
            for line in operation.lines.all()
        ],
        "indicators": [carried(link) for link in operation.indicators.all()],
    }


def moved(first, second):
    lead = world.viewer("project_lead", first)
    for format in ("xlsx", "zip"):
        content = exported(first, lead, format)
        again = brought_back(first, lead, content, f"le-meme.{format}")
        assert read_intake(again).further_doubts == ()
        assert enter_rows(intake=again, seen=read_intake(again).mark, by=lead, at=AT) == (0, 0)
    content = exported(first, lead)
    other = world.viewer("project_lead", second)
    intake = brought_back(second, other, without_identifiers(content), "ailleurs.xlsx")
    read = read_intake(intake)
    assert [row.doubts for row in read.of("doubtful")] == []
    assert read.further_doubts == ()
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=other, at=AT) == (1, 0)


def two_contracts():
    made = []
    for slug in ("ici", "ailleurs"):
        contract = world.contract(slug, slug)
        world.orientation(contract)
        made.append(contract)
    bodies = [world.organisation(n, "region") for n in ("CC du Val", "CA d’En-Haut, la", "Région")]
    for contract in made:
        for body in bodies:
            contract.parties.create(organisation=body, capacity="epci")
    return (*made, bodies)


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    fields=operations(),
    given_lines=st.lists(lines(), max_size=3, unique_by=lambda one: one["source"]),
    links=st.lists(indicators, max_size=3, unique_by=lambda one: one["name"].casefold()),
)
def test_every_field_comes_back_in_another_contract(db, fields, given_lines, links):
    from django.db import transaction

    with transaction.atomic():
        first, second, bodies = two_contracts()
        written(first, fields, given_lines, links, bodies)
        moved(first, second)
        assert whole(second) == whole(first)
        transaction.set_rollback(True)


def test_a_fiche_action_passes_the_gate_again():
    first, second, bodies = two_contracts()
    operation = world.operation(first, "Voie verte", bodies[:1], number="1.1")
    world.complete(operation, first.strategy.get(kind="orientation"))
    world.line(operation, "detr", 400, funder_id=bodies[2].pk)
    world.line(operation, "own_funds", 600)
    for question in ("pace", "results", "impact"):
        link_indicator(operation=operation, name=question, question=question, by=None, at=AT)
    make_ready(operation=operation, revision=operation.revision, today=date(2026, 5, 4),
               by=None, at=AT)  # fmt: skip
    moved(first, second)
    assert whole(second) == whole(first)
    assert (second.operations.get().stage, second.operations.get().ready_on) == (
        "action", date(2026, 5, 4),
    )  # fmt: skip


def test_what_the_gate_refuses_stays_a_fiche_projet_and_is_told():
    first, second, bodies = two_contracts()
    operation = world.operation(first, "Halle", bodies[:1], number="2")
    Operation.objects.filter(pk=operation.pk).update(stage="action", ready_on=date(2026, 5, 4))
    lead = world.viewer("project_lead", second)
    content = without_identifiers(exported(first, world.viewer("project_lead", first)))
    intake = brought_back(second, lead, content, "ailleurs.xlsx")
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    (kept,) = read_intake(intake).kept_projects
    assert (kept.title, kept.stage) == ("Halle", "project")


def changed(content, sheet, column, text):
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = book[sheet]
    number = next(cell.column for cell in rows[1] if cell.value == column)
    rows.cell(2, number).value = text
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def one_line():
    first, _, bodies = two_contracts()
    operation = world.operation(first, "Halle", bodies[:1], number="2")
    return first, world.line(operation, "detr", 400), world.viewer("project_lead", first)


@pytest.mark.parametrize(
    ("sheet", "column"), [("Portefeuille", "DETR, demandé"), ("Lignes de financement", "Demandé")]
)
def test_an_amount_is_changed_from_either_sheet(one_line, sheet, column):
    contract, line, lead = one_line
    content = changed(exported(contract, lead), sheet, column, 500)
    intake = brought_back(contract, lead, content, "a.xlsx")
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == (0, 1)
    line.refresh_from_db()
    assert line.asked == 500


def test_two_amounts_that_disagree_wait_for_a_person(one_line):
    contract, _, lead = one_line
    content = changed(exported(contract, lead), "Portefeuille", "DETR, demandé", 500)
    content = changed(content, "Lignes de financement", "Demandé", 600)
    (row,) = read_intake(brought_back(contract, lead, content, "a.xlsx")).rows
    assert row.state == "doubtful"
    assert "ses lignes de financement font 600" in row.doubts[0].problem


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("Identifiant de la ligne", "autre", "aucune ligne"),
        ("Identifiant de l’opération", "autre", "ni dans le contrat"),
        ("Financeur", "Mécène inconnu", "financeur inconnu"),
        ("Années : engagé / à payer", "2026 : 900 / 0", "dépassent la ligne de 500"),
        ("Versements", "hier, 300", "versements illisibles"),
        ("Section", "Rêve", "mot inconnu"),
    ],
)
def test_a_doubtful_line_waits_and_says_why(one_line, column, text, told):
    contract, _, lead = one_line
    content = changed(exported(contract, lead), "Lignes de financement", column, text)
    intake = brought_back(contract, lead, content, "a.xlsx")
    assert told in " ".join(doubt.problem for doubt in read_intake(intake).further_doubts)
    before = list(FundingLine.objects.values())
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert list(FundingLine.objects.values()) == before


def tables(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {item.filename: packed.read(item).decode("utf-8-sig") for item in packed.infolist()}


def packed(held):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in held.items():
            made.writestr(name, text)
    return stream.getvalue()


def test_every_table_leaves_as_csv_and_a_payment_added_in_its_own_comes_back(one_line):
    contract, line, lead = one_line
    pay(line=line, amount=Decimal(100), day=date(2026, 2, 3), reference="mandat 1", by=None, at=AT)
    held = tables(exported(contract, lead, "zip"))
    assert [*held] == ["Portefeuille.csv", "Lignes de financement.csv", "Versements.csv",
                       "Indicateurs.csv"]  # fmt: skip
    first = held["Versements.csv"].splitlines()[1]
    assert first.endswith(";DETR;03/02/2026;100,00;mandat 1")
    held["Versements.csv"] += first.replace("03/02/2026;100,00;mandat 1", "04/03/2026;50;") + "\n"
    intake = brought_back(contract, lead, packed(held), "portefeuille.zip")
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == (0, 1)
    assert [(p.paid_on, p.amount) for p in line.payments.order_by("paid_on")] == [
        (date(2026, 2, 3), 100), (date(2026, 3, 4), 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("{op};2;Halle;nulle part;DETR;04/03/2026;50;", "aucune ligne ne reçoit"),
        ("{op};2;Halle;;Région;04/03/2026;50;", "aucune ligne ne reçoit"),
        ("{op};2;Halle;;DETR;;50;", "sans date ou montant"),
        ("{op};2;Halle;;DETR;un jour;50;", "date"),
    ],
)
def test_a_payment_without_its_line_waits_and_enters_nothing(one_line, cells, told):
    contract, line, lead = one_line
    held = tables(exported(contract, lead, "zip"))
    held["Versements.csv"] += cells.format(op=line.operation.key) + "\n"
    intake = brought_back(contract, lead, packed(held), "portefeuille.zip")
    (doubt,) = read_intake(intake).further_doubts
    assert told in doubt.problem
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert not line.payments.exists()


def test_an_archive_without_a_table_is_refused(one_line):
    contract, _, lead = one_line
    with pytest.raises(InputError, match="archive"):
        brought_back(contract, lead, packed({"notes.txt": "rien"}), "notes.zip")
