"""The list of contracts: those of one’s own, or all those one may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.accounts.perms import scope
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import ContractPlace
from maillage.contracts.reading import listed, mine, readable
from maillage.contracts.tables import KINDS, STATUSES
from maillage.operations.agenda import KINDS as DUE_KINDS
from maillage.operations.agenda import agenda, first_of
from maillage.operations.standing import blocked_first
from maillage.web.viewers import allowed, now, viewer

PER_PAGE = 100
#: Up to that many rows, one finds without filters.
FEW = 5
#: Lines of « Ce qui m’attend » above the list.
AT_ONCE = 5
#: Levels one may choose a place among, the widest first.
LEVELS = {"region": "Régions", "departement": "Départements", "arrondissement": "Arrondissements"}


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
    ordered = blocked_first(rows) if own else rows.order_by("name", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    found = {
        "page": page,
        "asked": asked,
        "own": own,
        "few": FEW,
        "places": _places(request),
        "statuses": STATUSES,
        "kinds": KINDS,
        "today": now().date(),
        "soon": date(now().year + 1, 1, 1),
        **(_waiting(who) if own else {}),
        "may_create": may_create(who),
        "may_import": allowed(request, "contract.import"),
    }
    return render(request, "web/contracts/listing.html", found)


def _waiting(who: Viewer) -> dict[str, Any]:
    """The head of « Ce qui m’attend »."""
    dues = agenda(who, now().date())
    return {"dues": first_of(dues, AT_ONCE), "waiting": len(dues), "due_kinds": DUE_KINDS}


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    return Asked(
        place=given.get("territoire", "")[:80],
        status=given.get("etape", "") if given.get("etape") in STATUSES else "",
        kind=given.get("nature", "") if given.get("nature") in KINDS else "",
        text=given.get("q", "").strip()[:100],
        everything=given.get("tous") == "1",
    )


def _places(request: HttpRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """Those of the contracts one may see, by level: one question."""
    rows = ContractPlace.objects.filter(level__in=LEVELS, contract__in=readable(viewer(request)))
    found = rows.values_list("level", "place", "name").distinct().order_by("name")
    groups: dict[str, list[tuple[str, str]]] = {}
    for level, place, name in found:
        groups.setdefault(level, []).append((place, name))
    return [(label, groups[level]) for level, label in LEVELS.items() if level in groups]


def may_create(who: Viewer) -> bool:
    """Whether one of their roles creates contracts; where is judged with the perimeter."""
    return who.strong and any(scope(c.role, "contract.create") != "never" for c in who.capacities)
