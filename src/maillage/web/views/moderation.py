"""The page where whoever runs the site reads remarks, publishes them or sets them aside."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.participation.actions import publish, reject
from maillage.participation.models import LONGEST, PUBLISHED, RECEIVED, REJECTED, STATES, Remark
from maillage.participation.reading import in_state, waiting
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, require, viewer
from maillage.web.views.conflict import conflict, rows_of
from maillage.web.views.remarks import page_number
from maillage.web.views.throttle import per_minute

#: French words of the address, for each state.
WORDS = {
    "a-lire": RECEIVED,
    "publiees": PUBLISHED,
    "ecartees": REJECTED,
}

#: What two moderators may have decided otherwise.
DECIDED = {"state": "Décision", "answer": "Réponse", "reason": "Motif"}


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
    remark = get_object_or_404(Remark, pk=number)
    try:
        _decide(request, remark, revision_of(request))
    except ConflictError as error:
        error.now = {**error.now, "state": STATES[error.now["state"]]}
        error.mine = {**error.mine, "state": STATES[error.mine["state"]]}
        return conflict(request, error, rows_of(error, DECIDED), reverse("remarks-moderation"))
    return redirect("remarks-moderation")


def _decide(request: HttpRequest, remark: Remark, revision: int) -> None:
    given = {"remark": remark, "revision": revision, "by": viewer(request), "at": now()}
    match request.POST.get("decision"):
        case "publier":
            publish(answer=request.POST.get("reponse", ""), **given)
        case "ecarter":
            reject(reason=request.POST.get("motif", ""), **given)
        case _:
            raise InputError(problem="cette décision n’existe pas.", remedy="reprenez la page.")
