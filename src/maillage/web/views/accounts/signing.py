"""Signing in, in one or two steps, and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from maillage.accounts.actions.factors import use_factor
from maillage.accounts.models import Person
from maillage.accounts.models.sessions import AGENT
from maillage.accounts.perms import WRITING
from maillage.demo.cast import PASSWORD, accounts
from maillage.web.forms.accounts import CodeForm, SignInForm
from maillage.web.tries import count, forget, held
from maillage.web.viewers import STRONG, now, viewer
from maillage.web.views.throttle import per_minute

#: What a session keeps between the password and the code: who, the proof of the password that was
#: given, and when (seconds since 1970).
PENDING = "pending_person"
#: Seconds one has to give the code.
PATIENCE = 10 * 60
WRONG = "Cette adresse et ce mot de passe ne vont pas ensemble, ou ce compte attend un moment."


def _limit() -> int:
    return int(settings.KNOCKS_PER_MINUTE)


@per_minute(_limit)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same sentence whether the address is unknown, the password wrong or the account held."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _known(request, form.cleaned_data)
        if person is not None:
            return _enter(request, person)
        form.add_error(None, WRONG)
    status = 400 if form.errors else 200
    found = {"form": form, "next": request.GET.get("next", ""), **_demonstration()}
    return render(request, "web/accounts/sign_in.html", found, status=status)


def _demonstration() -> dict[str, Any]:
    """In the demonstration only: who one may be, and the password of them all."""
    return {"accounts": accounts(), "password": PASSWORD} if settings.DEMO else {}


@per_minute(_limit)
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for whoever has a second factor."""
    person = _half_way(request)
    if person is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not held(person.email) and use_factor(
            person=person, code=form.cleaned_data["code"], at=now()
        ):
            return _open(request, person, strong=True)
        count(person.email)
        form.add_error("code", "Ce code n’est pas valable, ou il a déjà servi.")
    status = 400 if form.errors else 200
    return render(request, "web/accounts/code.html", {"form": form}, status=status)


def _half_way(request: HttpRequest) -> Person | None:
    """Who gave a password that is still theirs, a moment ago."""
    kept = request.session.get(PENDING)
    if not isinstance(kept, dict) or now().timestamp() - kept["at"] > PATIENCE:
        return None
    person = Person.objects.filter(pk=kept["person"], is_active=True).first()
    if person is None or not constant_time_compare(kept["proof"], person.get_session_auth_hash()):
        return None
    return person


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")


def _known(request: HttpRequest, given: dict[str, str]) -> Person | None:
    email = given["email"].strip().lower()
    if held(email):
        return None
    person = authenticate(request, username=email, password=given["password"])
    if person is None:
        count(email)
    return person


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    if person.totp_secret:
        proof, at = person.get_session_auth_hash(), now().timestamp()
        request.session[PENDING] = {"person": person.pk, "proof": proof, "at": at}
        request.session["next"] = request.GET.get("next", "")
        return redirect("sign-in-code")
    return _open(request, person, strong=False)


def _open(request: HttpRequest, person: Person, *, strong: bool) -> HttpResponse:
    """A new session key, the browser’s name, then where they were going."""
    wanted = request.session.pop("next", "") or request.GET.get("next", "")
    request.session.pop(PENDING, None)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200]
    request.session[STRONG] = strong
    forget(person.email)
    request.viewer = None
    if settings.SECOND_FACTOR and not strong and _writes(request):
        return redirect("account-factor")
    return redirect(wanted if safe(request, wanted) else resolve_url(settings.LOGIN_REDIRECT_URL))


def _writes(request: HttpRequest) -> bool:
    who = viewer(request)
    return who.is_operator or any(c.role in WRITING for c in who.capacities)


def safe(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
