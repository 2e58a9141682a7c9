"""The governance of a contract, a committee, who sits in it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from maillage.contracts.models import Contract
from maillage.contracts.reading import reached
from maillage.governance.actions.committees import (
    EDITABLE,
    SEAT,
    add_member,
    create_committee,
    edit_committee,
    edit_member,
)
from maillage.governance.findings import SOURCE, governance_findings
from maillage.governance.models import Member
from maillage.governance.reading import meetings_of, members_at, sittings
from maillage.governance.tables import KINDS
from maillage.operations.owners import usual_owners
from maillage.web.forms import governance as forms
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for
from maillage.web.views.governance.here import committee_for, page_of_committee, shared


def governance(request: HttpRequest, slug: str) -> HttpResponse:
    """Every committee, the meetings to come and those that were held, what is to be looked at."""
    contract, subject = contract_for(request, slug, "contract.read")
    at = now()
    meetings = list(meetings_of(contract))
    found = shared(
        request, contract, subject,
        sittings=sittings(contract, at),
        findings=governance_findings(contract, at),
        source=SOURCE,
        coming=sorted(
            (m for m in meetings if m.status == "called" and m.starts_at >= at),
            key=lambda m: m.starts_at,
        ),
        past=[m for m in meetings if m.status != "called" or m.starts_at < at],
    )  # fmt: skip
    return render(request, "web/governance/governance.html", found)


def committee(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, subject, row = committee_for(request, slug, id)
    today = now().date()
    meetings = list(row.meetings.all())
    found = shared(
        request, contract, subject,
        committee=row,
        meaning=KINDS[row.kind].meaning,
        members=members_at(row, today),
        former=list(row.members.filter(until__lt=today).select_related("organisation")),
        coming=[m for m in reversed(meetings) if m.status == "called" and m.starts_at >= now()],
        past=[m for m in meetings if m.status != "called" or m.starts_at < now()],
        commons=list(row.shared_with.all()),
        here=row.contract_id == contract.pk,
    )  # fmt: skip
    return render(request, "web/governance/committee.html", found)


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    contract, _ = contract_for(request, slug, "committee.edit")
    initial = {"revision": 0, "kind": request.GET.get("nature", "copil")}
    form = forms.CommitteeForm(
        request.POST or None, initial=initial, others=_others(request, contract)
    )

    def act(given: dict[str, Any]) -> None:
        fields = {name: given[name] for name in EDITABLE if name != "closed_on"}
        create_committee(
            contract=contract, shared_with=_shared(given), by=viewer(request), at=now(), **fields
        )

    back = reverse("governance", args=[contract.slug])
    lead = "Sa composition est laissée aux partenaires : vous direz ensuite qui y siège."
    asked = Asked(
        "Constituer une instance", act, back, lead=lead, done="L’instance est constituée."
    )
    return ask(request, contract, form, asked)


@signed_in
def edit(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _, row = committee_for(request, slug, id, "committee.edit")
    initial = {name: getattr(row, name) for name in EDITABLE} | {
        "revision": row.revision,
        "shared_with": list(row.shared_with.all()),
    }
    form = forms.CommitteeForm(
        request.POST or None, initial=initial, others=_others(request, contract)
    )

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in EDITABLE}
        changes["name"] = changes["name"] or KINDS[changes["kind"]].label
        edit_committee(
            committee=row, revision=given["revision"], changes=changes,
            shared_with=_shared(given), by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(f"Modifier : {row.name}", act, page_of_committee(contract, row))
    return ask(request, contract, form, asked)


def _others(request: HttpRequest, contract: Contract) -> QuerySet[Contract]:
    """Contracts the same person may set committees up for: nobody is drawn in unasked."""
    return reached(viewer(request), "committee.edit").exclude(pk=contract.pk)


def _shared(given: dict[str, Any]) -> list[Contract]:
    return list(given.get("shared_with") or ())


@signed_in
def seat(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _, row = committee_for(request, slug, id, "committee.edit")
    initial = {"revision": row.revision, "since": now().date(), "quality": "voting"}
    form = forms.MemberForm(request.POST or None, initial=initial, usual=usual_owners(contract))

    def act(given: dict[str, Any]) -> None:
        fields = {name: given[name] for name in SEAT if name != "until"}
        add_member(committee=row, by=viewer(request), at=now(), **fields)

    asked = Asked(
        "Ajouter un membre", act, page_of_committee(contract, row),
        lead=f"{row.name}. Nommez une personne, ou une fonction quand elle suffit.",
        button="Ajouter", done="Le membre est ajouté.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
def edit_seat(request: HttpRequest, slug: str, id: int, member_id: int) -> HttpResponse:
    contract, _, row = committee_for(request, slug, id, "committee.edit")
    rows = Member.objects.select_related("committee__contract", "organisation")
    member = get_object_or_404(rows, pk=member_id, committee=row)
    initial = {name: getattr(member, name) for name in SEAT} | {"revision": member.revision}
    form = forms.MemberForm(request.POST or None, initial=initial, usual=usual_owners(contract))

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in SEAT}
        edit_member(
            member=member, revision=given["revision"], changes=changes,
            by=viewer(request), at=now(),
        )  # fmt: skip

    lead = "Qui ne siège plus n’est pas retiré : dites jusqu’à quel jour il a siégé."
    asked = Asked(
        f"Membre : {member.name or member.function}", act, page_of_committee(contract, row),
        lead=lead,
    )  # fmt: skip
    return ask(request, contract, form, asked)
