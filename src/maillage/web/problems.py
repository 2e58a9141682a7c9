"""What went wrong, for programs: problem details (RFC 9457), in French, with the remedy."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, JsonResponse

from maillage.common.errors import InputError
from maillage.common.french import typeset

MEDIA_TYPE = "application/problem+json"
#: Addresses whose answers programs read; pages answer everywhere else.
FOR_PROGRAMS = ("/api/v1/", "/ogc/")
TITLES = {
    400: "Cette demande ne peut pas aboutir",
    403: "Cette demande n’est pas permise",
    404: "Il n’y a rien à cette adresse",
    405: "Cette adresse ne répond pas à cette méthode",
    413: "Cette demande est trop longue",
    415: "Ce format n’est pas lu ici",
    429: "Trop de demandes à la fois",
    500: "Le site a rencontré une erreur",
    503: "Aucune donnée n’est encore installée",
}


def for_programs(request: HttpRequest) -> bool:
    return str(request.path).startswith(FOR_PROGRAMS)


def problem(request: HttpRequest, status: int, detail: str = "", **more: Any) -> JsonResponse:
    """``more`` adds members of ours: ``remedy``, ``parameter``, ``value``, ``errors``."""
    said = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "detail": _whole(typeset(detail[:1].upper() + detail[1:])),
        "instance": quote(request.path)[:200],
        **{name: _whole(value) for name, value in more.items() if value},
    }
    return JsonResponse(
        said,
        status=status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def _whole(value: Any) -> Any:
    """Text quoted from a request, without the halves of characters that no encoding has."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def problem_of(request: HttpRequest, status: int, error: Exception | None) -> JsonResponse:
    """Of an error written for people; nothing is said of another."""
    if not isinstance(error, InputError):
        return problem(request, status, "" if error is None else str(error))
    return problem(
        request,
        status,
        error.problem,
        remedy=typeset(error.remedy),
        parameter=error.column,
        value=None if error.value is None else error.value[:80],
    )
