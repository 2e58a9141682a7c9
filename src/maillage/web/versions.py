"""Pages whose content is that of the edition, whoever reads them: their version is its id."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest

import maillage

View = TypeVar("View", bound=Callable[..., Any])


def of_edition(view: View) -> View:
    """Marks a view that reads the edition and its address, nothing else."""
    view.of_edition = True  # type: ignore[attr-defined]
    return view


def is_of_edition(view: Callable[..., Any]) -> bool:
    """Whether ``of_edition`` marks it."""
    return bool(getattr(view, "of_edition", False))


def version(request: HttpRequest, view: Callable[..., Any]) -> str | None:
    """The ETag of the page a view makes; None when it may change without the edition.

    Somebody signed in sees their name on every page: theirs have no version.
    """
    known = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    asks = request.method in ("GET", "HEAD")
    if settings.DEBUG or known or not asks or not is_of_edition(view):
        return None
    return written(request.edition.id)


def written(edition_id: str) -> str:
    """The ETag of every page of an edition."""
    return f'"{edition_id}.{_release()}"'


@cache
def _release() -> str:
    """Changes with the code: pages of an older release are not taken for those of this one."""
    package = Path(maillage.__file__).parent
    return f"{max(path.stat().st_mtime_ns for path in package.rglob('*.*')):x}"
