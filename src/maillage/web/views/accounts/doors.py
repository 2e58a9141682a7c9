"""Doors opened by a letter or a link: invitation, forgotten password, reading one contract."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from maillage.accounts.actions.accounts import set_password
from maillage.accounts.actions.invitations import accept
from maillage.accounts.models import Person
from maillage.accounts.people import invitation_for, link_for
from maillage.accounts.roles import ROLES
from maillage.common.errors import InputError, NotFoundError
from maillage.contracts.models import Contract
from maillage.web.forms.accounts import AcceptForm, ForgottenForm, NewPasswordForm
from maillage.web.letters import send
from maillage.web.viewers import LINK, now
from maillage.web.views.throttle import per_minute

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _limit() -> int:
    return int(settings.KNOCKS_PER_MINUTE)


@per_minute(_limit)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_for(token, now())
    if found is None:
        return render(request, "web/accounts/expired.html", status=410)
    form = AcceptForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = accept(
                invitation=found, password=given["password"], name=given["name"], at=now()
            )
        except InputError as error:
            form.add_error("password", error.told)
        else:
            return _welcome(request, person)
    about = {"form": form, "invitation": found, "role": ROLES[found.role].label}
    status = 400 if form.errors else 200
    return render(request, "web/accounts/invitation.html", about, status=status)


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever has a second factor gives it first."""
    if person.totp_secret:
        return redirect("sign-in")
    login(request, person, backend=BACKEND)
    messages.success(request, "Votre accès est ouvert.")
    return redirect(settings.LOGIN_REDIRECT_URL)


@per_minute(_limit)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says the same whether the address is known or not."""
    form = ForgottenForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        held = Person.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True)
        for person in held:
            key = urlsafe_base64_encode(str(person.pk).encode())
            token = default_token_generator.make_token(person)
            path = reverse("password-reset", args=[key, token])
            send(request, person.email, "password", {"address": request.build_absolute_uri(path)})
    return render(request, "web/accounts/forgotten.html", {"form": form, "sent": sent})


@per_minute(_limit)
def reset(request: HttpRequest, key: str, token: str) -> HttpResponse:
    person = _person(key)
    if person is None or not default_token_generator.check_token(person, token):
        return render(request, "web/accounts/expired.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password(person=person, new=form.cleaned_data["password"], at=now())
        except InputError as error:
            form.add_error("password", error.problem)
        else:
            return redirect("sign-in")
    status = 400 if form.errors else 200
    return render(request, "web/accounts/reset.html", {"form": form}, status=status)


def _person(key: str) -> Person | None:
    try:
        number = int(force_str(urlsafe_base64_decode(key)))
    except ValueError:
        return None
    return Person.objects.filter(pk=number, is_active=True).first()


@per_minute(_limit)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opens the contract to this browser, for as long as the link is good."""
    found = link_for(token, now())
    if found is None:
        return render(request, "web/accounts/expired.html", {"link": True}, status=410)
    contract = Contract.objects.filter(pk=found.contract_id).first()
    if contract is None:
        raise NotFoundError("ce contrat n’est plus là.")
    request.session[LINK] = found.pk
    return redirect("contracts-contract", slug=contract.slug)
