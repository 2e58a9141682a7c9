"""Whoever runs the site opens the first accesses, each over a territory."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.actions.invitations import invite, withdraw_invitation
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Invitation
from maillage.accounts.people import waiting_invitations
from maillage.accounts.perms import givable
from maillage.accounts.roles import ROLES
from maillage.territory.perimeter import parse_perimeter
from maillage.web.forms.access import SiteInviteForm
from maillage.web.letters import send_invitation
from maillage.web.viewers import RefusedError, now, require, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, do


@signed_in
def opening(request: HttpRequest) -> HttpResponse:
    """Invites somebody whose role holds over every contract of a territory."""
    require(request, "site.invite")
    form = SiteInviteForm(
        request.POST or None,
        usual=(),
        roles=givable(viewer(request), "site.invite"),
    )

    def act(given: dict[str, Any]) -> None:
        parse_perimeter(given["territory"], request.edition.geography)
        by, at = viewer(request), now()
        body = given["organisation"] or add_organisation(
            name=given["body"], nature=given["nature"], siren=given["siren"], by=by, at=at
        )
        made, token = invite(
            email=given["email"], name=given["name"], organisation=body, role=given["role"],
            territory=given["territory"].replace(" ", ""), by=by, at=at,
        )  # fmt: skip
        send_invitation(request, made, token)

    lead = "Le rôle vaudra pour tous les contrats qui touchent ce territoire."
    asked = Asked(
        "Ouvrir un accès", act, reverse("account"), lead=lead, button="Inviter",
        done="L’invitation est partie.",
    )  # fmt: skip
    waiting = waiting_invitations(now()).filter(contract_id=None)
    about = {"waiting": waiting, "roles": ROLES}
    return ask(request, None, form, asked, "web/accounts/opening.html", about)


@signed_in
@require_POST
def withdraw(request: HttpRequest, id: int) -> HttpResponse:
    """One of those above, in a role that may be given here."""
    require(request, "site.invite")
    found = get_object_or_404(Invitation, pk=id, contract_id=None)
    if found.role not in givable(viewer(request), "site.invite"):
        raise RefusedError
    return do(
        request,
        lambda: withdraw_invitation(invitation=found, by=viewer(request), at=now()),
        reverse("account-opening"),
        f"L’invitation de {found.name} est retirée : son lien n’ouvre plus rien.",
    )
