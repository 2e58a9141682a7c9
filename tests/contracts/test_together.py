"""Twenty people save the same contract at once, in real processes: nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PREPARE = """
import django; django.setup()
from django.core.management import call_command
from django.utils.timezone import localtime
from maillage.contracts.actions.contracts import create_contract
call_command("migrate", interactive=False, verbosity=0)
print(create_contract(kind="crte", name="Ensemble", by=None, at=localtime()).slug)
"""
READ = """
import django; django.setup()
from maillage.accounts.models import JournalEntry
from maillage.contracts.models import Contract
row = Contract.objects.get()
print(row.revision, JournalEntry.objects.filter(verb="edited").count())
print(row.project)
"""


@pytest.fixture
def run(tmp_path):
    """Runs Python on a base of its own, a file that these processes share."""
    env = os.environ | {
        "MAILLAGE_VAR": str(tmp_path),
        "MAILLAGE_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)

    return start


def said(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return output


def test_twenty_people_lose_nothing(run):
    slug = said(run("-c", PREPARE)).strip()
    script = str(Path(__file__).parent / "crowd.py")
    crowds = [run(script, slug, str(first), "5") for first in range(0, 20, 5)]
    for crowd in crowds:
        said(crowd)
    counts, *lines = said(run("-c", READ)).strip().splitlines()
    assert counts == "20 20"
    assert sorted(lines) == sorted(f"ligne {n}" for n in range(20))
