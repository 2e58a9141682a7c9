"""Answers « not modified » in front of Django: neither its middleware nor the database is reached.

A browser that comes back asks whether each page changed: the version says so, and costs next to
nothing to tell.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve

from maillage.web.edition import served_id
from maillage.web.problems import FOR_PROGRAMS
from maillage.web.versions import is_of_edition, written

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Unmodified:
    """A WSGI application in front of that of the site."""

    def __init__(self, site: Application) -> None:
        self.site = site

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        version = known_version(environ)
        if version is None:
            return self.site(environ, start)
        kept = [("ETag", version), ("Cache-Control", "no-cache"), ("Vary", "Cookie")]
        start("304 Not Modified", kept)
        return []


def known_version(environ: Environ) -> str | None:
    """The version of the page asked for, when the browser has it; None leaves it to the site.

    Whoever has a session, and programs, whose answers carry more headers, are left to it too.
    """
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if not asked or environ["REQUEST_METHOD"] not in ("GET", "HEAD") or settings.DEBUG:
        return None
    if f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", ""):
        return None
    if not _keeps_a_version(get_path_info(environ)):
        return None
    version = written(served_id())
    return version if version in map(_bare, asked.split(",")) else None


def _bare(tag: str) -> str:
    """A weak tag, that compression makes, is as good: the page says the same."""
    return tag.strip().removeprefix("W/")


@lru_cache(maxsize=1024)
def _keeps_a_version(path: str) -> bool:
    if path.startswith(FOR_PROGRAMS):
        return False
    try:
        return is_of_edition(resolve(path).func)
    except Resolver404:
        return False
