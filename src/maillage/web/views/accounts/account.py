"""One’s own account: roles, sessions, password, second factor, export, deletion."""

import io
from typing import Any

import pyotp
import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from maillage.accounts.actions import accounts as closing
from maillage.accounts.actions.accounts import change_password, delete_account
from maillage.accounts.actions.factors import confirm_factor, renew_codes, use_factor
from maillage.accounts.export import everything_about
from maillage.accounts.models import AccountSession, Person
from maillage.accounts.roles import ROLES
from maillage.accounts.tokens import digest
from maillage.common.errors import InputError
from maillage.web.browsers import browser_named
from maillage.web.forms.accounts import ChangePasswordForm, CodeForm, DeleteForm, RemindersForm
from maillage.web.tries import count, held
from maillage.web.viewers import STRONG, now, signed_in, viewer
from maillage.web.views.accounts.signing import safe
from maillage.web.views.throttle import per_minute

DRAWN = "totp_drawn"


def _limit() -> int:
    return int(settings.KNOCKS_PER_MINUTE)


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    found = {
        "roles": [(c.title, sorted(c.places)) for c in viewer(request).capacities],
        "sessions": [
            (s, browser_named(s.agent), digest(s.session_key)) for s in _sessions(request)
        ],
        "here": digest(request.session.session_key),
        "left": request.user.recovery_codes.filter(used_at=None).count(),
        "meanings": ROLES,
        "reminders": RemindersForm(initial={"frequency": request.user.reminders}),
    }
    return render(request, "web/accounts/account.html", found)


def _sessions(request: HttpRequest) -> list[AccountSession]:
    held = request.user.sessions.filter(expire_date__gt=now())
    return list(held.order_by("-seen_at"))


@signed_in
@require_POST
def close_session(request: HttpRequest) -> HttpResponse:
    """One of one’s own, never another’s; pages name a session by a digest, not by its key."""
    wanted = request.POST.get("session", "")
    for session in _sessions(request):
        if digest(session.session_key) == wanted:
            closing.close_session(person=request.user, key=session.session_key, at=now())
    messages.success(request, "La session est fermée.")
    return redirect("account")


@signed_in
@per_minute(_limit)
def password(request: HttpRequest) -> HttpResponse:
    """The other sessions are closed, and whoever was half-way through the door starts again."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_password(
                person=request.user, old=given["old"], new=given["password"],
                here=request.session.session_key, at=now(),
            )  # fmt: skip
        except InputError as error:
            form.add_error(None, error.problem)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(
                request, "Votre mot de passe est changé ; les autres sessions sont fermées."
            )
            return redirect("account")
    return _page(request, "password", form)


@signed_in
@per_minute(_limit)
def factor(request: HttpRequest) -> HttpResponse:
    """Sets the second factor up, or asks for it when it is set and was not given yet."""
    person: Person = request.user
    form = CodeForm(request.POST or None)
    if person.totp_secret:
        return _ask_factor(request, person, form)
    secret = request.session.setdefault(DRAWN, pyotp.random_base32())
    if request.method == "POST" and form.is_valid():
        try:
            codes = confirm_factor(
                person=person, secret=secret, code=form.cleaned_data["code"], at=now()
            )
        except InputError as error:
            form.add_error("code", error.told)
        else:
            del request.session[DRAWN]
            request.session[STRONG] = True
            return _codes(request, codes)
    found = {"picture": _picture(person, secret), "secret": " ".join(_groups(secret))}
    return _page(request, "factor", form, found)


def _ask_factor(request: HttpRequest, person: Person, form: CodeForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not held(person.email) and use_factor(person=person, code=code, at=now()):
            request.session[STRONG] = True
            wanted = request.GET.get("next", "")
            return redirect(wanted if safe(request, wanted) else "account")
        count(person.email)
        form.add_error("code", "Ce code n’est pas valable, ou il a déjà servi.")
    status = 400 if form.errors else 200
    return render(request, "web/accounts/code.html", {"form": form}, status=status)


@signed_in
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    if not request.session.get(STRONG):
        return redirect("account-factor")
    return _codes(request, renew_codes(person=request.user, at=now()))


@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Everything the site knows of the person, as JSON."""
    response = JsonResponse(
        everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="mon-compte-maillage.json"'
    return response


@signed_in
@per_minute(_limit)
def delete(request: HttpRequest) -> HttpResponse:
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.user.check_password(form.cleaned_data["password"]):
            delete_account(person=request.user, at=now())
            logout(request)
            return redirect("home")
        form.add_error("password", "Ce n’est pas votre mot de passe.")
    return _page(request, "delete", form)


def _page(
    request: HttpRequest, name: str, form: Any, found: dict[str, Any] | None = None
) -> HttpResponse:
    status = 400 if form.errors else 200
    about = {"form": form, **(found or {})}
    return render(request, f"web/accounts/{name}.html", about, status=status)


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Shown this once: nothing keeps them."""
    response = render(request, "web/accounts/recovery.html", {"codes": codes})
    response["Cache-Control"] = "no-store"
    return response


def _picture(person: Person, secret: str) -> str:
    """The square a telephone scans, drawn here as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="Maillage")
    stream = io.BytesIO()
    segno.make(address, error="m").save(
        stream,
        kind="svg",
        xmldecl=False,
        svgns=False,
        scale=5,
        border=3,
        light="#fff",
        omitsize=True,
    )
    return mark_safe(stream.getvalue().decode())  # noqa: S308 - drawn by segno, no text of anybody


def _groups(secret: str) -> list[str]:
    return [secret[i : i + 4] for i in range(0, len(secret), 4)]
