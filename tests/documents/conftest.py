"""Answers of the fictional country as workbooks, and the programs that reopen files."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.cli.questions import QUESTIONS
from maillage.documents.tables.values import Workbook
from maillage.engine.edition import Edition, current_edition
from maillage.observatory.directory import directory
from maillage.territory.perimeter import Perimeter, parse_perimeter

Ask = Callable[..., Workbook]


@pytest.fixture(scope="session")
def perimeter(demo_edition: Edition) -> Perimeter:
    """The first EPCI of the country."""
    return parse_perimeter(directory(demo_edition)[0].entries[0].id, demo_edition.geography)


@pytest.fixture(scope="session")
def ask(demo_edition: Edition, perimeter: Perimeter, granted_editions: Path) -> Ask:
    """``ask("balance", mesh="commune")``: the workbook of an answer."""

    def answer(name: str, **told: object) -> Workbook:
        question = QUESTIONS[name]
        if name == "grants":  # the fictional country has none
            edition = current_edition(granted_editions)
            here = parse_perimeter("01001", edition.geography)
            return question.lay_out(question.ask(edition, perimeter=here, **told), edition)
        if "flow" in question.required:
            told.setdefault("flow", "commuting")
        if "others" in question.options:
            other = directory(demo_edition)[0].entries[1].id
            told.setdefault("others", [parse_perimeter(other, demo_edition.geography)])
        if name == "joining":
            told.setdefault("themes", ("energy",))
        return question.lay_out(
            question.ask(demo_edition, perimeter=perimeter, **told), demo_edition
        )

    return answer


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str, str], Path]:
    """``libreoffice(file, "csv", infilter)``: the file opened and saved in another format."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice absent : installez libreoffice-calc (make system-packages)")
    home = tmp_path_factory.mktemp("libreoffice")

    def convert(file: Path, to: str, infilter: str = "") -> Path:
        options = [f"--infilter={infilter}"] if infilter else []
        command = [soffice, f"-env:UserInstallation=file://{home}", "--headless", *options]
        command += ["--convert-to", to, "--outdir", str(home), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return home / f"{file.stem}.{to}"

    return convert
