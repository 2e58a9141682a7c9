"""Our own layout: what leaves comes back, whatever people wrote."""

import csv
import io
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.operations import world

from maillage.documents.sheets.formats import SHEET_FORMATS, written_book
from maillage.documents.sheets.portfolio import portfolio_book, template_book
from maillage.documents.standing import Standing
from maillage.operations.actions import intakes as acts
from maillage.operations.actions.intake_columns import settle_columns
from maillage.operations.actions.intake_entry import enter_rows
from maillage.operations.actions.operations import edit_operation
from maillage.operations.intake_columns import columns_asked
from maillage.operations.intakes import read_intake
from maillage.operations.models import FundingLine, Operation
from maillage.operations.portfolio import review

pytestmark = pytest.mark.django_db
AT, TODAY = world.AT, world.TODAY


def exported(contract, lead, format="xlsx"):
    rows = review(lead, contract, TODAY)
    standing = Standing(contract.name, "CRTE", "Portefeuille", "au 1er juin 2026", "portefeuille")
    return written_book(portfolio_book(rows, standing), SHEET_FORMATS[format])


def brought_back(contract, lead, content, name):
    intake = acts.start_intake(contract=contract, name=name, content=content, by=lead, at=AT)
    (asked,) = columns_asked(intake, None)
    assert all(column.sure for column in asked.columns)
    mapping = {asked.sheet: {c.index: (c.heading, c.field) for c in asked.columns}}
    settle_columns(
        intake=intake,
        revision=intake.revision,
        mapping=mapping,
        organisation_id=None,
        by=lead,
        at=AT,
    )
    return intake


@pytest.fixture
def contract():
    made = world.contract()
    node = world.orientation(made)
    owners = [world.organisation("CC du Val / Loire"), world.organisation("CC d’Erdre et Gesvres")]
    first = world.operation(made, "Voie verte ; des gares", owners, number="1.10")
    world.complete(first, node)
    world.line(first, "detr", 400)
    world.line(first, "detr", 100, section="running")
    world.line(first, "own_funds", 300)
    granted = world.line(first, "region", 50, notified=Decimal(50))
    FundingLine.objects.filter(pk=granted.pk).update(asked=None)
    blocked = world.operation(
        made, "Total refonte", [owners[1]], number="1.1", status="blocked",
        blocked_reason="=foncier", description="-Un\n\nDeux  trois", phase="study",
        running_cost=Decimal("12.35"), next_step_on=date(2026, 9, 1), tax="ttc",
    )  # fmt: skip
    world.line(blocked, "fonds_vert", "0.50")
    world.operation(made, "Voie verte ; des gares")
    return made


@pytest.fixture
def lead(contract):
    return world.viewer("project_lead", contract)


@pytest.mark.parametrize("format", ["xlsx", "ods", "csv", "zip"])
def test_what_leaves_comes_back_unchanged(contract, lead, format):
    content = exported(contract, lead, format)
    intake = brought_back(contract, lead, content, f"a.{format}")
    read = read_intake(intake)
    assert [row.state for row in read.rows] == ["ready"] * 3
    assert [row.changes for row in read.rows] == [()] * 3
    assert (read.unknown, read.new_nodes) == ((), ())
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == (0, 0)
    assert Operation.objects.count() == 3


def changed(content, find, column, text):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    row = next(row for row in rows if find in row)
    row[rows[0].index(column)] = text
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode()


def test_one_cell_changed_is_one_update(contract, lead):
    content = changed(exported(contract, lead, "csv"), "1.1", "Fonds vert, demandé", "750")
    intake = brought_back(contract, lead, content, "a.csv")
    changes = [row.changes for row in read_intake(intake).rows if row.changes]
    assert changes == [(("funding:fonds_vert:asked", Decimal("0.50"), Decimal(750)),)]
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == (0, 1)
    assert Operation.objects.get(number="1.1").lines.get().asked == 750


def test_an_amount_made_of_several_lines_waits_for_a_person(contract, lead):
    content = changed(exported(contract, lead, "csv"), "1.10", "DETR, demandé", "600")
    (waiting,) = read_intake(brought_back(contract, lead, content, "a.csv")).of("doubtful")
    assert any("plusieurs lignes" in doubt.problem for doubt in waiting.doubts)


def test_an_identifier_of_elsewhere_creates_nothing(contract, lead):
    key = str(Operation.objects.get(number="1.1").key)
    wrong = changed(exported(contract, lead, "csv"), "1.1", "Identifiant Maillage", key[::-1])
    (waiting,) = read_intake(brought_back(contract, lead, wrong, "a.csv")).of("doubtful")
    assert "identifiant" in waiting.doubts[0].problem


def test_the_template_is_read_and_creates(contract, lead):
    content = written_book(template_book(), SHEET_FORMATS["csv"]).decode("utf-8-sig")
    heads = content.strip().split(";")
    given_ = {"Intitulé": "Halle", "Coût d’investissement HT": "150 k€", "DETR": "60 000",
              "Phase": "Étude", "Communes (codes Insee)": "44003, 44005"}  # fmt: skip
    row = ";".join(given_.get(head, "") for head in heads)
    intake = brought_back(contract, lead, f"{content}{row}\n".encode(), "modele.csv")
    assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == (1, 0)
    made = Operation.objects.get(title="Halle")
    assert (made.phase, made.communes, made.investment_cost) == (
        "study",
        ["44003", "44005"],
        150_000,
    )
    assert made.lines.get().kind == "draft"  # nothing is asked by a heading that does not say so


WORDS = st.text(string.ascii_letters + " éÉ’\"';:,.-=+@/()1\n", min_size=1, max_size=60)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    title=WORDS.filter(lambda text: text.strip(" \n'")),
    text=WORDS,
    cost=st.none() | st.decimals(0, 10**9, places=2),
    format=st.sampled_from(["xlsx", "csv", "ods"]),
)
def test_whatever_people_write_comes_back(contract, lead, title, text, cost, format):
    one = Operation.objects.get(number="1.1")
    fields = {"title": title.strip(), "description": text, "ecology": text,
              "investment_cost": cost, "blocked_reason": text or "x"}  # fmt: skip
    edit_operation(operation=one, revision=one.revision, fields=fields, by=lead, at=AT)
    intake = brought_back(contract, lead, exported(contract, lead, format), f"a.{format}")
    read = read_intake(intake)
    assert [row.doubts for row in read.rows] == [()] * 3
    assert [row.changes for row in read.rows] == [()] * 3
