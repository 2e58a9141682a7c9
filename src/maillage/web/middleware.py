"""Gives every request the current edition, and the edition's pages its id as their version."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from maillage.common.errors import InputError, MaillageError, NotFoundError
from maillage.web.edition import served_edition
from maillage.web.versions import version
from maillage.web.viewers import RefusedError
from maillage.web.views import errors
from maillage.web.views.throttle import MINUTE, too_many_writes

Handler = Callable[[HttpRequest], HttpResponse]


class ServeEdition:
    """A page whose version the browser has is not computed again.

    Without an edition, every page says how to build one. Errors written for people become pages.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.edition = served_edition()
        except (InputError, NotFoundError) as error:
            return errors.no_edition(request, error)
        request.version = None
        response = self.get_response(request)
        if response.status_code == 200 and request.version:
            response.headers.setdefault("ETag", request.version)
            response.headers.setdefault("Cache-Control", "no-cache")
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if too_many_writes(request):
            return errors.too_many(request, MINUTE)
        request.version = version(request, view)
        return get_conditional_response(request, etag=request.version) if request.version else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, RefusedError):
            return errors.refused(request, error)
        if isinstance(error, NotFoundError):
            return errors.not_found(request, error)
        if isinstance(error, MaillageError):
            return errors.bad_request(request, error)
        return None
