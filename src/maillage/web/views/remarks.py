"""Remarks on a figure: leaving one, reading those that were published."""

from urllib.parse import unquote

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from maillage.common.errors import InputError, NotFoundError
from maillage.participation.about import About, about, subject_label
from maillage.participation.actions import leave_remark
from maillage.participation.models import LONGEST
from maillage.participation.reading import published
from maillage.territory.perimeter import MAX_ID_LENGTH, parse_perimeter
from maillage.web.viewers import now
from maillage.web.views.throttle import per_minute

SHORTEST = 10


class RemarkForm(forms.Form):
    """``site_web`` is a trap: people do not see it, programs fill it."""

    text = forms.CharField(
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            "required": "Écrivez votre remarque.",
            "min_length": "Écrivez au moins quelques mots.",
            "max_length": f"La remarque dépasse {LONGEST} caractères.",
        },
    )
    name = forms.CharField(required=False, max_length=100)
    email = forms.EmailField(
        required=False, error_messages={"invalid": "Cette adresse électronique est mal écrite."}
    )
    site_web = forms.CharField(required=False)


def new(request: HttpRequest) -> HttpResponse:
    """The form, then what it was sent; what it is about stays in the address."""
    figure = _about(request)
    if request.method == "POST":
        return _sent(request, figure=figure)
    return _form(request, figure, RemarkForm())


def _limit() -> int:
    return int(settings.REMARKS_PER_MINUTE)


@per_minute(_limit, "remark")
def _sent(request: HttpRequest, figure: About) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _form(request, figure, form, status=400)
    told = form.cleaned_data
    if not told["site_web"]:
        leave_remark(
            about=figure,
            text=told["text"],
            name=told["name"],
            email=told["email"],
            edition=request.edition.id,
            at=now(),
        )
    return redirect("remarks-thanks")


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "web/remarks/thanks.html")


@require_safe
def remarks(request: HttpRequest) -> HttpResponse:
    """Those that were published; ``territoire`` and ``sujet`` keep some of them."""
    territory, subject = request.GET.get("territoire", ""), request.GET.get("sujet", "")
    if "\0" in territory + subject:  # no text of the base holds one
        raise Http404
    page = published(territory=territory, subject=subject, number=page_number(request))
    found = {
        "page": page,
        "territory": territory,
        "territory_name": _territory_name(request, territory),
        "subject": subject,
        "subject_label": _subject_label(request, subject),
    }
    return render(request, "web/remarks/listing.html", found)


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _form(request: HttpRequest, figure: About, form: RemarkForm, status: int = 200) -> HttpResponse:
    found = {"figure": figure, "form": form, "longest": LONGEST}
    return render(request, "web/remarks/new.html", found, status=status)


def _about(request: HttpRequest) -> About:
    """The territory is that of the page, which its address names."""
    path = request.GET.get("sur", "/")
    try:
        match = resolve(unquote(path.partition("?")[0]))
    except Resolver404 as error:
        raise InputError(
            problem="cette page n’est pas de ce site.",
            remedy="revenez au chiffre, puis suivez son lien « Signaler ou commenter ».",
            column="sur",
            value=path,
        ) from error
    of_territory = (match.url_name or "").startswith("territories-")
    territory = str(match.kwargs.get("id", "")) if of_territory else ""
    return about(request.edition, request.GET, territory)


def _territory_name(request: HttpRequest, territory: str) -> str:
    if not territory:
        return ""
    if len(territory) > MAX_ID_LENGTH:
        raise NotFoundError("Ce territoire est inconnu.")
    try:
        return parse_perimeter(territory, request.edition.geography).name
    except InputError as error:
        raise NotFoundError(error.told) from error


def _subject_label(request: HttpRequest, subject: str) -> str:
    label = subject_label(request.edition, subject) if subject else ""
    if label is None:
        raise NotFoundError("Ce sujet est inconnu.")
    return label
