"""Letters sent by e-mail: plain French text, written as templates."""

from typing import Any

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime

from maillage.accounts.models import Invitation
from maillage.accounts.roles import ROLES
from maillage.common.french import long_date, typeset
from maillage.operations.models import Proposal


def send(request: HttpRequest, to: str, name: str, about: dict[str, Any]) -> None:
    """``letters/<name>.txt``, whose first line is the subject."""
    text = render_to_string(f"web/letters/{name}.txt", {**about, "site": request.get_host()})
    subject, _, body = text.strip().partition("\n")
    send_mail(typeset(subject.strip()), typeset(body.strip()) + "\n", None, [to])


def send_invitation(request: HttpRequest, made: Invitation, token: str, contract: str = "") -> None:
    """The personal link, to whom it is for."""
    about = {
        "invitation": made,
        "by": request.user.name,
        "role": ROLES[made.role].label,
        "contract": contract,
        "address": request.build_absolute_uri(reverse("invitation", args=[token])),
    }
    send(request, made.email, "invitation", about)


def send_answer(request: HttpRequest, proposal: Proposal) -> None:
    """What became of a fiche, to the address left with it: nobody is named, no operation of the
    contract is told."""
    about = {
        "proposal": proposal,
        "contract": proposal.contract,
        "received": long_date(localtime(proposal.received_at).date()),
    }
    send(request, proposal.contact, "proposal", about)
