"""Who has access to a contract: people, invitations, read-only links."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.actions.invitations import invite, withdraw_invitation
from maillage.accounts.actions.links import make_link, revoke_link
from maillage.accounts.actions.memberships import close_membership
from maillage.accounts.models import Invitation, Membership, ReadLink
from maillage.accounts.people import members_of, waiting_invitations
from maillage.accounts.perms import Subject, givable
from maillage.accounts.roles import ROLES
from maillage.operations.owners import usual_owners
from maillage.web.forms.access import InviteForm, LinkForm
from maillage.web.letters import send_invitation
from maillage.web.viewers import RefusedError, allowed, now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, do, page_of


@signed_in
def access(request: HttpRequest, slug: str) -> HttpResponse:
    contract, subject = contract_for(request, slug, "access.read")
    links = ReadLink.objects.filter(contract_id=contract.pk, revoked_at=None, expires_at__gt=now())
    found = {
        "contract": contract,
        "members": members_of(contract.pk, now().date()),
        "roles": ROLES,
        "waiting": waiting_invitations(now()).filter(contract_id=contract.pk),
        "links": links.select_related("made_by").order_by("expires_at"),
        "closable": givable(viewer(request), "access.close", subject),
        "may_invite": allowed(request, "access.invite", subject),
        "may_link": allowed(request, "access.link", subject),
    }
    return render(request, "web/contracts/access.html", found)


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    contract, subject = contract_for(request, slug, "access.invite")
    form = InviteForm(
        request.POST or None,
        usual=usual_owners(contract),
        roles=givable(viewer(request), "access.invite", subject),
    )

    def act(given: dict[str, Any]) -> None:
        made, token = invite(contract_id=contract.pk, by=viewer(request), at=now(), **given)
        send_invitation(request, made, token, contract.name)

    lead = "La personne reçoit un lien personnel, valable quatorze jours."
    asked = Asked(
        "Inviter une personne", act, page_of(contract, "acces/"), lead=lead, button="Inviter",
        done="L’invitation est partie.",
    )  # fmt: skip
    return ask(request, contract, form, asked)


@signed_in
@require_POST
def withdraw(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """By whoever could have sent it, whoever did."""
    contract, subject = contract_for(request, slug, "access.close")
    found = get_object_or_404(Invitation, pk=id, contract_id=contract.pk)
    _require_givable(request, found.role, subject)
    return do(
        request,
        lambda: withdraw_invitation(invitation=found, by=viewer(request), at=now()),
        page_of(contract, "acces/"),
        f"L’invitation de {found.name} est retirée : son lien n’ouvre plus rien.",
    )


def _require_givable(request: HttpRequest, role: str, subject: Subject) -> None:
    """What one could not give, one does not take back. RefusedError."""
    if role not in givable(viewer(request), "access.close", subject):
        raise RefusedError


@signed_in
@require_POST
def close(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, subject = contract_for(request, slug, "access.close")
    rows = Membership.objects.select_related("person")
    membership = get_object_or_404(rows, pk=id, contract_id=contract.pk)
    _require_givable(request, membership.role, subject)
    return do(
        request,
        lambda: close_membership(
            membership=membership, until=now().date(), by=viewer(request), at=now()
        ),
        page_of(contract, "acces/"),
        "L’accès prend fin aujourd’hui.",
    )


@signed_in
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """The address is shown once: nothing keeps it."""
    contract, _ = contract_for(request, slug, "access.link")
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, token = make_link(
            contract_id=contract.pk, by=viewer(request), at=now(), **form.cleaned_data
        )
        address = request.build_absolute_uri(reverse("read-link", args=[token]))
        found = {"contract": contract, "link": made, "address": address}
        response = render(request, "web/contracts/link.html", found)
        response["Cache-Control"] = "no-store"
        return response
    lead = "Qui tient ce lien lit le contrat sans compte, jusqu’au terme du lien."
    asked = Asked(
        "Donner un lien de lecture",
        lambda _: None,
        page_of(contract, "acces/"),
        lead=lead,
        button="Faire le lien",
    )
    return ask(request, contract, form, asked)


@signed_in
@require_POST
def revoke(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "access.link")
    found = get_object_or_404(ReadLink, pk=id, contract_id=contract.pk)
    return do(
        request,
        lambda: revoke_link(link=found, by=viewer(request), at=now()),
        page_of(contract, "acces/"),
        "Le lien n’ouvre plus rien.",
    )
