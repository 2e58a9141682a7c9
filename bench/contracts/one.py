"""One base: filled with one contract then with many, its pages timed each time; tells JSON.

``python -m bench.contracts.one CONTRACTS``, the base and the edition being given by the
environment of the site.
"""

import json
import statistics
import sys
import time
from typing import Any

#: Page -> who reads it. « contrat » is the first contract, there from the start.
PAGES = {
    "/contrats/": "anct",
    "/contrats/contrat/": "project_lead",
    "/contrats/contrat/operations/": "project_lead",
    "/contrats/contrat/maquette/": "project_lead",
    "/financeur/": "funder",
    "/a-faire/": "prefecture",
}
REPEATS = 7


def measured() -> dict[str, dict[str, Any]]:
    """Median seconds, questions to the base and kilobytes of each page."""
    return {page: _page(page, role) for page, role in PAGES.items()}


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


def main(contracts: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from bench.contracts.fill import copies, first_contract

    settings.SECOND_FACTOR = False
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    first_contract()
    alone = measured()
    start = time.perf_counter()
    copies(contracts - 1)
    filled = time.perf_counter() - start
    found = {"alone": alone, "among": measured(), "filled": filled}
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
