"""« Ce qui m’attend », its calendar; the sources of money and the rules."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from maillage.accounts.people import viewer_of
from maillage.accounts.tokens import digest
from maillage.contracts.reading import places_among
from maillage.governance.calendars import meeting_event
from maillage.governance.models import Meeting
from maillage.governance.waiting import meetings_told
from maillage.operations.actions.dues import draw_dues
from maillage.operations.actions.views import make_feed
from maillage.operations.calendars import MOST, ics, ics_by_day
from maillage.operations.dues.choices import read_choices
from maillage.operations.dues.freshness import behind
from maillage.operations.dues.kinds import DELAYS, KINDS
from maillage.operations.dues.reading import (
    EVERYTHING,
    Group,
    agenda,
    days_of,
    filled,
    groups,
    of_one,
    survey,
    tally,
)
from maillage.operations.dues.rights import contracts_told, dues_of
from maillage.operations.dues.wording import worded
from maillage.operations.funding_sources import CRITERIA, FAMILIES, FRAMES, funding_sources
from maillage.operations.models import CalendarFeed
from maillage.operations.money_rules import SEVERITIES, money_rules
from maillage.operations.plan import SECTIONS
from maillage.operations.readiness import READY
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.governance.here import page_of_meeting
from maillage.web.views.throttle import per_minute

CONTRACTS_PER_PAGE, DUES_PER_PAGE = 20, 60
#: Dues of a contract among others.
FIRST = 4
#: Contracts that one page may have to draw again; it says how many are left as they were.
DRAWN_AT_ONCE = 12


def sources(request: HttpRequest) -> HttpResponse:
    """The sources of money and their conditions, the rules and their texts: open to everyone."""
    cards = funding_sources().values()
    found = {
        "families": [(name, [c for c in cards if c.family == id]) for id, name in FAMILIES.items()],
        "frames": [(name, [c for c in cards if c.frame == id]) for id, name in FRAMES.items()],
        "section_labels": SECTIONS,
        "criteria": CRITERIA,
        "rules": money_rules().values(),
        "severities": SEVERITIES,
        "ready": READY,
    }
    return render(request, "web/operations/sources.html", found)


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Counted whole; then contract by contract, or one by one when there is one contract only."""
    who, at = viewer(request), now()
    today, choices = at.date(), read_choices(request.GET)
    told = contracts_told(who)
    draw_dues(contracts=told, today=today, at=at, most=DRAWN_AT_ONCE)
    counted = survey(who, today, choices)
    every = groups(counted, today)
    found = {
        "today": today,
        "choices": choices,
        "tally": tally(counted),
        "kinds": KINDS,
        "delays": DELAYS,
        "places": places_among(told) if len(every) > 1 or choices.narrow else [],
        "behind": behind(told, today),
        **(_one(request, every) if len(every) == 1 else _several(request, every)),
    }
    return render(request, "web/operations/tasks.html", found)


def _several(request: HttpRequest, every: list[Group]) -> dict[str, Any]:
    page = Paginator(every, CONTRACTS_PER_PAGE).get_page(request.GET.get("page"))
    choices = read_choices(request.GET)
    shown = filled(viewer(request), now().date(), choices, page.object_list, FIRST)
    return {"page": page, "groups": shown}


def _one(request: HttpRequest, every: list[Group]) -> dict[str, Any]:
    """Late, to come, without a day; requests last, on the last page."""
    who, today, choices = viewer(request), now().date(), read_choices(request.GET)
    page = Paginator(of_one(who, today, choices), DUES_PER_PAGE).get_page(request.GET.get("page"))
    dues = worded(page.object_list, today)
    [group] = filled(who, today, choices, every, 0)
    last = () if page.has_next() else group.dues
    return {
        "page": page,
        "one": group.contract,
        "late": [due for due in dues if due.day and due.day < today],
        "dated": [due for due in dues if due.day and due.day >= today],
        "undated": [*(due for due in dues if not due.day), *last],
    }


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
    who = viewer_of(found.person, strong=False, today=at.date())
    draw_dues(contracts=contracts_told(who), today=at.date(), at=at)
    name, host, days = "Maillage : ce qui m’attend", request.get_host(), days_of(who, at.date())
    told = EVERYTHING.of(dues_of(who), at.date())
    meetings = [_event(request, meeting, at) for meeting in meetings_told(told)]
    content = (
        ics_by_day(days, name, host, at, meetings)
        if len(days) > MOST
        else ics(agenda(who, at.date()), name, host, at, meetings)
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="maillage.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _event(request: HttpRequest, row: Meeting, at: datetime) -> Any:
    address = request.build_absolute_uri(page_of_meeting(row.committee.contract, row))
    return meeting_event(row, (), address, at)
