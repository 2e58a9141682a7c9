"""Gives every request the current edition, and every page the edition's id as its version."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

import maillage
from maillage.common.errors import InputError, MaillageError, NotFoundError
from maillage.web.edition import served_edition
from maillage.web.views import errors

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
        etag = f'"{request.edition.id}.{_release()}"'
        known = None if settings.DEBUG else get_conditional_response(request, etag=etag)
        return known or _versioned(self.get_response(request), etag)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotFoundError):
            return errors.not_found(request, error)
        if isinstance(error, MaillageError):
            return errors.bad_request(request, error)
        return None


def _versioned(response: HttpResponse, etag: str) -> HttpResponse:
    if response.status_code == 200 and not settings.DEBUG:
        response.headers.setdefault("ETag", etag)
        response.headers.setdefault("Cache-Control", "no-cache")
    return response


@cache
def _release() -> str:
    """Changes with the code: pages of an older release are not taken for those of this one."""
    package = Path(maillage.__file__).parent
    return f"{max(path.stat().st_mtime_ns for path in package.rglob('*.*')):x}"
