"""The guide's own example works: its cards are read, its files built, its figures found."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.catalog.load import load_catalog
from maillage.cli import main

TITLED = re.compile(r'```\w+ title="([^"]+)"\n(.*?)```', re.S)


@pytest.fixture
def example(root: Path, tmp_path: Path) -> Path:
    """The files the page shows, written where it says."""
    page = (root / "docs/guide/vos-fichiers.md").read_text(encoding="utf-8")
    for name, content in TITLED.findall(page):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def test_the_cards_shown_are_valid_and_short(example: Path) -> None:
    catalog = load_catalog(example / "fiches")
    assert catalog.stocks["book_loans"].source == "mediatheques"
    assert catalog.sources["covoiturage"].flow in catalog.flows
    for card in (example / "fiches/sources").iterdir():
        assert len(card.read_text(encoding="utf-8").splitlines()) <= 12


def test_the_files_shown_are_built_and_answer(example: Path, demo_mirror: Path) -> None:
    """On the fictional country: its communes take the place of those the page names."""
    communes = sorted(example_communes(demo_mirror))[:2]
    for table in (example / "miroir").iterdir():
        text = table.read_text(encoding="utf-8")
        table.write_text(text.replace("44109", communes[0]).replace("44162", communes[1]))
    for path in (demo_mirror / "cog").iterdir():
        (example / "miroir" / path.name).symlink_to(path)
    run = CliRunner().invoke
    folders = ["--mirror", f"{example}/miroir", "--cards", f"{example}/fiches"]
    where = ["--editions", f"{example}/editions"]
    built = run(main, ["build", "--strict", *folders, *where])
    assert built.exit_code == 0, built.output
    asked = ["ask", "balance", communes[0], "--flow", "carpooling", "--mesh", "commune"]
    answer = json.loads(run(main, [*asked, "--format", "json", *where]).stdout)
    assert (answer["year"], answer["outgoing"], answer["incoming"]) == (2024, 1250.5, 1198.0)
    assert answer["unit"]["label"] == "trajets"


def test_another_country_is_built_and_answers(example: Path) -> None:
    run = CliRunner().invoke
    folders = ["--mirror", f"{example}/belgique", "--cards", f"{example}/fiches-belgique"]
    where = ["--editions", f"{example}/editions"]
    built = run(main, ["build", "--strict", "--cog", "2024", *folders, *where])
    assert built.exit_code == 0, built.output
    asked = ["ask", "balance", "25121", "--flow", "commuting", "--format", "json"]
    answer = json.loads(run(main, [*asked, *where]).stdout)
    assert (answer["outgoing"], answer["incoming"]) == (815.0, 2140.0)


def example_communes(mirror: Path) -> set[str]:
    with (mirror / "cog/v_commune_2025.csv").open(encoding="utf-8", newline="") as lines:
        return {row["COM"] for row in csv.DictReader(lines) if row["TYPECOM"] == "COM"}
