"""Writes the templates again from the blocks: ``python -m maillage.documents.papers.make``."""

from pathlib import Path

from maillage.documents.papers.blocks import FORMS, read_paper
from maillage.documents.papers.open_text import odt_template
from maillage.documents.papers.word import docx_template


def make(folder: Path = FORMS) -> None:
    """A template of Word and one of LibreOffice for each form."""
    for path in sorted(FORMS.glob("*.yaml")):
        paper = read_paper(path.stem)
        (folder / f"{path.stem}.docx").write_bytes(docx_template(paper))
        (folder / f"{path.stem}.odt").write_bytes(odt_template(paper))


if __name__ == "__main__":
    make()
