"""The documentation builds without a warning, and every card and command has its page."""

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from html import unescape
from pathlib import Path

import pytest

from maillage.accounts.perms import RIGHTS
from maillage.accounts.roles import ROLES
from maillage.catalog.load import load_catalog
from maillage.cli import main
from maillage.common.french import typeset
from maillage.observatory.schemas import PUBLISHED

pytestmark = pytest.mark.slow
FOLDERS = {
    "flows": "flux",
    "sources": "sources",
    "stocks": "stocks",
    "indicators": "indicateurs",
    "balances": "themes",
    "nomenclatures": "nomenclatures",
    "peers": "semblables",
    "fragility": "fragilites",
}
ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source)[^>]*\bsrc=\"?(?:https?:)?//"
    r"|<link[^>]*\brel=\"?(?:stylesheet|preload|icon)[^>]*\bhref=\"?(?:https?:)?//"
)


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def page(site: Path, address: str) -> str:
    return (site / address).read_text(encoding="utf-8")


def test_every_indicator_has_its_page(site: Path) -> None:
    for card in load_catalog().indicators.values():
        text = page(site, f"indicateurs/{card.id}.html")
        assert f"<code>{card.function}</code>" in text
        assert "Comment le lire" in text
        assert f"{card.id}.html" in page(site, "indicateurs/index.html")


def test_every_source_has_its_page(site: Path) -> None:
    for card in load_catalog().sources.values():
        text = page(site, f"sources/{card.id}.html")
        assert "éprouvée" in text if card.verified == "format_only" else "vérifiée" in text
        assert f"{card.id}.html" in page(site, "sources/index.html")


def test_every_kind_of_card_has_its_pages(site: Path) -> None:
    for kind in fields(load_catalog()):
        cards = getattr(load_catalog(), kind.name)
        assert {path.stem for path in (site / FOLDERS[kind.name]).glob("*.html")} == {
            "index",
            *cards,
        }


def test_every_theme_has_a_french_name() -> None:
    catalog = load_catalog()
    themes = {card.theme for card in (*catalog.stocks.values(), *catalog.balances.values())}
    assert themes - catalog.nomenclatures["themes"].codes.keys() == set()


def test_every_promised_answer_has_its_schema(site: Path) -> None:
    for question in PUBLISHED:
        assert json.loads(page(site, f"commandes/{question}.schema.json"))["properties"]


def test_every_command_and_option_is_described(site: Path) -> None:
    for name, command in main.commands.items():
        text = page(site, f"commandes/{name}.html")
        for parameter in command.params:
            assert all(spelling in text for spelling in parameter.opts if spelling[0] == "-")


def test_every_word_of_the_glossary_is_explained(site: Path, root: Path) -> None:
    terms = tomllib.loads((root / "docs/glossary.toml").read_text(encoding="utf-8"))
    text = page(site, "glossaire.html")
    assert all(f"<code>{term}</code>" in text for term in terms)


def test_pages_fetch_nothing_from_elsewhere(site: Path) -> None:
    assert ELSEWHERE.search('<script src="https://example.org/x.js">')
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    assert [str(p) for p in pages if ELSEWHERE.search(p.read_text(encoding="utf-8"))] == []


def test_the_matrix_of_rights_has_no_hole(site: Path) -> None:
    """Every action, with every role named once under it."""
    text = page(site, "droits.html")
    parts = re.split(r"<h3", text)[1:]
    assert len(parts) == len(RIGHTS)
    for right, part in zip(RIGHTS.values(), parts, strict=True):
        assert f"<code>{right.id}</code>" in part
        items = re.findall(r"<li>[^:<]*:([^<]*)</li>", part)
        said = [unescape(name).strip() for item in items for name in item.split(",")]
        assert sorted(said) == sorted(typeset(role.label) for role in ROLES.values()), right.id
