"""The lock files answer what pyproject.toml asks, and agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([\w.+]+)", re.M)
#: Lock -> the groups and extras it must hold besides the application's own dependencies.
ASKED = {
    "run": ("build",),
    "docs": ("build", "docs"),
    "test": ("build", "docs", "test"),
    "spark": ("build", "spark"),
    "postgres": ("build", "postgres"),
}


@pytest.fixture(scope="session")
def locks(texts: dict[Path, str]) -> dict[str, dict[str, str]]:
    return {name: dict(PINNED.findall(texts[Path(f"requirements/{name}.txt")])) for name in ASKED}


def requirements(pyproject: str, lock: str) -> list[Requirement]:
    project = tomllib.loads(pyproject)
    sections = {**project["dependency-groups"], **project["project"]["optional-dependencies"]}
    asked = [*project["project"]["dependencies"]]
    for section in ASKED[lock]:
        asked += [item for item in sections[section] if isinstance(item, str)]
    return [Requirement(item) for item in asked]


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_holds_what_is_asked(
    lock: str, locks: dict[str, dict[str, str]], texts: dict[Path, str]
) -> None:
    for asked in requirements(texts[Path("pyproject.toml")], lock):
        version = locks[lock].get(canonicalize_name(asked.name))
        assert version, f"{asked.name}: make lock"
        assert asked.specifier.contains(version, prereleases=True), f"{asked} is locked {version}"


def test_what_is_tested_is_what_runs(locks: dict[str, dict[str, str]]) -> None:
    for name, pinned in locks.items():
        apart = {p: v for p, v in pinned.items() if locks["test"].get(p, v) != v}
        assert apart == {}, name
