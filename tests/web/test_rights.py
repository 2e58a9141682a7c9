"""Every address × every role: what the declared table grants is open, all else is refused, and no
answer tells an amount that its reader may not see."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from pypdf import PdfReader
from tests.web import contract_world as made

from maillage.accounts.actions.links import revoke_link
from maillage.accounts.models import JournalEntry, ReadLink
from maillage.accounts.perms import RIGHTS, Subject, can, givable
from maillage.accounts.roles import ROLES
from maillage.operations.actions.views import make_feed
from maillage.operations.models import FundingLine
from maillage.operations.reminders import reminder
from maillage.operations.requests import as_requests, lines_asked
from maillage.operations.visibility import visible_lines
from maillage.web.page_rights import OPEN_DATA, PAGES, WORDS, addresses
from maillage.web.viewers import now

pytestmark = pytest.mark.slow
GRANTED = [role.id for role in ROLES.values() if role.granted]
#: Pages where every amount is told to whoever may see it.
TELLING = {"operations-operation", "operations-line", "maquettes", "operations-proposals"}
#: In which formats a document is asked for; PDF, slow to write, have a test of their own.
DATA, PAPERS = ("xlsx", "ods"), ("docx", "odt")
EXTENSIONS = {
    "operations-committee": ("pptx", "odp"),
    "operations-return": ("csv", "json"),
    **dict.fromkeys(
        (
            *("contracts-paper", "contracts-strategy-paper", "contracts-version-paper"),
            *("contracts-avenant-paper", "contracts-method-paper", "operations-paper"),
            *("governance-convocation", "governance-record"),
        ),
        PAPERS,
    ),
}
#: The role that an address takes back: whoever could not give it is refused.
GIVEN = {"contracts-access-close": "partner", "contracts-invite-withdraw": "elected"}
NAMED = {"project_lead", "funder", "planning_agency", "partner"}


def test_every_address_says_what_it_asks():
    """The table names every address, and asks nothing that the table of rights does not have."""
    named = addresses(get_resolver().url_patterns)
    names = [name for name, path in named if not path.startswith(OPEN_DATA)]
    known = set(names)
    assert len(names) == len(known), "deux adresses portent le même nom"
    assert known - set(PAGES) == set(), "déclarez ces adresses dans web/rights.yaml"
    assert set(PAGES) - known == set(), "ces adresses n’existent plus"
    assert {ask for asks in PAGES.values() for ask in asks} <= set(RIGHTS) | set(WORDS)


def test_every_right_of_a_page_is_asked_somewhere():
    """A right that no address asks protects nothing, save those that choose what is shown."""
    asked = {ask for asks in PAGES.values() for ask in asks}
    shown = {
        *("lines.see_state", "lines.see_drafts", "lines.see_simulations", "organisation.edit"),
    }
    assert set(RIGHTS) - asked - shown == set()


@pytest.fixture
def found(site, settings, tmp_path, country):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR = settings.DEMO = True
    settings.WRITES_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 10**6
    settings.KNOCKS_PER_MINUTE = settings.REMARKS_PER_MINUTE = 10**6
    settings.DECISIONS_PER_MINUTE = settings.DOWNLOADS_PER_MINUTE = 10**6
    return made.make(country)


def targets(found, who) -> Iterator[tuple[str, dict, str, Subject]]:
    """Each address with real objects: name, its parts, the action it asks there, on what."""
    ids, slug = found.ids, {"slug": found.contract.slug}
    here, of_operation = found.subject, found.of_operation
    own = Subject(here.contract_id, here.places, frozenset({found.body.pk}), here.published)
    one = slug | {"id": found.operation.pk}
    parts = {
        "contracts-integrate": {"id": ids["programme"]},
        "contracts-party": {"id": ids["party"]},
        "contracts-party-remove": {"id": ids["party"]},
        "contracts-scan": {"id": ids["signature"]},
        "contracts-signature-withdraw": {"id": ids["signature"]},
        "contracts-minutes": {"id": ids["decision"]},
        "contracts-minutes-add": {"id": ids["decision"]},
        "contracts-rectify": {"id": ids["decision"]},
        "contracts-forget": {"id": ids["programme"]},
        "contracts-strategy": {"id": ids["node"]},
        "contracts-strategy-remove": {"id": ids["node"]},
        "contracts-version": {"id": ids["version"]},
        "contracts-withdraw": {"id": ids["version"]},
        "contracts-avenant": {"number": ids["avenant"]},
        "contracts-access-close": {"id": ids["membership"]},
        "contracts-invite-withdraw": {"id": ids["invitation"]},
        "contracts-link-revoke": {"id": ids["link"]},
        "contracts-version-paper": {"id": ids["version"]},
        "contracts-avenant-paper": {"number": ids["avenant"]},
        "maquettes-annexes": dict(zip(("year", "rank"), ids["maquette"], strict=True)),
        "operations-forget": {"view_id": who.view_id},
        "operations-proposal": {"id": ids["proposal"]},
        "operations-merge": {"id": ids["proposal"]},
        "operations-revoke": {"id": ids["proposal_link"]},
        "operations-file": {"file_id": ids["file"]},
        "operations-file-remove": {"file_id": ids["file"]},
        "operations-indicator-remove": {"link_id": ids["indicator"]},
        "operations-call-remove": {"call_id": ids["call"]},
        "operations-aim": {"call_id": ids["call"]},
        "maquettes-frozen": dict(zip(("year", "rank"), ids["maquette"], strict=True)),
        "maquettes-download": dict(zip(("year", "rank"), ids["maquette"], strict=True)),
    }
    parts |= _governance(ids)
    special = {
        "contracts-step": [
            ({"step": step}, right)
            for step, right in (("expire", "contract.advance"), ("terminate", "contract.end"))
        ],
        "contracts-avenant-act": [
            ({"number": ids["avenant"], "act": act}, right)
            for act, right in (
                *((act, "avenant.edit") for act in ("choisir", "arreter", "abandonner")),
                ("appliquer", "contract.advance"),
            )
        ],
        "operations-line-add": [
            ({"kind": "ligne"}, "operation.edit"),
            ({"kind": "brouillon"}, "operation.edit"),
            ({"kind": "simulation"}, "lines.simulate"),
        ],
    }
    for name, path in addresses(get_resolver().url_patterns):
        if path.startswith(OPEN_DATA) or PAGES[name][0] in WORDS or not _contract_room(path):
            continue
        ask = PAGES[name][0]
        base = slug if "<int:id>" not in path or name in parts else one
        base = one if path.startswith("contrats/<slug:slug>/operations/<int:id>/") else base
        about = of_operation if base is one else here
        if "<str:ext>" in path:
            kept = parts["maquettes-frozen"] if "<int:year>" in path else {}
            of = base | kept | parts.get(name, {})
            yield from ((name, of | {"ext": ext}, ask, about) for ext in EXTENSIONS.get(name, DATA))
        elif "<int:line_id>" in path and path.startswith("contrats/"):
            for line in found.lines.values():
                right = "lines.simulate" if line.kind == "simulation" else "operation.edit"
                of_line = one | {"line_id": line.pk}
                if "<int:payment_id>" in path:
                    of_line |= {"payment_id": line.payments.first().pk}
                yield name, of_line, right, about
        elif "operations-intake" in name and "<int:id>" in path:
            yield name, slug | {"id": ids["intake"]}, ask, here
        elif name == "contracts-scan-add":
            yield name, slug | {"id": ids["signature"]}, ask, own
        elif name == "contracts-sign":
            yield name, slug | {"id": ids["party"], "text": "methode"}, ask, own
        elif name in special:
            for more, right in special[name]:
                yield name, base | more, right, about
        else:
            yield name, base | parts.get(name, {}), ask, about


def _governance(ids) -> dict[str, dict]:
    """Committees, seats, meetings: addresses of what is still to come, and of what was held."""
    names = ("committee", "called", "held", "closed")
    committee, called, held, closed = ({"id": ids[name]} for name in names)
    of_committee = ("committee", "committee-edit", "member-add", "call")
    of_called = ("meeting-edit", "convened", "cancel", "agenda", "convocation", "ics")
    of_held = ("meeting", "attendance", "decide-besides", "attach", "close", "record")
    return {
        **{f"governance-{name}": committee for name in of_committee},
        **{f"governance-{name}": called for name in of_called},
        **{f"governance-{name}": held for name in of_held},
        **{f"governance-{name}": closed for name in ("minutes", "correct")},
        **{f"governance-{name}": held | {"item_id": ids["item"]} for name in ("outcome", "decide")},
        "governance-member": committee | {"member_id": ids["member"]},
    }


def _contract_room(path: str) -> bool:
    return path.startswith("contrats/<slug:slug>/")


def allows(found, who, name: str, right: str, subject: Subject, parts: dict) -> bool:
    """What the table says; a line must be seen too, and a contract’s public face be public."""
    if name in {"contracts-contract", "contracts-public"}:
        return any(can(who.viewer, right, subject) for right in PAGES[name])
    if name in {"operations-keep", "operations-forget"} and who.viewer.person_id is None:
        return False
    if not can(who.viewer, "contract.read", subject):
        return False
    if "line_id" in parts:
        seen = visible_lines(who.viewer, found.contract).filter(pk=parts["line_id"])
        return seen.exists() and can(who.viewer, right, subject)
    if name in GIVEN:
        return GIVEN[name] in givable(who.viewer, right, subject)
    return can(who.viewer, right, subject)


def refused(answer) -> bool:
    """At the door, at the second factor, forbidden, or said not to exist."""
    doors = ("/connexion/", "/compte/second-facteur/")
    return answer.status_code in {403, 404} or (
        answer.status_code == 302 and answer.url.startswith(doors)
    )


def ask(client, method: str, address: str):
    """The answer to it; whatever it wrote is undone."""
    with transaction.atomic():
        lines = JournalEntry.objects.count()
        answer = getattr(client, method)(address)
        answer.wrote = JournalEntry.objects.count() != lines
        answer.told = told(answer) if method == "get" or answer.status_code != 302 else ""
        transaction.set_rollback(True)
    return answer


def told(answer) -> str:
    """Everything that an answer says, with no space: PDF and office files are opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r"[\s\u00a0\u202f\u2009]|&nbsp;", "", _text(body))


def _text(body: bytes) -> str:
    if body.startswith(b"%PDF-1.7 x"):
        return ""
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return _unpacked(body) if body.startswith(b"PK") else body.decode(errors="ignore")


def _unpacked(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return " ".join(_text(part) for part in parts)


def hidden(found, viewer) -> set[str]:
    """Amounts of the lines that the viewer does not see, and their file numbers."""
    seen = set(visible_lines(viewer, found.contract).values_list("pk", flat=True))
    lines = [cell for cell, line in found.lines.items() if line.pk not in seen]
    amounts = {str(number) for cell in lines for number in made.AMOUNTS[cell]}
    amounts.add(made.UNPUBLISHED)
    amounts |= {f"DOSSIER-{made.AMOUNTS[cell][0]}" for cell in lines}
    if not can(viewer, "proposal.handle", found.subject):
        amounts.add(str(made.PROPOSED))
    return amounts


def walk(found, who) -> tuple[int, int]:
    """Asks every address as this visitor; how many were open, how many refused."""
    unseen, opened, closed = hidden(found, who.viewer), 0, 0
    for name, parts, right, subject in targets(found, who):
        address, allowed = reverse(name, kwargs=parts), None
        allowed = allows(found, who, name, right, subject, parts)
        for method in ("get", "post"):
            answer = ask(who.client, method, address)
            if answer.status_code == 405:
                continue
            about = (who.name, method, address, right, answer.status_code)
            assert answer.status_code < 500, about
            assert refused(answer) is not allowed, about
            assert allowed or not answer.wrote, about
            leaks = {amount for amount in unseen if amount in answer.told}
            assert not leaks, (*about, leaks)
            opened, closed = opened + allowed, closed + (not allowed)
    return opened, closed


def reach(found, role: str) -> dict:
    return {"contract_id": found.contract.pk} if role in NAMED else {"territory": made.RIVES}


@pytest.mark.django_db
@pytest.mark.parametrize("role", GRANTED)
def test_every_role_on_every_address(found, role):
    """For their own operations, then for those of another organisation."""
    mine = made.account("Camille", found.body, role, **reach(found, role))
    opened, closed = walk(found, made.visitor(found, role, mine))
    assert opened > 0
    assert closed > 0
    if any(right.roles.get(role) == "own" for right in RIGHTS.values()):
        other = made.account("Dominique", found.other, role, **reach(found, role))
        walk(found, made.visitor(found, f"{role} d’un autre organisme", other))


@pytest.mark.django_db
@pytest.mark.parametrize("published", [False, True])
def test_whoever_has_no_account(found, published):
    if published:
        found.contract.published_on = now().date()
        found.contract.save()
    visitors = (
        made.visitor(found, "public", None),
        made.operator(found),
        made.reader(found),
    )
    for who in visitors:
        opened, _ = walk(found, who)
        faces = 4  # the public face of a published contract, asked twice: two pages
        assert (opened > faces) is (who.name == "link_reader"), who.name


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["project_lead", "prefecture"])
def test_elsewhere_formerly_and_without_a_second_factor(found, role):
    """The same roles on another contract or territory, ended yesterday, or not proven."""
    there = {"contract_id": 9999} if role in NAMED else {"territory": "200000002"}
    ended = now().date() - timedelta(days=1)
    away = made.account("Ailleurs", found.body, role, **there)
    past = made.account("Ancienne", found.body, role, until=ended, **reach(found, role))
    weak = made.account("Faible", found.body, role, **reach(found, role))
    assert walk(found, made.visitor(found, "ailleurs", away))[0] == 0
    assert walk(found, made.visitor(found, "ancienne", past))[0] == 0
    who = made.visitor(found, "sans second facteur", weak, strong=False)
    assert walk(found, who)[0] > 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["funder", "region", "sgar", "project_lead"])
def test_printed_documents_keep_the_same_secrets(found, role):
    """The same search, in what is printed and in the archive."""
    person = made.account("Camille", found.body, role, **reach(found, role))
    who = made.visitor(found, role, person)
    unseen, printed = hidden(found, who.viewer), 0
    for name, parts, _, _ in targets(found, who):
        if parts.get("ext") in {"docx", "pptx"}:
            answer = ask(who.client, "get", reverse(name, kwargs=parts | {"ext": "pdf"}))
            assert answer.status_code == 200, (name, answer.status_code)
            assert {amount for amount in unseen if amount in answer.told} == set(), (role, name)
            printed += 1
    assert printed == 9


@pytest.mark.django_db
def test_a_link_that_ended_opens_nothing_more(found):
    who = made.reader(found)
    assert walk(found, who)[0] > 0
    link = ReadLink.objects.get(pk=found.ids["link"])
    revoke_link(link=link, by=found.lead, at=now())
    assert walk(found, made.visitor(found, "ancien lien", None))[0] == 0
    assert refused(who.client.get(f"/contrats/{found.contract.slug}/"))
    assert who.client.get(f"/lien/{found.ids['token']}/").status_code == 410


@pytest.mark.django_db
def test_the_amounts_are_there_for_whoever_may_see_them(found):
    """Proof that the search above can find: each amount is told to one role at least."""
    shown = set()
    for role in ("project_lead", "prefecture"):
        person = made.account("Camille", found.body, role, **reach(found, role))
        who = made.visitor(found, role, person)
        for name, parts, _, _ in targets(found, who):
            if name in {
                "operations-operation",
                "operations-line",
                "maquettes",
                "operations-proposals",
            }:
                shown.add(ask(who.client, "get", reverse(name, kwargs=parts)).told)
    text = " ".join(shown)
    expected = {str(n) for numbers in made.AMOUNTS.values() for n in numbers} | {str(made.PROPOSED)}
    assert {number for number in expected if number not in text} == set()
    assert FundingLine.objects.count() == len(made.AMOUNTS) + 1
    assert "Voisin" in text


#: Outside contracts: name -> its parts, from the objects of the world.
OTHERS = {
    "contracts": {},
    "contracts-import": {},
    "operations-sources": {},
    "mentions": {},
    "search": {},
    "remarks": {},
    "remarks-new": {},
    "remarks-thanks": {},
    "remarks-moderation": {},
    "remarks-decide": {"number": "remark"},
    "account": {},
    "account-password": {},
    "account-factor": {},
    "account-codes": {},
    "account-close-session": {},
    "account-export": {},
    "account-delete": {},
    "account-opening": {},
    "funder": {},
    "tasks": {},
    "tasks-feed": {},
    "contracts-create": {},
}


@pytest.mark.django_db
def test_the_rooms_around_contracts(found):
    """Lists, accounts, moderation, tasks: open to whom the table says, and no amount leaks."""
    people = {
        role: made.account("Camille", found.body, role, **reach(found, role)) for role in GRANTED
    }
    visitors = [made.visitor(found, role, person) for role, person in people.items()]
    visitors += [made.visitor(found, "public", None), made.operator(found), made.reader(found)]
    for who in visitors:
        unseen = hidden(found, who.viewer) - asked_of(who.viewer)
        for name, parts in OTHERS.items():
            address = reverse(name, kwargs={k: found.ids[v] for k, v in parts.items()})
            allowed = may(who.viewer, PAGES[name][0])
            for method in ("get", "post"):
                answer = ask(who.client, method, address)
                about = (who.name, method, address, answer.status_code)
                if answer.status_code == 405 or name in {"account-codes", "account-factor"}:
                    assert allowed or answer.status_code in {302, 405}, about
                    continue
                assert refused(answer) is not allowed, about
                leaks = {amount for amount in unseen if amount in answer.told}
                assert not leaks, (*about, leaks)


def asked_of(viewer) -> set[str]:
    """Amounts of the lines that the viewer has to answer, on behalf of who is asked to pay."""
    asked = {request.row.pk for request in as_requests(lines_asked(viewer))}
    numbers = {(line.kind + "/" + line.level) for line in FundingLine.objects.filter(pk__in=asked)}
    return {str(n) for cell in numbers for n in made.AMOUNTS[cell]}


def may(viewer, asked: str) -> bool:
    """A word of the table of addresses, or an action on the site itself."""
    if asked == "contract.create":
        reaches = RIGHTS[asked].roles
        return viewer.strong and any(c.role in reaches for c in viewer.capacities)
    if asked in WORDS:
        return asked == "everyone" or viewer.person_id is not None
    return can(viewer, asked)


@pytest.mark.django_db
@pytest.mark.parametrize("role", GRANTED)
def test_letters_and_calendars_tell_no_more_than_pages(found, role):
    """The digest of what waits and the calendar feed go by other ways: same eyes."""
    person = made.account("Camille", found.body, role, **reach(found, role))
    who = made.visitor(found, role, person)
    unseen = hidden(found, who.viewer)
    token = make_feed(by=who.viewer, at=now())
    letter = reminder(person, now().date(), "https://exemple.fr")
    feed = Client().get(f"/a-faire/calendrier/{token}.ics")
    text = told(feed) + re.sub(r"\s", "", letter.body if letter else "")
    assert feed.status_code == 200
    assert {amount for amount in unseen if amount in text} == set()
    person.is_active = False
    person.save()
    assert Client().get(f"/a-faire/calendrier/{token}.ics").status_code == 404


@pytest.mark.django_db
def test_a_funder_answers_for_its_own_lines_only(found):
    """404 for a line asked of somebody else: nobody learns that it exists."""
    line = found.lines["programme/parties"]
    FundingLine.objects.filter(pk=line.pk).update(funder=found.body, source="ademe")
    mine = made.account("Camille", found.body, "funder", contract_id=found.contract.pk)
    other = made.account("Dominique", found.other, "funder", contract_id=found.contract.pk)
    address = reverse("funder-answer", kwargs={"line_id": line.pk})
    assert ask(made.visitor(found, "mien", mine).client, "post", address).status_code == 400
    stranger = made.visitor(found, "autre", other)
    assert ask(stranger.client, "post", address).status_code == 404
    page = ask(stranger.client, "get", reverse("funder")).told
    assert str(made.AMOUNTS["programme/parties"][0]) not in page
    weak = made.visitor(found, "faible", mine, strong=False)
    assert refused(ask(weak.client, "post", address))
