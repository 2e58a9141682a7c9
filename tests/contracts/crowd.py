"""One of the processes of ``test_together``: several people who each add their line to a text.

python tests/contracts/crowd.py SLUG FIRST COUNT
"""

import os
import sys
from threading import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")


def add_line(slug: str, number: int) -> None:
    """Reads, adds, saves; on a conflict, begins again from what the other wrote."""
    from django.db import connection
    from django.utils.timezone import localtime

    from maillage.accounts.conflicts import ConflictError
    from maillage.accounts.viewers import Viewer
    from maillage.contracts.actions.contracts import edit_contract
    from maillage.contracts.models import Contract

    try:
        while True:
            row = Contract.objects.get(slug=slug)
            changes = {"project": f"{row.project}ligne {number}\n"}
            try:
                edit_contract(
                    contract=row,
                    revision=row.revision,
                    changes=changes,
                    by=Viewer(),
                    at=localtime(),
                )
            except ConflictError:
                continue
            return
    finally:
        connection.close()


if __name__ == "__main__":
    import django

    django.setup()
    slug, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    people = [Thread(target=add_line, args=(slug, n)) for n in range(first, first + count)]
    for person in people:
        person.start()
    for person in people:
        person.join()
