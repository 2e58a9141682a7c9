"""Runs the command line as a person would, without a process."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from maillage.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("editions", "--format", "json")``, on a machine that speaks English."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.delenv("MAILLAGE_EDITIONS", raising=False)
    monkeypatch.delenv("MAILLAGE_MIRROR", raising=False)
    runner = CliRunner()
    return lambda *words: runner.invoke(main, [str(word) for word in words], prog_name="maillage")
