"""« Ce qui m’attend », its calendar, and what a funder is asked."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.accounts.people import viewer_of
from maillage.accounts.tokens import digest
from maillage.common.errors import InputError
from maillage.contracts.reading import subject_of
from maillage.operations.access import of_line
from maillage.operations.actions.funding import answer_line
from maillage.operations.actions.views import make_feed
from maillage.operations.agenda import KINDS, agenda
from maillage.operations.calendars import ics
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.models import CalendarFeed, FundingLine
from maillage.operations.money_rules import SEVERITIES, money_rules
from maillage.operations.plan import SECTIONS
from maillage.operations.readiness import READY
from maillage.operations.requests import as_requests, lines_asked, sums_asked
from maillage.web.forms.operations import AnswerForm, LineForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, require, signed_in, viewer
from maillage.web.views.conflict import conflict, labels_of, rows_of
from maillage.web.views.throttle import per_minute

REQUESTS_PER_PAGE = 60


def sources(request: HttpRequest) -> HttpResponse:
    """The sources of money and their conditions, the rules and their texts: open to everyone."""
    cards = funding_sources().values()
    found = {
        "families": [(name, [c for c in cards if c.family == id]) for id, name in FAMILIES.items()],
        "section_labels": SECTIONS,
        "rules": money_rules().values(),
        "severities": SEVERITIES,
        "ready": READY,
    }
    return render(request, "web/operations/sources.html", found)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    today = now().date()
    dues = agenda(viewer(request), today)
    found = {
        "today": today,
        "late": [due for due in dues if due.day and due.day < today],
        "dated": [due for due in dues if due.day and due.day >= today],
        "undated": [due for due in dues if not due.day],
        "kinds": KINDS,
    }
    return render(request, "web/operations/tasks.html", found)


@signed_in
@require_POST
def new_feed(request: HttpRequest) -> HttpResponse:
    """The address is shown this once."""
    token = make_feed(by=viewer(request), at=now())
    response = render(request, "web/operations/feed.html", {"token": token})
    response["Cache-Control"] = "no-store"
    return response


def _limit() -> int:
    return int(settings.SEARCHES_PER_MINUTE)


@per_minute(_limit)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Read by a calendar that holds the secret of its address: it shows one person’s dates."""
    found = CalendarFeed.objects.select_related("person").filter(digest=digest(token)).first()
    if found is None or not found.person.is_active:
        raise Http404
    at = now()
    dues = agenda(viewer_of(found.person, strong=False, today=at.date()), at.date())
    content = ics(dues, "Maillage : ce qui m’attend", request.get_host(), at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="maillage.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def funder(request: HttpRequest) -> HttpResponse:
    """What is asked of the organisations one acts for: where, by whom, how much.

    A funder of the whole country is asked tens of thousands of times: page by page.
    """
    who = viewer(request)
    waiting = _page(request, lines_asked(who, waiting=True), "page")
    answered = _page(request, lines_asked(who, waiting=False), "reponses")
    found = {
        "sums": sums_asked(who),
        "waiting": as_requests(waiting.object_list),
        "answered": as_requests(answered.object_list),
        "waiting_page": waiting,
        "answered_page": answered,
    }
    return render(request, "web/operations/funder.html", found)


def _page(request: HttpRequest, rows: QuerySet[FundingLine], name: str) -> Page:
    return Paginator(rows, REQUESTS_PER_PAGE).get_page(request.GET.get(name))


@signed_in
@require_POST
def answer(request: HttpRequest, line_id: int) -> HttpResponse:
    """404 for a line that is not asked of the viewer."""
    found = next(iter(as_requests(lines_asked(viewer(request)).filter(pk=line_id))), None)
    if found is None:
        raise Http404
    subject = of_line(found.row, subject_of(found.operation.contract))
    require(request, "lines.answer", subject)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise InputError(problem=f"réponse incomplète. {said}", remedy="reprenez la demande.")
    given = form.cleaned_data
    try:
        answer_line(
            line=found.row,
            revision=revision_of(request),
            answer=given["answer"],
            amount=given["amount"],
            reference=given["reference"],
            comment=given["comment"],
            today=now().date(),
            by=viewer(request),
            at=now(),
        )
    except ConflictError as error:
        labels = labels_of(LineForm) | {"answer": "Un mot au maître d’ouvrage"}
        return conflict(request, error, rows_of(error, labels), reverse("funder"))
    messages.success(request, "La réponse est consignée ; le maître d’ouvrage la voit.")
    return redirect("funder")
