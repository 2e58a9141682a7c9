"""Twenty people save the same rows at once, in real processes: each save is kept or refused.

On SQLite, and on PostgreSQL when the tests run on it.
"""

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.database]
ROOT = Path(__file__).parents[2]
PROCESSES, PEOPLE = 4, 5
KINDS = ("contract", "operation", "line")
PREPARE = """
import django; django.setup()
from decimal import Decimal
from django.core.management import call_command
from django.utils.timezone import localtime
from maillage.contracts.actions.contracts import create_contract
from maillage.operations.actions.funding import add_line
from maillage.operations.actions.operations import open_operation
call_command("migrate", interactive=False, verbosity=0)
by = {"by": None, "at": localtime()}
contract = create_contract(kind="crte", name="Ensemble", **by)
operation = open_operation(contract=contract, title="Voie verte", **by)
add_line(operation=operation, source="detr", fields={"asked": Decimal(1)}, **by)
"""
READ = """
import django; django.setup()
from maillage.accounts.models import JournalEntry
from maillage.contracts.models import Contract
from maillage.operations.models import FundingLine, Operation
for row, text in (
    (Contract.objects.get(), "project"),
    (Operation.objects.get(), "description"),
    (FundingLine.objects.get(), "purpose"),
):
    entries = JournalEntry.objects.filter(after__has_key=text).order_by("id")
    told = all(e.after[text].startswith(e.before[text]) for e in entries)
    whole = [e.after[text].split()[-1] for e in entries] == getattr(row, text).split()
    print(row.revision, entries.count(), told and whole, getattr(row, text))
"""


@pytest.fixture
def base(tmp_path):
    """Address of a base of its own: empty for the SQLite file of ``tmp_path``."""
    address = os.environ.get("MAILLAGE_DATABASE", "")
    if not address:
        yield ""
        return
    import psycopg

    name = f"together_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlsplit(address)._replace(path=f"/{name}").geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def run(tmp_path, base):
    """Starts Python on that base, that the processes share."""
    env = os.environ | {
        "MAILLAGE_VAR": str(tmp_path),
        "MAILLAGE_DATABASE": base,
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)

    return start


def said(process: subprocess.Popen[str]) -> list[str]:
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return output.splitlines()


def test_twenty_people_lose_nothing(run):
    said(run("-c", PREPARE))
    script = str(Path(__file__).parent / "crowd.py")
    firsts = range(0, PROCESSES * PEOPLE, PEOPLE)
    crowds = [run(script, str(first), str(PEOPLE)) for first in firsts]
    told = defaultdict(set)
    for crowd in crowds:
        for line in said(crowd):
            what, kind, word = line.split()
            told[what, kind].add(word)
    assert any(told["refused", kind] for kind in KINDS)
    for kind, line in zip(KINDS, said(run("-c", READ)), strict=True):
        revision, entries, whole, *kept = line.split()
        assert sorted(kept) == sorted(told["saved", kind])
        assert {word[:2] for word in kept} == {f"{n:02}" for n in range(PROCESSES * PEOPLE)}
        assert not told["refused", kind] & set(kept)
        assert (int(revision), int(entries), whole) == (len(kept), len(kept), "True")
