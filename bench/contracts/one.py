"""One base, of so many contracts: filled if it is empty, its pages timed; tells JSON.

``python -m bench.contracts.one CONTRACTS``, the base and the edition being given by the
environment of the site.
"""

import json
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any

from bench.contracts.pages import PAGES

REPEATS = 7


def measured() -> dict[str, dict[str, Any]]:
    """Median seconds, questions to the base and kilobytes of each page."""
    return {f"{page} ({role})": _page(page, role) for page, role in PAGES}


def _page(page: str, role: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from maillage.accounts.models import Person

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Person.objects.get(email=f"{role}@exemple.fr"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    queries = len(asked)  # the next request forgets them
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} {page}")
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        client.get(page)
        seconds.append(time.perf_counter() - start)
    return {
        "seconds": statistics.median(seconds),
        "queries": queries,
        "kilobytes": len(answer.content) / 1000,
    }


def _filled(contracts: int) -> float:
    """Seconds spent; none for a base that was kept."""
    from django.db import transaction

    from bench.contracts.fill import copies, first_contract
    from maillage.contracts.models import Contract

    if Contract.objects.count() == contracts:
        return 0.0
    start = time.perf_counter()
    with transaction.atomic():  # whole, or empty as it was
        first_contract()
        if contracts > 1:
            copies(contracts - 1)
    return time.perf_counter() - start


def _drawn() -> tuple[int, float]:
    """How many contracts had what waits in them drawn, and in how many seconds."""
    from maillage.contracts.models import Contract
    from maillage.operations.actions.dues import draw_dues

    start, at = time.perf_counter(), datetime.now(UTC)
    count = draw_dues(contracts=Contract.objects.all(), today=at.date(), at=at)
    return count, time.perf_counter() - start


def main(contracts: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.SECOND_FACTOR = False
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = _filled(contracts)
    drawn, seconds = _drawn()
    found = {"filled": filled, "drawn": drawn, "drawing": seconds, "pages": measured()}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
