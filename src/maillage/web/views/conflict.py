"""Two people edited the same thing: both versions side by side, and what to do with one’s own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.models import Organisation
from maillage.common.french import long_date
from maillage.contracts.models import StrategyNode
from maillage.operations.money import money
from maillage.operations.vocabulary import words

#: Fields that hold the id of a word of the vocabulary.
WORDS = ("phase", "status", "priority", "maturity")
#: What is shown of a difference: its label, what is stored, what was typed.
Row = tuple[str, str, str]


def conflict(
    request: HttpRequest,
    error: ConflictError,
    rows: Iterable[Row],
    back: str,
    here: Mapping[str, Any] | None = None,
    typed: Iterable[tuple[str, str]] | None = None,
) -> HttpResponse:
    """409. What was typed goes with the page: it can be sent again over the present revision.
    ``here``: what pages of a contract share; ``typed``: what is sent again, when it is not what
    was sent."""
    found = {
        **(here or {}),
        "rows": list(rows),
        "typed": [
            (name, value)
            for name, value in (_sent(request) if typed is None else typed)
            if name not in {"revision", "csrfmiddlewaretoken"}
        ],
        "revision": error.revision,
        "back": back,
    }
    page = "web/conflict.html" if here is None else "web/operations/conflict.html"
    return render(request, page, found, status=409)


def _sent(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() for value in values]


def rows_of(error: ConflictError, labels: Mapping[str, str]) -> list[Row]:
    """What differs, of the fields that have a label."""
    return [
        (labels[name], said(error.now.get(name), name), said(value, name))
        for name, value in error.mine.items()
        if name in labels and error.now.get(name) != value
    ]


def labels_of(form: Any) -> dict[str, str]:
    """Of the fields of a form, or of a class of forms."""
    fields = getattr(form, "fields", None) or form.base_fields
    return {name: str(field.label) for name, field in fields.items()}


def said(value: Any, name: str = "") -> str:
    """As people read it."""
    if value in (None, "", [], False):
        return "non" if value is False else "–"
    if value is True:
        return "oui"
    if name == "orientation_id":
        return str(StrategyNode.objects.filter(pk=value).values_list("title", flat=True).first())
    if name == "funder_id":
        return str(Organisation.objects.filter(pk=value).first())
    if name in WORDS and value in words(name):
        return words(name)[value].title
    if hasattr(value, "quantize"):
        return money(value)
    if hasattr(value, "isoformat"):
        return long_date(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
