"""One of the processes of ``test_together``: several people who each add a word to three rows.

python tests/operations/crowd.py FIRST COUNT — tells, a line each, what was saved and what was
refused. Everyone tries from what they first read, then again until it is saved.
"""

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")

#: Kind of row -> the field where everyone adds a word.
FIELDS = {"contract": "project", "operation": "description", "line": "purpose"}
_telling = Lock()


def save(kind: str, row: Any, text: str) -> None:
    """Through the real action, from the revision that was read."""
    from django.utils.timezone import localtime

    from maillage.accounts.viewers import Viewer
    from maillage.contracts.actions.contracts import edit_contract
    from maillage.operations.actions.funding import edit_line
    from maillage.operations.actions.operations import edit_operation

    acts: Mapping[str, tuple[Callable[..., Any], str, str]] = {
        "contract": (edit_contract, "contract", "changes"),
        "operation": (edit_operation, "operation", "fields"),
        "line": (edit_line, "line", "fields"),
    }
    act, subject, changes = acts[kind]
    given = {subject: row, changes: {FIELDS[kind]: text}}
    act(revision=row.revision, by=Viewer(), at=localtime(), **given)


def add(number: int) -> None:
    from django.db import connection

    from maillage.accounts.conflicts import ConflictError
    from maillage.contracts.models import Contract
    from maillage.operations.models import FundingLine, Operation

    models = {"contract": Contract, "operation": Operation, "line": FundingLine}
    try:
        first = {kind: model.objects.get() for kind, model in models.items()}
        for kind, model in models.items():
            row, tries = first[kind], 0
            while True:
                tries += 1
                word = f"{number:02}.{tries}"
                text = f"{getattr(row, FIELDS[kind])} {word}".strip()
                try:
                    save(kind, row, text)
                except ConflictError:
                    tell("refused", kind, word)
                    row = model.objects.get()
                    continue
                tell("saved", kind, word)
                break
    finally:
        connection.close()


def tell(what: str, kind: str, word: str) -> None:
    with _telling:
        print(what, kind, word, flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    first, count = int(sys.argv[1]), int(sys.argv[2])
    with ThreadPoolExecutor(count) as people:
        list(people.map(add, range(first, first + count)))
