"""What the repository's files may not say, and how its French is set."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# A package is named, never the place it comes from: mirrors and closed networks have their own.
HOST = re.compile(
    r"\b(?:registry|pypi|files|repo\d?|proxy)\.[a-z-]+\.(?:org|com|io|net)\b|\bpypi\.\w"
)
SOMEBODYS_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w|[A-Z]:\\Users")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK|lorem i" r"psum)\b")
ELISION = re.compile(r"(?i)(?<![\w'])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[a-zà-ÿœ«])")
CODE = re.compile(r"```.*?```|`[^`]*`|<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->", re.S)


def lines_with(pattern: re.Pattern[str], texts: dict[Path, str]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()[:100]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (HOST, "see registry" + ".example.org/x"),
        (SOMEBODYS_PATH, "cd /" + "home/anne/maillage"),
        (UNFINISHED, "# TO" + "DO later"),
    ],
)
def test_no_file_says(pattern: re.Pattern[str], sample: str, texts: dict[Path, str]) -> None:
    assert pattern.search(sample)
    assert lines_with(pattern, texts) == []


def test_locks_hold_names_versions_and_hashes_only(texts: dict[Path, str]) -> None:
    locks = {path: text for path, text in texts.items() if path.parts[0] == "requirements"}
    assert {path.stem for path in locks} == {"run", "test", "docs", "spark", "postgres"}
    line = re.compile(
        r"#.*|[a-z0-9-]+(\[[a-z,]+\])?==[\w.+]+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    for path, text in locks.items():
        strays = [row for row in text.splitlines() if not line.fullmatch(row)]
        assert strays == [], path


def french_of_python(text: str) -> Iterator[str]:
    """Strings of a module that are not its docstrings."""
    tree = ast.parse(text)
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def french_of_prose(text: str) -> Iterator[str]:
    yield CODE.sub("", text)


PROSE = {"src", "docs", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"}
OFFICIAL = Path("src/maillage/synth")  # imitates producers, who type straight apostrophes
READERS: dict[str, Callable[[str], Iterator[str]]] = {
    ".py": french_of_python,
    ".yaml": french_of_prose,
    ".html": french_of_prose,
    ".md": french_of_prose,
    ".toml": french_of_prose,
    ".po": french_of_prose,
}


def test_french_apostrophes_are_typographic(texts: dict[Path, str]) -> None:
    assert ELISION.search("aujourd" + "'hui, l" + "'eau")
    found = [
        f"{path}: {match.string[max(0, match.start() - 30) : match.end() + 20]!r}"
        for path, text in texts.items()
        if path.suffix in READERS and path.parts[0] in PROSE and OFFICIAL not in path.parents
        for sentence in READERS[path.suffix](text)
        for match in ELISION.finditer(sentence)
    ]
    assert found == []
