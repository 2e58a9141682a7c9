"""The formats of papers and of packs, by the word that stands in an address."""

from collections.abc import Mapping
from pathlib import Path

from maillage.documents.formats import Format
from maillage.documents.papers.blocks import Context
from maillage.documents.papers.open_text import odt
from maillage.documents.papers.printed import paper_pdf
from maillage.documents.papers.word import docx

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
PDF = Format("pdf", ".pdf", "application/pdf", "PDF", "à imprimer, accessible", True)
DOCX = Format(
    "docx", ".docx", f"{_OFFICE}.wordprocessingml.document", "DOCX", "à modifier dans Word", True
)
ODT = Format("odt", ".odt", f"{_OPEN}.text", "ODT", "à modifier dans LibreOffice", True)
PPTX = Format(
    "pptx", ".pptx", f"{_OFFICE}.presentationml.presentation", "Diapositives PPTX",
    "pour PowerPoint", True,
)  # fmt: skip
ODP = Format("odp", ".odp", f"{_OPEN}.presentation", "Diapositives ODP", "pour Impress", True)
ARCHIVE = Format("zip", ".zip", "application/zip", "Toutes les annexes", "une archive ZIP", True)
PAPER_FORMATS: Mapping[str, Format] = {format.id: format for format in (PDF, DOCX, ODT)}


def written_paper(
    name: str, context: Context, format: Format, folder: Path | None = None, most: int = 0
) -> bytes:
    """``most``: pages that the PDF should keep to."""
    if format is PDF:
        return paper_pdf(name, context, folder, most, best=max(most - 1, 0))
    return (docx if format is DOCX else odt)(name, context, folder)
