"""What every form of a contract does: judge, act, and say what went wrong beside the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.perms import Subject
from maillage.common.errors import InputError, NotFoundError
from maillage.contracts.history import shown
from maillage.contracts.models import Contract
from maillage.contracts.reading import contract_named, may_read, subject_of
from maillage.web.viewers import require, viewer


@dataclass(frozen=True)
class Asked:
    """A form to show: its heading, what it does, where it leads."""

    title: str
    act: Callable[[dict[str, Any]], Any]
    back: str
    lead: str = ""
    button: str = "Enregistrer"
    done: str = "C’est enregistré."


def contract_for(request: HttpRequest, slug: str, action: str) -> tuple[Contract, Subject]:
    """The contract, once its reader may do that. A contract that the viewer may not even see
    does not exist for them."""
    contract = contract_named(slug)
    subject = subject_of(contract)
    who = viewer(request)
    if who.person_id is not None and not may_read(who, subject):
        raise NotFoundError("aucun contrat que vous puissiez lire ne porte cet identifiant.")
    require(request, action, subject)
    return contract, subject


def page_of(contract: Contract, part: str = "") -> str:
    """The address of its page, or of a part of it."""
    return reverse("contracts-contract", args=[contract.slug]) + part


def ask(
    request: HttpRequest,
    contract: Contract | None,
    form: forms.Form,
    asked: Asked,
    page: str = "web/contracts/form.html",
    about: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Shows the form, or acts and goes on. A conflict shows both writings; an error, its remedy."""
    if request.method == "POST" and form.is_valid():
        try:
            made = asked.act(form.cleaned_data)
        except ConflictError as error:
            return _conflict(request, contract, form, asked, error)
        except InputError as error:
            form.add_error(None, error.told)
        else:
            messages.success(request, asked.done)
            return redirect(page_of(made) if asked.back == "" else asked.back)
    found = {"form": form, "asked": asked, "contract": contract, "back": asked.back}
    status = 400 if form.errors else 200
    return render(request, page, {**found, **(about or {})}, status=status)


def do(request: HttpRequest, act: Callable[[], Any], back: str, done: str) -> HttpResponse:
    """The same for an act that asks nothing: a button. Where somebody wrote meanwhile, nothing is
    done: whoever decided on what it was reads it again."""
    try:
        act()
    except ConflictError as error:
        messages.error(request, f"{error.told} Relisez avant de recommencer.")
    except InputError as error:
        messages.error(request, error.told)
    else:
        messages.success(request, done)
    return redirect(back)


def _conflict(
    request: HttpRequest,
    contract: Contract | None,
    form: forms.Form,
    asked: Asked,
    error: ConflictError,
) -> HttpResponse:
    """Both writings side by side; sending again writes mine over theirs, knowingly."""
    data = form.data.copy()
    data["revision"] = str(error.revision)
    again = type(form)(data, **_rebuilt(form))
    rows = [
        (again.fields[name].label, _said(error.now[name]), _said(value))
        for name, value in error.mine.items()
        if name in again.fields and _said(error.now[name]) != _said(value)
    ]
    found = {"form": again, "rows": rows, "asked": asked, "contract": contract, "back": asked.back}
    return render(request, "web/contracts/conflict.html", found, status=409)


def _rebuilt(form: forms.Form) -> Mapping[str, Any]:
    """What its class needs besides data: the choices it was made with."""
    return getattr(form, "made_with", {})


def _said(value: Any) -> str:
    return shown("", value if isinstance(value, bool | str) or value is None else str(value))
