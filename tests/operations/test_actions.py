"""Writing: each act checks, keeps a line of the journal, and loses nobody’s work."""

import io
import json
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.operations import world

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.operations.actions import attached, funding, maquettes, operations, proposals
from maillage.operations.actions.answers import Answer, answer_line, correct_answer
from maillage.operations.actions.payments import correct_payment, remove_payment
from maillage.operations.attached_files import LARGEST, kind_of
from maillage.operations.maquette.comparison import compare
from maillage.operations.maquette.content import checksum
from maillage.operations.models import FrozenError, Maquette, Operation
from maillage.operations.planned import gate_dossier
from maillage.operations.proposals import link_for
from maillage.operations.readiness import missing
from maillage.operations.snapshot import snapshot

pytestmark = pytest.mark.django_db
AT, TODAY = world.AT, world.TODAY
QUESTIONS = ("pace", "results", "impact")


@pytest.fixture
def contract():
    return world.contract()


@pytest.fixture
def epci():
    return world.organisation("CC du Pays d’Ancenis")


@pytest.fixture
def lead(contract, epci):
    return world.viewer("project_lead", contract, epci)


def verbs():
    return list(JournalEntry.objects.order_by("id").values_list("verb", flat=True))


def test_an_operation_has_several_owners_in_order(contract, epci):
    other = world.organisation("CC d’Erdre et Gesvres")
    made = world.operation(contract, owners=(other, epci))
    assert [item.organisation for item in made.pilots.all()] == [other, epci]
    assert verbs() == ["opened"]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " "},
        {"status": "blocked"},
        {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)},
        {"stage": "action"},
    ],
)
def test_what_cannot_be_written_is_refused(contract, fields):
    made = world.operation(contract)
    with pytest.raises(InputError):
        operations.edit_operation(operation=made, revision=0, fields=fields, by=None, at=AT)
    assert Operation.objects.get().revision == 0


def test_two_people_editing_lose_nothing(contract):
    made = world.operation(contract)
    mine, theirs = Operation.objects.get(pk=made.pk), Operation.objects.get(pk=made.pk)
    operations.edit_operation(
        operation=theirs, revision=0, fields={"title": "La leur"}, by=None, at=AT
    )
    with pytest.raises(ConflictError) as conflict:
        operations.edit_operation(
            operation=mine, revision=0, fields={"title": "La mienne"}, by=None, at=AT
        )
    assert conflict.value.now["title"] == "La leur"
    assert conflict.value.mine["title"] == "La mienne"
    line = world.line(made)
    with pytest.raises(ConflictError):
        funding.edit_line(line=line, revision=3, fields={"asked": Decimal(1)}, by=None, at=AT)


def test_the_journal_says_before_and_after(contract):
    made = world.operation(contract)
    operations.edit_operation(
        operation=made, revision=0, fields={"title": "Voie verte 2", "risks": ""}, by=None, at=AT
    )
    entry = JournalEntry.objects.latest("id")
    assert (entry.before, entry.after) == ({"title": "Voie verte"}, {"title": "Voie verte 2"})


def test_the_gate_tells_everything_then_opens(contract, epci):
    made = world.operation(contract, owners=(epci,))
    with pytest.raises(operations.NotReadyError) as closed:
        operations.make_ready(operation=made, revision=0, today=TODAY, by=None, at=AT)
    assert len(closed.value.missing) == 10
    world.complete(made, world.orientation(contract))
    world.line(made, "own_funds", 600)
    draft = world.line(made, "region", 400, kind="draft")
    assert [c.code for c in missing(gate_dossier(made, TODAY), TODAY)] == ["indicators"]
    for question in QUESTIONS:
        attached.link_indicator(
            operation=made, name="Cyclistes par jour", question=question, by=None, at=AT
        )
    world.line(made, "detr", 999, kind="simulation")
    operations.make_ready(operation=made, revision=made.revision, today=TODAY, by=None, at=AT)
    made.refresh_from_db()
    assert (made.stage, made.ready_on) == ("action", TODAY)
    assert draft.kind == "draft"
    operations.back_to_project(
        operation=made, revision=made.revision, reason="Terrain perdu", by=None, at=AT
    )
    assert Operation.objects.get().stage == "project"


def test_several_change_together_or_none(contract):
    one, other = world.operation(contract), world.operation(contract, "Maison de santé")
    with pytest.raises(ConflictError):
        operations.edit_several(
            operations={one: 0, other: 7}, fields={"priority": "high"}, by=None, at=AT
        )
    assert set(Operation.objects.values_list("priority", flat=True)) == {"medium"}
    operations.edit_several(
        operations={one: 0, other: 0}, fields={"priority": "high"}, by=None, at=AT
    )
    assert set(Operation.objects.values_list("priority", flat=True)) == {"high"}
    with pytest.raises(InputError):
        operations.edit_several(operations={one: 1}, fields={"title": "X"}, by=None, at=AT)


def answered(line, act=answer_line, **said):
    given = {"kind": "notify", "acted_on": TODAY, "reference": "Arrêté n° 12", "amount": 80_000}
    given |= said
    given["amount"] = None if given["amount"] is None else Decimal(given["amount"])
    act(line=line, revision=line.revision, answer=Answer(**given), by=None, at=AT)
    line.refresh_from_db()


def test_a_funder_answers_with_a_reference(contract):
    line = world.line(world.operation(contract))
    with pytest.raises(InputError):
        answered(line, reference=" ")
    answered(line)
    answered(line, kind="agree", reference="Convention 3")
    assert (line.notified, line.agreed, line.order) == (80_000, 80_000, "Arrêté n° 12")
    answered(line, kind="refuse", reference="Lettre du 3 mai")
    assert verbs()[-3:] == ["answered_notify", "answered_agree", "answered_refuse"]


@pytest.mark.parametrize(
    "said",
    [
        {"acted_on": TODAY + timedelta(days=1)},
        {"received_on": TODAY, "acted_on": TODAY - timedelta(days=1)},
        {"amount": None},
        {"kind": "promise"},
    ],
)
def test_an_answer_that_cannot_be_is_refused(contract, said):
    line = world.line(world.operation(contract))
    with pytest.raises(InputError):
        answered(line, **said)
    assert line.answered_at is None


def test_the_day_of_the_act_is_that_of_the_grant_not_of_the_typing(contract):
    line = world.line(world.operation(contract))
    day = TODAY - timedelta(days=90)
    answered(line, acted_on=day, received_on=day - timedelta(days=30))
    assert (line.notified_on, line.received_on) == (day, day - timedelta(days=30))
    assert line.answered_at == AT


def test_a_funder_corrects_its_last_answer_and_nothing_else(contract):
    line = world.line(world.operation(contract))
    with pytest.raises(InputError):
        answered(line, act=correct_answer)
    answered(line)
    answered(line, kind="refuse", reference="Lettre du 3 mai")
    answered(line, act=correct_answer, kind="agree", reference="Convention 3", amount=70_000)
    assert (line.refused_on, line.notified, line.order) == (None, 80_000, "Arrêté n° 12")
    assert (line.agreed, line.agreement) == (70_000, "Convention 3")
    entry = JournalEntry.objects.get(verb="answer_corrected")
    assert entry.before["refused_on"] == TODAY.isoformat()
    assert entry.after["agreed"] == "70000"


def test_a_payment_is_corrected_or_taken_away_with_a_reason(contract):
    line = world.line(world.operation(contract), notified=Decimal(100))
    made = funding.pay(line=line, amount=Decimal(50), day=TODAY, by=None, at=AT)
    given = {"payment": made, "revision": line.revision, "by": None, "at": AT}
    right = {"amount": Decimal(40), "day": TODAY, "reference": "Acompte"}
    with pytest.raises(InputError):
        correct_payment(reason=" ", **right, **given)
    with pytest.raises(InputError):
        correct_payment(reason="Erreur", **(right | {"amount": Decimal(0)}), **given)
    correct_payment(reason="Erreur de saisie", **right, **given)
    entry = JournalEntry.objects.get(verb="payment_corrected")
    assert (entry.before["amount"], entry.after["amount"]) == ("50", "40")
    assert entry.after["reason"] == "Erreur de saisie"
    with pytest.raises(ConflictError):
        remove_payment(reason="Doublon", **given)
    made.refresh_from_db()
    line.refresh_from_db()
    remove_payment(payment=made, revision=line.revision, reason="Doublon", by=None, at=AT)
    assert line.paid_total == 0
    line.refresh_from_db()
    funding.remove_line(line=line, revision=line.revision, by=None, at=AT)  # no longer paid


def test_years_never_exceed_the_line(contract):
    """A seed: 300 000 € a year over three years."""
    line = world.line(world.operation(contract), "region", 900_000)
    share = (Decimal(300_000), Decimal(300_000))
    funding.spread(
        line=line, revision=line.revision, years={2024 + n: share for n in range(3)}, by=None, at=AT
    )
    assert [item.committed for item in line.years.all()] == [300_000] * 3
    with pytest.raises(InputError) as beyond:
        funding.spread(
            line=line,
            revision=line.revision,
            years={2024 + n: share for n in range(4)},
            by=None,
            at=AT,
        )
    assert "300\u202f000\u00a0€" in str(beyond.value)
    assert line.years.count() == 3


def test_a_paid_line_stays(contract):
    line = world.line(world.operation(contract))
    funding.pay(line=line, amount=Decimal(10), day=TODAY, by=None, at=AT)
    with pytest.raises(InputError):
        funding.remove_line(line=line, revision=0, by=None, at=AT)
    with pytest.raises(InputError):
        funding.pay(line=line, amount=Decimal(0), day=TODAY, by=None, at=AT)


def test_arithmetic_admits_no_derogation(contract):
    made = world.operation(contract)
    given = {"operation": made, "act": "Arrêté", "author": "Préfet", "day": TODAY}
    with pytest.raises(InputError):
        funding.derogate(revision=made.revision, rule="balance", by=None, at=AT, **given)
    funding.derogate(revision=made.revision, rule="owner_share", by=None, at=AT, **given)
    assert made.derogations.get().author == "Préfet"


def freeze(contract, by, **more):
    given = {"year": 2026, "decided_on": TODAY, "instance": "copil", "reference": "CR du 1er juin"}
    return maquettes.freeze_maquette(contract=contract, by=by, at=AT, **given | more)


def test_a_maquette_arretee_never_changes(contract, lead, epci):
    made = world.operation(contract, owners=(epci,))
    line = world.line(made, "region", 1000)
    world.line(made, "detr", 5, kind="simulation")
    world.line(made, "detr", 6, kind="draft")
    frozen = freeze(contract, lead)
    funding.edit_line(line=line, revision=0, fields={"asked": Decimal(1500)}, by=None, at=AT)
    kept = Maquette.objects.get()
    assert (kept.decision.instance, kept.decision.reference) == ("copil", "CR du 1er juin")
    assert kept.decision.subject == "Maquette 2026 arrêtée"
    assert checksum(kept.text) == kept.digest
    assert [item["brings"] for item in kept.content["operations"][0]["lines"]] == ["1000.00"]
    assert kept.content["operations"][0]["owners"] == [{"name": epci.name, "nature": "cc"}]
    found = compare(kept.content, snapshot(contract))
    assert [(c.kind, c.difference) for c in found.changes] == [("changed", 500)]
    assert freeze(contract, lead).rank == 2
    for change in (
        lambda: kept.save(),
        lambda: kept.delete(),
        lambda: Maquette.objects.update(reference="x"),
        lambda: Maquette.objects.all().delete(),
    ):
        with pytest.raises(FrozenError):
            change()
    assert frozen.digest == kept.digest


@pytest.mark.parametrize(
    "more",
    [{"reference": ""}, {"instance": " "}, {"decided_on": TODAY + timedelta(days=1)}],
)
def test_a_maquette_has_its_authority(contract, lead, more):
    world.operation(contract)
    with pytest.raises(InputError):
        freeze(contract, lead, **more)


def test_a_maquette_is_json_whatever_it_holds(contract, lead):
    made = world.operation(contract, communes=["44003"], investment_cost=Decimal("1.10"))
    world.complete(made, world.orientation(contract))
    assert json.loads(freeze(contract, lead).text) == snapshot(contract)


def test_a_commune_proposes_by_a_link_that_expires(contract, lead):
    link, token = proposals.make_proposal_link(
        contract=contract, label="Mairie de Mésanger", days=30, by=lead, at=AT
    )
    assert link_for(token, AT) == link
    assert link_for(token, AT + timedelta(days=31)) is None
    assert link_for("autre", AT) is None
    given = {"description": "Toit", "owner": "Mésanger", "contact": "m@example.org", "at": AT}
    sent = [proposals.propose(link=link, title=f"École {n}", **given) for n in range(3)]
    accepted = proposals.accept(proposal=sent[0], by=lead, at=AT)
    assert (accepted.title, accepted.stage) == ("École 0", "project")
    ways = {"title": "keep"}
    given = {"revision": accepted.revision, "ways": ways, "by": lead, "at": AT}
    proposals.merge(proposal=sent[1], operation=accepted, **given)
    assert [one.title for one in accepted.proposals.order_by("id")] == ["École 0", "École 1"]
    with pytest.raises(InputError):
        proposals.send_back(proposal=sent[2], answer=" ", by=lead, at=AT)
    proposals.send_back(proposal=sent[2], answer="Hors contrat", by=lead, at=AT)
    with pytest.raises(InputError):
        proposals.accept(proposal=sent[2], by=lead, at=AT)
    proposals.revoke_proposal_link(link=link, by=lead, at=AT)
    assert link_for(token, AT) is None


def archive(*names, mimetype=None):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
        if mimetype:
            made.writestr("mimetype", mimetype)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (archive("word/document.xml"), "docx"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_a_file_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90 programme",
        b"<html>",
        b"PK\x03\x04 cut short",
        archive("a.txt"),
        archive("word/document.xml", "word/vbaProject.bin"),
        b"%PDF-" + b"0" * LARGEST,
    ],
    ids=["empty", "program", "html", "cut", "archive", "macro", "large"],
)
def test_what_is_no_document_is_refused(content):
    with pytest.raises(InputError):
        kind_of(content, "pièce.pdf")


def test_pieces_are_kept_under_their_digest(contract, lead, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = attached.attach(
        operation=world.operation(contract), name="plan.pdf", content=b"%PDF-1", by=lead, at=AT
    )
    assert made.file.read() == b"%PDF-1"
    assert made.digest in made.file.name


def test_a_figure_kept_says_where_it_comes_from(contract):
    made = world.operation(contract)
    shown = {"statement": "1 240 actifs vont travailler à Nantes", "value": "1240"}
    with pytest.raises(InputError):
        attached.note_interdependency(operation=made, shown=shown, by=None, at=AT)
    whole = shown | {"unit": "actifs occupés", "source": "Insee", "vintage": "2021"}
    attached.note_interdependency(operation=made, shown=whole | {"noted_on": TODAY}, by=None, at=AT)
    assert made.interdependencies.get().vintage == "2021"
