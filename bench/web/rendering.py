"""What computing a portrait costs beside writing it: the same page, its figures already known."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATS = 3


@dataclass(frozen=True)
class Rendering:
    """Median seconds over the pages: asked for the first time, and with constant figures."""

    cold: float
    constant: float

    @property
    def ratio(self) -> float:
        return self.cold / self.constant


def rendering(editions: Path, var: Path, addresses: Sequence[str]) -> Rendering:
    """In this process, without the network: the whole answer, then its template alone, given the
    very values that the answer was made of.

    Opens the edition first, as the server does before its first visitor.
    """
    client = _client(editions, var)
    cold = [_seconds(lambda a=address: client.get(a)) for address in addresses]
    constant = [_constant(client, address) for address in addresses]
    return Rendering(statistics.median(cold), statistics.median(constant))


def _constant(client: Any, address: str) -> float:
    """Seconds that the template of a page takes with the values it was given."""
    from django.template import Template

    seen: list[tuple[Any, Any]] = []
    plain = Template.render

    def keep(template: Any, context: Any) -> Any:
        seen.append((template, context))
        return plain(template, context)

    Template.render = keep
    try:
        client.get(address)
    finally:
        Template.render = plain
    template, context = seen[0]  # the page; those that it includes come after
    return min(_seconds(lambda: template.render(context)) for _ in range(REPEATS))


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _client(editions: Path, var: Path) -> Any:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.web.settings",
        "MAILLAGE_EDITIONS": str(editions.resolve()),
        "MAILLAGE_VAR": str(var),
        "MAILLAGE_HOSTS": "testserver",
    }
    from django.test import Client

    from maillage.config.serve import prepare

    prepare()
    from maillage.web.warm import open_edition  # needs the settings

    open_edition()
    client = Client()
    client.get("/")
    return client
