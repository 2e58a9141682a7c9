"""Nobody overwrites what they did not read: every form that edits says which revision it was opened
on, and one that is late is refused; what both wrote is shown."""

import inspect
import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.urls import get_resolver, reverse
from tests.web import contract_world as made

from maillage.accounts.models import JournalEntry
from maillage.contracts.actions.avenants import differences
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.models import Avenant, Party, ProgrammeLink
from maillage.governance.models import Committee, Meeting, Member
from maillage.operations.actions.funding import add_line
from maillage.operations.inscribed import inscribed
from maillage.operations.intakes import read_intake
from maillage.operations.models import FundingLine, Intake, Operation
from maillage.participation.models import Remark
from maillage.web.viewers import now

NOTHING_TO_LOSE: Mapping[str, str] = yaml.safe_load(
    Path(__file__).with_name("nothing_to_lose.yaml").read_bytes()
)


@dataclass(frozen=True)
class Edit:
    """An address, its parts, what a form of it sends, the row whose revision the form carries.

    ``shows``: the conflict is a page with both versions; else a button says to read again.
    """

    parts: Mapping[str, Any]
    sends: Mapping[str, Any]
    row: Any
    shows: bool = True
    who: str = "lead"


def edits(found) -> dict[str, Edit]:
    ids, slug = found.ids, {"slug": found.contract.slug}
    found.contract.refresh_from_db()
    found.operation.refresh_from_db()
    contract, operation = found.contract, found.operation
    line, draft, tried = (
        FundingLine.objects.get(pk=found.lines[cell].pk)
        for cell in ("programme/state", "draft/parties", "simulation/parties")
    )
    node = contract.strategy.get(pk=ids["node"])
    party, avenant = Party.objects.get(pk=ids["party"]), Avenant.objects.get(contract=contract)
    programme = ProgrammeLink.objects.get(pk=ids["programme"])
    intake, remark = Intake.objects.get(pk=ids["intake"]), Remark.objects.get(pk=ids["remark"])
    one, day = slug | {"id": operation.pk}, now().date()
    fiche = {
        "title": "Autre", "phase": "study", "status": "on_track", "priority": "high",
        "maturity": "intention", "tax": "ht",
    }  # fmt: skip
    plan = {"source": "detr", "section": "investment", "tax": "ht", "level": "parties"}
    act = partial(dict, slug, number=avenant.number)
    shown = [c.key for c in differences(avenant, inscribed(contract))]
    loose = {"title": "Sans opération", "number": "9"}
    return {
        **_governance(ids, slug, day),
        "contracts-edit": Edit(
            slug,
            {
                "name": "Mien",
                "kind": "crte",
                "starts_on": contract.starts_on,
                "ends_on": contract.ends_on,
            },
            contract,
        ),
        "contracts-perimeter": Edit(slug, {"territory": "200000002"}, contract),
        "contracts-figures": Edit(slug, {"state_of_play": ["recit-actifs-sortants"]}, contract),
        "contracts-publish": Edit(slug, {"published_on": day}, contract),
        "contracts-step": Edit(
            slug | {"step": "extend"},
            {
                "on": day,
                "instance": "copil",
                "decided_on": day,
                "reference": "CR 7",
                "ends_on": "2031-12-31",
            },
            contract,
        ),
        "contracts-integrate": Edit(slug | {"id": programme.pk}, {"integrated_on": day}, programme),
        "contracts-forget": Edit(slug | {"id": programme.pk}, {}, programme, shows=False),
        "contracts-party": Edit(
            slug | {"id": party.pk},
            {"capacity": "epci", "required": "on", "mandate_reference": "D 9"},
            party,
        ),
        "contracts-party-remove": Edit(slug | {"id": party.pk}, {}, party, shows=False),
        "contracts-strategy": Edit(slug | {"id": node.pk}, loose, node),
        "contracts-strategy-remove": Edit(
            slug | {"id": _alone(contract).pk}, {}, _alone(contract), shows=False
        ),
        "contracts-avenant-act choisir": Edit(act(act="choisir"), {"shown": shown}, avenant),
        "contracts-avenant-act arreter": Edit(act(act="arreter"), {}, avenant, shows=False),
        "contracts-avenant-act abandonner": Edit(act(act="abandonner"), {}, avenant, shows=False),
        "operations-edit": Edit(one, fiche, operation),
        "operations-ready": Edit(one, {}, operation, shows=False),
        "operations-unready": Edit(one, {"reason": "À revoir"}, operation, shows=False),
        "operations-grid": Edit(one, {"cell": "resilience:mobility"}, operation),
        "operations-derogate": Edit(
            one,
            {"rule": "owner_share", "act": "Arrêté 1", "author": "Préfet", "granted_on": day},
            operation,
        ),
        "operations-line": Edit(one | {"line_id": line.pk}, plan | {"asked": "1"}, line),
        "operations-line-spread": Edit(
            one | {"line_id": line.pk}, {f"committed-{day.year}": "5"}, line
        ),
        "operations-line-payment": Edit(
            one | {"line_id": line.pk, "payment_id": line.payments.get().pk},
            {"amount": "1", "paid_on": day, "reason": "Erreur de saisie"},
            line,
            shows=False,
        ),
        "operations-line-send": Edit(one | {"line_id": draft.pk}, {}, draft, shows=False),
        "operations-line-programme": Edit(one | {"line_id": tried.pk}, {}, tried, False, "state"),
        "operations-line-remove": Edit(
            one | {"line_id": _unpaid(operation).pk}, {}, _unpaid(operation), shows=False
        ),
        "operations-merge": Edit(
            slug | {"id": ids["proposal"]},
            {
                "operation": operation.pk,
                **{f"take-{name}": "keep" for name in ("cost", "owner")},
                **{f"take-{name}": "replace" for name in ("title", "description")},
            },
            operation,
        ),
        "operations-intake-columns": Edit(
            slug | {"id": intake.pk}, {"column-0-0": "title", "column-0-1": "owner"}, intake
        ),
        "operations-intake-owner": Edit(
            slug | {"id": intake.pk}, {"name": "Halle", "nature": "association"}, intake
        ),
        "funder-answer": Edit(
            {"line_id": line.pk},
            {"answer": "refuse", "reference": "L 3", "acted_on": day},
            line,
            True,
            "funder",
        ),
        "remarks-decide": Edit(
            {"number": remark.pk},
            {"decision": "ecarter", "motif": "Doublon"},
            remark,
            True,
            "operator",
        ),
    }


#: Those whose mark is not one revision; each has its own test below.
OTHERS = {"operations-bulk", "operations-intake-row", "operations-intake-enter"}


def _governance(ids, slug, day) -> dict[str, Edit]:
    committee = Committee.objects.get(pk=ids["committee"])
    member = Member.objects.get(pk=ids["member"])
    held, called = (Meeting.objects.get(pk=ids[name]) for name in ("held", "called"))
    of, item = partial(dict, slug), ids["item"]
    seat = {"organisation": member.organisation.name, "name": "Luc Roy", "quality": "chair"}
    there = f"presence_{held.attendances.get().pk}"
    return {
        "governance-committee-edit": Edit(
            of(id=committee.pk), {"kind": "copil", "name": "Copil", "level": "local"}, committee
        ),
        "governance-member": Edit(
            of(id=committee.pk, member_id=member.pk), seat | {"since": day}, member
        ),
        "governance-meeting-edit": Edit(
            of(id=called.pk),
            {"starts_at": f"{day}T18:00", "formation": "plenary", "place": "Mairie"},
            called,
        ),
        "governance-convened": Edit(of(id=called.pk), {"convened_on": day}, called),
        "governance-cancel": Edit(of(id=called.pk), {"reason": "Neige"}, called),
        "governance-agenda": Edit(
            of(id=called.pk), {"new_kind": "decision", "new_title": "Halle"}, called
        ),
        "governance-attendance": Edit(of(id=held.pk), {there: "excused"}, held),
        "governance-outcome": Edit(of(id=held.pk, item_id=item), {"outcome": "Inscrite"}, held),
        "governance-close": Edit(of(id=held.pk), {"reference": "CR 1"}, held),
    }


def _alone(contract):
    """An element of the strategy that nothing answers."""
    return contract.strategy.get(title="Isolée")


def _unpaid(operation):
    return operation.lines.get(purpose="sans versement")


def acts_of(view: Any, seen: set[Any] | None = None) -> set[str]:
    """Names of the actions that a view may call, through the functions of ``web`` it goes by."""
    seen = set() if seen is None else seen
    if not isinstance(view, types.FunctionType) or view in seen:
        return set()
    seen.add(view)
    if ".actions" in view.__module__:
        known = inspect.signature(view).parameters.values()
        writes = any(p.name == "at" and p.kind is p.KEYWORD_ONLY for p in known)
        return {view.__name__} if writes else set()
    if not view.__module__.startswith("maillage.web"):
        return set()
    names = {name for code in _codes(view.__code__) for name in code.co_names}
    found = [cell.cell_contents for cell in view.__closure__ or ()]
    found += [view.__globals__.get(name) for name in names]
    modules = [one for one in found if isinstance(one, types.ModuleType)]
    found += [getattr(m, n, None) for m in modules if ".actions" in m.__name__ for n in names]
    return {act for one in found for act in acts_of(one, seen)}


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def views(patterns) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, pattern.callback


@pytest.fixture
def found(site, settings, tmp_path, country):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR = settings.DEMO = True
    settings.WRITES_PER_MINUTE = settings.DECISIONS_PER_MINUTE = 10**6
    world = made.make(country)
    by, at = world.lead, now()
    record_decision(
        contract=world.contract, kind="avenant", authority=Authority("copil", at.date(), "CR 2"),
        avenant=world.contract.avenants.get(), by=by, at=at,
    )  # fmt: skip
    add_node(contract=world.contract, parent=None, title="Isolée", by=by, at=at)
    fields = {"purpose": "sans versement", "asked": 10}
    add_line(operation=world.operation, source="region", by=by, at=at, fields=fields)
    answered = FundingLine.objects.filter(pk=world.lines["programme/state"].pk)
    answered.update(funder=world.body)
    return world


@pytest.fixture
def clients(found):
    reach = {"contract_id": found.contract.pk}
    lead = made.account("Camille", found.body, "project_lead", **reach)
    state = made.account("Karim", found.other, "prefecture", territory=made.RIVES)
    funder = made.account("Fatou", found.body, "funder", **reach)
    return {
        "lead": made.visitor(found, "lead", lead).client,
        "state": made.visitor(found, "state", state).client,
        "funder": made.visitor(found, "funder", funder).client,
        "operator": made.operator(found).client,
    }


@pytest.mark.django_db
def test_every_address_that_writes_takes_a_revision_or_has_nothing_to_lose(found):
    acts = {name: acts_of(view) for name, view in views(get_resolver().url_patterns)}
    writing = {name for name, done in acts.items() if done}
    taking = {name.split()[0] for name in edits(found)} | OTHERS
    assert writing - taking - set(NOTHING_TO_LOSE) == set(), "une révision, ou une raison"
    assert taking & set(NOTHING_TO_LOSE) == set()
    assert (taking | set(NOTHING_TO_LOSE)) - writing == set(), "ces adresses n’écrivent plus"
    assert all(len(reason) > 10 for reason in NOTHING_TO_LOSE.values())


def test_the_search_for_actions_finds_them():
    acts = {name: acts_of(view) for name, view in views(get_resolver().url_patterns)}
    assert acts["contracts-perimeter"] == {"propose_perimeter", "set_perimeter"}
    assert "enter_rows" in acts["operations-intake-enter"]
    assert acts["contracts-avenant"] == acts["contracts-journal"] == set()


def send(client, address: str, sent: Mapping[str, Any]):
    """The answer, and how many lines the journal gained; all is undone."""
    with transaction.atomic():
        before = JournalEntry.objects.count()
        answer = client.post(address, sent)
        wrote = JournalEntry.objects.count() - before
        transaction.set_rollback(True)
    return answer, wrote


@pytest.mark.django_db
def test_a_form_without_revision_or_late_writes_nothing(found, clients):
    """409 and both versions for what was typed; a button says to read again."""
    Operation.objects.filter(pk=found.operation.pk).update(stage="action", ready_on=now().date())
    for name, edit in edits(found).items():
        address = reverse(name.split()[0], kwargs=edit.parts)
        client, about = clients[edit.who], (name, edit.parts)
        answer, wrote = send(client, address, edit.sends)
        assert (answer.status_code in {302, 400}, wrote) == (True, 0), (about, answer.status_code)
        late = {**edit.sends, "revision": edit.row.revision + 7}
        answer, wrote = send(client, address, late)
        told = {409} if edit.shows else {302, 409}  # 409: a gate says what it lacks
        assert answer.status_code in told, (about, answer.status_code)
        assert wrote == 0, about
        if edit.shows:
            assert "entre-temps" in answer.content.decode() or "La vôtre" in answer.content.decode()


@pytest.mark.django_db
def test_the_same_forms_in_time_write(found, clients):
    """Proof that the forms above were refused for their revision alone."""
    for name, edit in edits(found).items():
        if name in {"operations-ready", "operations-unready"}:
            continue  # its gate asks for more: tests of operations
        address = reverse(name.split()[0], kwargs=edit.parts)
        sent = {**edit.sends, "revision": edit.row.revision}
        answer, wrote = send(clients[edit.who], address, sent)
        about = (name, answer.status_code, errors(answer))
        assert answer.status_code == 302, about
        assert wrote > 0, about


def errors(answer) -> list[str]:
    """What the page says is wrong."""
    return re.findall(r'role="alert">(.*?)</div>', answer.content.decode(), re.DOTALL)


@pytest.mark.django_db
def test_years_of_a_line_are_shown_side_by_side_then_saved_again(found, clients):
    line, year = found.lines["programme/state"], now().year
    parts = {"slug": found.contract.slug, "id": found.operation.pk, "line_id": line.pk}
    address = reverse("operations-line-spread", kwargs=parts)
    shown = clients["lead"].get(reverse("operations-line", kwargs=parts)).content.decode()
    form = shown[shown.index(address) :]
    revision = re.search(r'name="revision" value="(\d+)"', form)[1]
    theirs = {f"committed-{year}": "1000", f"payable-{year + 1}": "1000", "revision": revision}
    mine = {f"committed-{year}": "2000", f"payable-{year}": "0", "revision": revision}
    assert clients["lead"].post(address, theirs).status_code == 302
    page = clients["lead"].post(address, mine)
    text = page.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert page.status_code == 409
    assert f"Engagé en {year}" in text
    assert f"Payé en {year + 1}" in text
    assert "1 000 €" in text
    assert "2 000 €" in text
    assert [share.committed for share in line.years.all()] == [1000, 0]
    again = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
    assert clients["lead"].post(address, again).status_code == 302
    assert [(share.year, share.committed) for share in line.years.all()] == [(year, 2000)]


@pytest.mark.django_db
def test_a_difference_that_came_since_is_not_left_out_unseen(found, clients):
    """Only what the page showed is decided; two choices are shown side by side."""
    avenant = Avenant.objects.get(contract=found.contract)
    parts = {"slug": found.contract.slug, "number": avenant.number}
    page = clients["lead"].get(reverse("contracts-avenant", kwargs=parts)).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert shown
    add_node(contract=found.contract, parent=None, title="Arrivée depuis", by=found.lead, at=now())
    address = reverse("contracts-avenant-act", kwargs={**parts, "act": "choisir"})
    sent = {"shown": shown, "revision": avenant.revision}
    assert clients["lead"].post(address, sent).status_code == 302
    avenant.refresh_from_db()
    assert set(avenant.left_out) == set(shown)
    other = clients["lead"].post(address, {**sent, "change": shown})
    assert other.status_code == 409
    assert "non pris" in other.content.decode()
    assert "Isolée" in other.content.decode()


@pytest.mark.django_db
def test_a_row_and_an_entry_of_a_spreadsheet_are_judged_on_what_was_read(found, clients):
    intake = Intake.objects.get(pk=found.ids["intake"])
    parts = {"slug": found.contract.slug, "id": intake.pk}
    row, enter = (reverse(f"operations-intake-{name}", kwargs=parts) for name in ("row", "enter"))
    cell = {"sheet": "Tableau", "row": "2", "act": "correct", "cell-0": "Halle couverte"}
    assert clients["lead"].post(row, cell).status_code == 400
    mark = read_intake(intake).mark
    assert clients["lead"].post(row, cell | {"revision": "0"}).status_code == 302
    late = clients["lead"].post(row, cell | {"cell-0": "Halle neuve", "revision": "0"})
    assert late.status_code == 409
    assert "Halle couverte" in late.content.decode()
    assert "Halle neuve" in late.content.decode()
    assert clients["lead"].post(enter, {}).status_code == 400
    answer, wrote = send(clients["lead"], enter, {"seen": mark})
    assert (answer.status_code, wrote) == (302, 0)
    answer, wrote = send(clients["lead"], enter, {"seen": read_intake(intake).mark})
    assert wrote > 0


@pytest.mark.django_db
def test_several_operations_are_changed_at_the_revisions_that_were_shown(found, clients):
    address = reverse("operations-bulk", kwargs={"slug": found.contract.slug})
    operation = Operation.objects.get(pk=found.operation.pk)
    for ticked, writes in ((f"{operation.pk}:{operation.revision + 1}", False),
                           (f"{operation.pk}:{operation.revision}", True)):  # fmt: skip
        _, wrote = send(clients["lead"], address, {"operation": ticked, "status": "late"})
        assert (wrote > 0) is writes
