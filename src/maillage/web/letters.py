"""Letters sent by e-mail: plain French text, written as templates."""

from typing import Any

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string

from maillage.common.french import typeset


def send(request: HttpRequest, to: str, name: str, about: dict[str, Any]) -> None:
    """``letters/<name>.txt``, whose first line is the subject."""
    text = render_to_string(f"web/letters/{name}.txt", {**about, "site": request.get_host()})
    subject, _, body = text.strip().partition("\n")
    send_mail(typeset(subject.strip()), typeset(body.strip()) + "\n", None, [to])
