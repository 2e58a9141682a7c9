"""What the documents tell people to type exists."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from maillage.cli import main

BLOCK = re.compile(r"```sh\n(.*?)```", re.S)
FIRST_SCREEN = 60  # lines
DEMO = "var/demo/editions"


def typed(texts: dict[Path, str]) -> Iterator[tuple[str, list[str]]]:
    """Document and words of every command line shown."""
    for path, text in texts.items():
        if path.suffix == ".md":
            for block in BLOCK.findall(text):
                yield from ((str(path), command(line)) for line in block.splitlines())


def command(line: str) -> list[str]:
    """Words of a command, without the variables set before it."""
    return [word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)]


@pytest.fixture(scope="session")
def targets(root: Path) -> set[str]:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):", makefile, re.M))


def test_every_make_target_shown_exists(texts: dict[Path, str], targets: set[str]) -> None:
    shown = {word for _, words in typed(texts) if "make" in words for word in words[-1:]}
    inline = {t for text in texts.values() for t in re.findall(r"`make ([a-z-]+)", text)}
    assert {"demo", "install", "test"} <= shown
    assert {word for word in shown | inline if "=" not in word} <= targets


def test_every_maillage_command_shown_is_understood(texts: dict[Path, str]) -> None:
    lines = [(path, words) for path, words in typed(texts) if words and "maillage" in words[0]]
    assert {words[1] for _, words in lines} >= {"build", "ask", "serve"}
    for path, (_, name, *rest) in lines:
        command = main.commands[name]
        spellings = {spelling for option in command.params for spelling in option.opts}
        unknown = [word for word in rest if word.startswith("-") and word not in spellings]
        assert not unknown, f"{path}: {name} {unknown}"


def test_commands_on_the_demonstration_answer(texts: dict[Path, str], demo_editions: Path) -> None:
    """What the guide asks of the fictional country, word for word."""
    lines = [words for _, words in typed(texts) if DEMO in words and words[1] == "ask"]
    assert lines
    for _, *words in lines:
        told = CliRunner().invoke(main, [str(demo_editions) if w == DEMO else w for w in words])
        assert told.exit_code == 0, told.output


def test_every_choice_shown_is_offered(texts: dict[Path, str]) -> None:
    for path, words in typed(texts):
        if words and "maillage" in words[0]:
            for option in main.commands[words[1]].params:
                if isinstance(option.type, click.Choice) and option.opts[0] in words:
                    given = words[words.index(option.opts[0]) + 1]
                    assert given in option.type.choices, f"{path}: {given}"


def test_the_map_of_the_readme_names_every_room(texts: dict[Path, str], root: Path) -> None:
    readme = texts[Path("README.md")]
    rooms = {path.name for path in (root / "src/maillage").iterdir() if path.is_dir()}
    assert [room for room in rooms - {"__pycache__"} if not re.search(rf"\b{room}\b", readme)] == []


def test_the_first_screen_runs(texts: dict[Path, str]) -> None:
    first = "\n".join(texts[Path("README.md")].splitlines()[:FIRST_SCREEN])
    assert "make demo" in first
    assert "http://127.0.0.1:8000" in first


def test_links_between_documents_lead_somewhere(texts: dict[Path, str], root: Path) -> None:
    for path, text in texts.items():
        if path.suffix == ".md" and path.parent in {Path(), Path(".github")}:
            for target in re.findall(r"\]\(([^)#:]+)\)", text):
                assert (root / path.parent / target).exists(), f"{path}: {target}"


def test_every_dependency_has_its_paragraph(root: Path, texts: dict[Path, str]) -> None:
    project = tomllib.loads(texts[Path("pyproject.toml")])
    groups = [project["project"]["dependencies"]]
    groups += project["project"]["optional-dependencies"].values()
    groups += project["dependency-groups"].values()
    names = {
        re.match(r"[\w.-]+", item)[0].lower()
        for group in groups
        for item in group
        if isinstance(item, str) and not item.startswith("types-")
    }
    decisions = texts[Path("docs/decisions.md")].lower()
    assert [name for name in sorted(names) if f"**{name}**" not in decisions] == []
