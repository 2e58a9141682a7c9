"""Who is looking at a page, asked of the session once per request; anonymous costs no question."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from maillage.accounts.models import ReadLink
from maillage.accounts.people import viewer_of
from maillage.accounts.perms import SITE, Subject, can, lacks_second_factor, scope
from maillage.accounts.viewers import ANONYMOUS, Viewer
from maillage.common.errors import MaillageError

STRONG = "second_factor"
LINK = "read_link"


class RefusedError(MaillageError):
    """The table of rights says no. ``remedy``: ``sign-in``, ``factor`` or nothing."""

    def __init__(self, remedy: str = "") -> None:
        super().__init__("vos droits ne permettent pas de voir ou de faire cela.")
        self.remedy = remedy


def now() -> datetime:
    """The only clock of the pages, in the time of Paris."""
    return localtime()


def viewer(request: HttpRequest) -> Viewer:
    """Nobody, without any question to the base, when no session came with the request."""
    known = getattr(request, "viewer", None)
    if known is None:
        known = request.viewer = _viewer(request)
    return known


def _viewer(request: HttpRequest) -> Viewer:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and not request.session.session_key:
        return ANONYMOUS
    found = ANONYMOUS
    if request.user.is_authenticated:
        strong = not settings.SECOND_FACTOR or bool(request.session.get(STRONG))
        found = viewer_of(request.user, strong=strong, today=now().date())
    return replace(found, link_contract_id=_link(request))


def _link(request: HttpRequest) -> int | None:
    """The contract of the link that opened this session, while the link is good."""
    key = request.session.get(LINK)
    if key is None:
        return None
    held = ReadLink.objects.filter(pk=key, revoked_at=None, expires_at__gt=now())
    return held.values_list("contract_id", flat=True).first()


def allowed(request: HttpRequest, action: str, subject: Subject = SITE) -> bool:
    return can(viewer(request), action, subject)


def require(request: HttpRequest, action: str, subject: Subject = SITE) -> None:
    """RefusedError that knows what would help."""
    who = viewer(request)
    if can(who, action, subject):
        return
    if who.person_id is None:
        raise RefusedError("sign-in")
    raise RefusedError("factor" if lacks_second_factor(who, action, subject) else "")


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has no account is led to the door, then back."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if viewer(request).person_id is None:
            return redirect_to_login(request.get_full_path())
        return view(request, **kwargs)

    return guarded


def may_create(who: Viewer) -> bool:
    """Whether one of their roles creates contracts; where is judged with the perimeter."""
    return who.strong and any(scope(c.role, "contract.create") != "never" for c in who.capacities)
