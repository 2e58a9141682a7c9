"""The list of contracts: those of one’s own, or all those one may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.viewers import Viewer
from maillage.contracts.models.contracts import RUNNING
from maillage.contracts.reading import listed, mine, places_among, readable, with_epcis
from maillage.contracts.tables import KINDS, STATUSES
from maillage.operations.actions.dues import draw_dues
from maillage.operations.dues.freshness import behind
from maillage.operations.dues.kinds import KINDS as DUE_KINDS
from maillage.operations.dues.reading import first_dues, survey
from maillage.operations.dues.rights import contracts_told
from maillage.operations.standing import blocked_first, stood, with_standing
from maillage.web.viewers import allowed, may_create, now, viewer

PER_PAGE = 60
#: Up to that many rows, one finds without filters.
FEW = 5
#: Contracts whose dues one page may have to draw again.
DRAWN_AT_ONCE = 12
#: Lines of « Ce qui m’attend » above the list.
AT_ONCE = 5


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    place: str
    status: str
    kind: str
    text: str
    everything: bool

    @property
    def narrow(self) -> bool:
        """Whether it leaves some out."""
        return bool(self.place or self.status or self.kind or self.text)


def listing(request: HttpRequest) -> HttpResponse:
    """Somebody signed in sees theirs first; ``tous=1`` adds what is published elsewhere."""
    who = viewer(request)
    asked = _asked(request)
    rows = listed(who, place=asked.place, status=asked.status, kind=asked.kind, text=asked.text)
    own = who.person_id is not None and not asked.everything and not who.is_operator
    if own:
        rows = rows.filter(pk__in=mine(who).values("pk"))
    ordered = blocked_first(rows) if own else rows.order_by("filed", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    found = {
        "page": page,
        "rows": with_standing(page.object_list) if own else with_epcis(page.object_list),
        "stood": stood(rows) if own else None,
        "asked": asked,
        "own": own,
        "several": page.paginator.count > 1,
        "few": FEW,
        "places": places_among(readable(who)),
        "statuses": STATUSES,
        "kinds": KINDS,
        "today": now().date(),
        "running": RUNNING,
        "soon": date(now().year + 1, 1, 1),
        **(_waiting(who) if own else {}),
        "may_create": may_create(who),
        "may_import": allowed(request, "contract.import"),
    }
    return render(request, "web/contracts/listing.html", found)


def _waiting(who: Viewer) -> dict[str, Any]:
    """The head of « Ce qui m’attend », with the contracts left as they were, if any."""
    at = now()
    told = contracts_told(who)
    draw_dues(contracts=told, today=at.date(), at=at, most=DRAWN_AT_ONCE)
    return {
        "dues": first_dues(who, at.date(), AT_ONCE),
        "waiting": survey(who, at.date()).total,
        "behind": behind(told, at.date()),
        "due_kinds": DUE_KINDS,
    }


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        place=given.get("territoire", "")[:80],
        status=given.get("etape", "") if given.get("etape") in STATUSES else "",
        kind=given.get("nature", "") if given.get("nature") in KINDS else "",
        text=given.get("q", "").strip()[:100],
        everything=given.get("tous") == "1",
    )
