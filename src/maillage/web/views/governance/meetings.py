"""A meeting before it is held: its page, its convocation, its agenda."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.perms import Subject
from maillage.contracts.models import Contract
from maillage.contracts.tables import OPINIONS
from maillage.governance.actions.meetings import (
    EDITABLE,
    call_meeting,
    cancel_meeting,
    convene,
    edit_meeting,
    write_agenda,
)
from maillage.governance.models import AgendaItem, Attendance, Meeting
from maillage.governance.proposals import proposed
from maillage.governance.reading import attachable, quorum_of, reference_of, title_of
from maillage.web.forms import governance as forms
from maillage.web.forms.agenda import AgendaForm
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask
from maillage.web.views.governance.here import (
    committee_for,
    meeting_for,
    page_of_committee,
    page_of_meeting,
    shared,
)

#: What each presence is counted under, in the order of a list of attendance.
THERE = ("present", "represented", "excused", "absent", "invited")


def meeting(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Before: when, where, who is invited, the agenda. After: who came, what was decided."""
    contract, subject, row = meeting_for(request, slug, id)
    here = row.committee.contract_id == contract.pk
    attendances = list(row.attendances.select_related("member"))
    found = shared(
        request, contract, subject,
        meeting=row,
        committee=row.committee,
        title=title_of(row),
        reference=reference_of(row),
        quorum=quorum_of(row, attendances),
        agenda=agenda_of(row),
        attendances=attendances,
        groups=_groups(attendances),
        addresses=[a.member.email for a in attendances if a.member.email],
        corrections=list(row.corrections.all()),
        here=here,
        past=row.starts_at <= now(),
        loose=attachable(row, [row.committee.contract]) if here else [],
        opinions=OPINIONS,
    )  # fmt: skip
    return render(request, "web/governance/meeting.html", found)


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """In order, with what each item is about and the decision that answers it."""
    rows = meeting.items.select_related("operation__contract", "avenant__contract")
    return list(rows.select_related("decision__contract", "decision__rectified_by"))


def _groups(rows: list[Attendance]) -> list[tuple[str, list[Attendance]]]:
    """By presence, those who came first; nothing for a presence that nobody has."""
    return [(p, held) for p in THERE if (held := [row for row in rows if row.presence == p])]


@signed_in
def call(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _, row = committee_for(request, slug, id, "meeting.edit")
    form = forms.MeetingForm(request.POST or None, initial={"revision": row.revision})

    def act(given: dict[str, Any]) -> None:
        fields = {name: given[name] for name in EDITABLE}
        call_meeting(committee=row, by=viewer(request), at=now(), **fields)

    asked = Asked(
        "Convoquer une réunion", act, page_of_committee(contract, row),
        lead=f"{row.name}. Ses membres sont invités ; la convocation s’imprime ensuite.",
        button="Convoquer", done="La réunion est convoquée : écrivez son ordre du jour.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def edit(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    initial = {name: getattr(row, name) for name in EDITABLE} | {"revision": row.revision}
    form = forms.MeetingForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in EDITABLE}
        edit_meeting(
            meeting=row, revision=given["revision"], changes=changes, by=viewer(request), at=now()
        )

    lead = "Les membres qui siègent à la nouvelle date sont invités aussi."
    asked = Asked("Modifier la convocation", act, page_of_meeting(contract, row), lead=lead)
    return ask(request, contract, form, asked)


@signed_in
def convened(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Its convocation left: nobody is reminded of it any more."""
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    initial = {"revision": row.revision, "convened_on": now().date()}
    form = forms.ConvenedForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        convene(
            meeting=row, revision=given["revision"], day=given["convened_on"],
            by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        "Dire la convocation envoyée", act, page_of_meeting(contract, row),
        lead=f"{title_of(row)}. Déplacer la réunion demandera d’en envoyer une nouvelle.",
        button="C’est envoyé", done="La convocation est dite envoyée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def cancel(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _, row = meeting_for(request, slug, id, "meeting.edit")
    form = forms.CancelForm(request.POST or None, initial={"revision": row.revision})

    def act(given: dict[str, Any]) -> None:
        cancel_meeting(
            meeting=row, revision=given["revision"], reason=given["reason"],
            by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        "Annuler la réunion", act, page_of_meeting(contract, row), lead=title_of(row),
        button="Annuler la réunion", done="La réunion est annulée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def agenda(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """What is on it, and what the state of the contract suggests: one ticks and orders."""
    contract, subject, row = meeting_for(request, slug, id, "meeting.edit")
    form = AgendaForm(
        request.POST or None,
        initial={"revision": row.revision},
        items=list(row.items.all()),
        suggested=_suggested(request, contract, subject, row),
    )

    def act(given: dict[str, Any]) -> None:
        write_agenda(
            meeting=row, revision=given["revision"], points=form.points(),
            by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        "Ordre du jour", act, page_of_meeting(contract, row, "#ordre-du-jour"), lead=title_of(row),
        button="Enregistrer l’ordre du jour", done="L’ordre du jour est enregistré.",
    )  # fmt: skip
    about = shared(request, contract, subject)
    return ask(request, contract, form, asked, "web/governance/agenda.html", about)


def _suggested(
    request: HttpRequest, contract: Contract, subject: Subject, row: Meeting
) -> tuple[Any, ...]:
    return proposed(viewer(request), contract, subject, row, now().date())
