"""One word for one thing: the glossary's refused synonyms name nothing here."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-zà-ÿ]+|\d+")


def words(name: str) -> tuple[str, ...]:
    """``FlowBalance``, ``flow_balance`` and ``flow-balance`` are the same two words."""
    return tuple(word.lower() for word in WORD.findall(name))


@pytest.fixture(scope="session")
def glossary(root: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((root / "docs/glossary.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def refused(glossary: dict[str, dict[str, object]]) -> dict[tuple[str, ...], str]:
    """Refused words -> the word to use."""
    return {words(str(bad)): term for term, entry in glossary.items() for bad in entry["not"]}


def names_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names this module gives: what it imports or reaches into was named by others."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr


def synonym(name: str, refused: dict[tuple[str, ...], str]) -> str | None:
    """The word to use instead of one in ``name``, if the glossary refuses one."""
    parts = words(name)
    for bad, good in refused.items():
        if any(parts[i : i + len(bad)] == bad for i in range(len(parts) - len(bad) + 1)):
            return f"{name}: {good}, not {'_'.join(bad)}"
    return None


def test_the_check_finds_a_synonym(refused: dict[tuple[str, ...], str]) -> None:
    tree = ast.parse("def list_municipality(dest_code): InflowTotal = 1")
    found = [synonym(name, refused) for _, name in names_of(tree)]
    assert [text and text.split(": ")[1] for text in found] == [
        "commune, not municipality",
        "destination, not dest",
        "incoming, not inflow",
    ]


def test_no_identifier_uses_a_refused_synonym(
    modules: dict[Path, ast.Module], refused: dict[tuple[str, ...], str]
) -> None:
    found = [
        f"{path}:{line} {fault}"
        for path, tree in modules.items()
        for line, name in [(1, path.stem), *names_of(tree)]
        if (fault := synonym(name, refused))
    ]
    assert found == []


def test_no_template_uses_a_refused_synonym(
    texts: dict[Path, str], refused: dict[tuple[str, ...], str]
) -> None:
    templates = [path for path in texts if path.suffix == ".html" and path.parts[0] == "src"]
    assert [fault for path in templates if (fault := synonym(path.stem, refused))] == []


def test_no_answer_key_uses_a_refused_synonym(
    texts: dict[Path, str], refused: dict[tuple[str, ...], str]
) -> None:
    """Keys that cards and published schemas declare are part of the language too."""
    schemas = {p: yaml.safe_load(t) for p, t in texts.items() if p.name.endswith(".schema.json")}
    keys = {(str(path), key) for path, schema in schemas.items() for key in declared(schema)}
    assert [f"{path} {fault}" for path, key in keys if (fault := synonym(key, refused))] == []


def declared(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        yield from properties
        for value in schema.values():
            yield from declared(value)


def test_the_glossary_is_whole(glossary: dict[str, dict[str, object]]) -> None:
    for term, entry in glossary.items():
        assert entry["label"], term
        assert str(entry["meaning"]).endswith("."), term
        assert not {words(term)} & {words(str(bad)) for bad in entry["not"]}, term
