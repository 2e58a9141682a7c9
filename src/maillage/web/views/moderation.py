"""The page where whoever runs the site reads remarks, publishes them or sets them aside."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.common.errors import InputError
from maillage.participation.actions import publish, reject
from maillage.participation.models import LONGEST, PUBLISHED, RECEIVED, REJECTED, STATES, Remark
from maillage.participation.reading import in_state, waiting
from maillage.web.viewers import now, require, viewer
from maillage.web.views.remarks import page_number
from maillage.web.views.throttle import per_minute

#: French words of the address, for each state.
WORDS = {
    "a-lire": RECEIVED,
    "publiees": PUBLISHED,
    "ecartees": REJECTED,
}


@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    require(request, "remark.moderate")
    shown = request.GET.get("etat", "a-lire")
    if shown not in WORDS:
        raise Http404
    found = {
        "page": in_state(WORDS[shown], page_number(request)),
        "shown": shown,
        "states": [(word, STATES[state]) for word, state in WORDS.items()],
        "waiting": waiting(),
        "longest": LONGEST,
    }
    return render(request, "web/remarks/moderation.html", found)


def _limit() -> int:
    return int(settings.DECISIONS_PER_MINUTE)


@require_POST
@per_minute(_limit, "moderation")
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """``decision`` is « publier » or « ecarter ». InputError for another, or without a reason."""
    require(request, "remark.moderate")
    who = viewer(request)
    remark = get_object_or_404(Remark, pk=number)
    match request.POST.get("decision"):
        case "publier":
            publish(remark=remark, answer=request.POST.get("reponse", ""), by=who, at=now())
        case "ecarter":
            reject(remark=remark, reason=request.POST.get("motif", ""), by=who, at=now())
        case _:
            raise InputError(problem="cette décision n’existe pas.", remedy="reprenez la page.")
    return redirect("remarks-moderation")
