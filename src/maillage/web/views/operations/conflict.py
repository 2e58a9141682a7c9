"""Two people edited the same thing: both versions side by side, and what to do with one’s own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import Organisation
from maillage.common.french import long_date
from maillage.contracts.models import StrategyNode
from maillage.operations.money import money


def conflict(
    request: HttpRequest, error: ConflictError, form: forms.Form, here: Mapping[str, Any], back: str
) -> HttpResponse:
    """409. What was typed goes with the page: it can be sent again over the present revision."""
    differ = [name for name, value in error.mine.items() if error.now.get(name) != value]
    found = {
        **here,
        "rows": [
            (form.fields[name].label, _said(error.now[name], name), _said(error.mine[name], name))
            for name in differ
            if name in form.fields
        ],
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in {"revision", "csrfmiddlewaretoken"}
        ],
        "revision": error.revision,
        "back": back,
    }
    return render(request, "web/operations/conflict.html", found, status=409)


def _said(value: Any, name: str) -> str:
    """As people read it."""
    if value in (None, "", [], False):
        return "non" if value is False else "–"
    if value is True:
        return "oui"
    if name == "orientation_id":
        return str(StrategyNode.objects.filter(pk=value).values_list("title", flat=True).first())
    if name == "funder_id":
        return str(Organisation.objects.filter(pk=value).first())
    if hasattr(value, "quantize"):
        return money(value)
    if hasattr(value, "isoformat"):
        return long_date(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
