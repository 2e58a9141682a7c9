"""What git follows, read once for the checks of this folder."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = {
    ".png",
    ".jpg",
    ".woff2",
    ".ttf",
    ".mo",
    ".npy",
    ".parquet",
    ".xlsx",
    ".docx",
    ".odt",
    ".zip",
    ".ico",
    ".gz",
}


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def texts() -> dict[Path, str]:
    """Text of every file people read, by path relative to the root, new files included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (Path(name) for name in listed.split("\0") if name)
    return {
        path: (ROOT / path).read_text(encoding="utf-8")
        for path in paths
        if path.suffix not in BINARY and (ROOT / path).is_file()
    }


@pytest.fixture(scope="session")
def modules(texts: dict[Path, str]) -> dict[Path, ast.Module]:
    """Syntax tree of every module of the package, by path relative to the root.

    Migrations are Django's writing: they are left out.
    """
    return {
        path: ast.parse(text)
        for path, text in texts.items()
        if path.suffix == ".py"
        and path.parts[0] == "src"
        and not (path.parent.name == "migrations" and path.name[0] == "0")
    }
