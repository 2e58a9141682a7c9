"""A limit on how often one address may ask the same thing."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from maillage.web.views import errors
from maillage.web.visitor import visitor

View = Callable[..., HttpResponse]
MINUTE = 60


def per_minute(limit: Callable[[], int], name: str = "") -> Callable[[View], View]:
    """Answers 429 beyond so many calls a minute from one address, counted by each process.

    Views of a same ``name`` are counted together; without one, each counts for itself.
    """

    def throttled(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, **kwargs: object) -> HttpResponse:
            if _calls(name or view.__name__, request) > limit():
                return errors.too_many(request, MINUTE)
            return view(request, **kwargs)

        return limited

    return throttled


def too_many_writes(request: HttpRequest) -> bool:
    """Whether an address sends more forms in a minute, of any kind, than people do."""
    writes = request.method not in ("GET", "HEAD", "OPTIONS")
    return writes and _calls("writes", request) > int(settings.WRITES_PER_MINUTE)


def _calls(name: str, request: HttpRequest) -> int:
    window = int(time.time()) // MINUTE
    key = f"{name}:{visitor(request)}:{window}"
    cache.add(key, 0, timeout=2 * MINUTE)
    return int(cache.incr(key))
