"""What went wrong and what to do: a page for people, problem details for programs."""

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from maillage.common.errors import MaillageError
from maillage.web.problems import for_programs, problem, problem_of
from maillage.web.viewers import RefusedError


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404, exception)


def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """Leads to the door, or to the second factor, whoever has only that to do."""
    if error.remedy == "sign-in":
        return redirect_to_login(request.get_full_path())
    if error.remedy == "factor":
        return redirect(
            f"{reverse('account-factor')}?{urlencode({'next': request.get_full_path()})}"
        )
    return _page(request, "403", 403, error)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400", 400, exception)


def no_edition(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "no_edition", 503, exception)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    if for_programs(request):
        response = problem(request, 429, f"attendez {wait} secondes, puis recommencez.")
    else:
        response = render(request, "web/errors/429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Says nothing of the fault, and leans on nothing that could be at fault."""
    if for_programs(request):
        return problem(request, 500, "réessayez dans un instant.")
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)


def _page(request: HttpRequest, name: str, status: int, error: Exception) -> HttpResponse:
    """Only errors written for people are quoted."""
    reason = error if isinstance(error, MaillageError) else None
    if for_programs(request):
        return problem_of(request, status, reason)
    return render(request, f"web/errors/{name}.html", {"reason": reason}, status=status)
