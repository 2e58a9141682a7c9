"""What every address for programs does: any site may read it, nobody may drown it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from maillage.common.errors import InputError
from maillage.common.french import listing
from maillage.web.problems import MEDIA_TYPE, for_programs, problem
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute

Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
#: What a script of another site may read besides the body.
EXPOSED = "Content-Crs, ETag, Link, Retry-After"
METHODS = "GET, HEAD, POST, OPTIONS"
PREFLIGHT_SECONDS = "86400"


class OpenData:
    """Lets scripts of any site read what is public, faults included; never with credentials."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not for_programs(request):
            return self.get_response(request)
        response = _preflight() if request.method == "OPTIONS" else _said(request, self)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response


def _said(request: HttpRequest, middleware: OpenData) -> HttpResponse:
    """A refusal that Django words for itself is put in our words."""
    response = middleware.get_response(request)
    if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    told = problem(request, response.status_code)
    if "Allow" in response.headers:
        told["Allow"] = response["Allow"]
    return told


def open_data(view: View) -> View:
    """A view that reads the edition and its address only, within the limit of the API."""
    limited = per_minute(_limit, "api")(view)

    @of_edition
    @csrf_exempt  # nothing is written, and no cookie is read
    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return limited(request, **kwargs)

    return opened


def _limit() -> int:
    return int(settings.API_CALLS_PER_MINUTE)


def refuse_unknown(query: Mapping[str, str], known: set[str]) -> None:
    """InputError for a parameter that is none: left unsaid, it would answer another question."""
    for name in query:
        if name not in known:
            raise InputError(
                problem="ce paramètre n’existe pas ici.",
                remedy=f"paramètres possibles : {listing(sorted(known))}."
                if known
                else "retirez-le : cette adresse n’en prend aucun.",
                column=name[:40],
            )
