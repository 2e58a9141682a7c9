"""The annexes of a contract as one archive: fiches, maquette, strategy, indicators, and what is
in it."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.common.french import counted
from maillage.documents.formats import ODS
from maillage.documents.pages.maquette import maquette_pdf
from maillage.documents.papers.operation import operation_paper
from maillage.documents.papers.printed import paper_pdf, papers_pdf
from maillage.documents.papers.word import docx
from maillage.documents.sheets.formats import LIVE_XLSX, written_book
from maillage.documents.sheets.indicators import indicators_book
from maillage.documents.sheets.maquette import maquette_book
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.documents.tables.facts import FICTIONAL
from maillage.documents.tables.names import safe
from maillage.operations.maquette.content import Content
from maillage.operations.maquette.taxes import maquette_words

README = "LISEZ-MOI.txt"
_STORED = (".docx", ".xlsx", ".ods", ".pdf")  # packed already


@dataclass(frozen=True)
class Annexed:
    """``content`` is that of a maquette, ``strategy`` what ``strategy_paper`` says, ``communes``
    the names of codes, ``folder`` the site’s own templates."""

    content: Content
    strategy: Mapping[str, Any]
    standing: Standing
    communes: Mapping[str, str]
    folder: Path | None = None


def annexes_zip(annexed: Annexed) -> bytes:
    """Every file in the same state, that of ``standing``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in (*_files(annexed), (README, _readme(annexed).encode("utf-8-sig"))):
            method = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, method)
    return stream.getvalue()


def _files(annexed: Annexed) -> Iterator[tuple[str, bytes]]:
    content, standing, folder = annexed.content, annexed.standing, annexed.folder
    book = maquette_book(content, standing)
    yield "maquette/maquette.xlsx", written_book(book, LIVE_XLSX)
    yield "maquette/maquette.ods", written_book(book, ODS)
    yield "maquette/maquette.pdf", maquette_pdf(content, standing)
    indicators = indicators_book(content, standing)
    yield "indicateurs/indicateurs.xlsx", written_book(indicators, LIVE_XLSX)
    yield "strategie/strategie.pdf", paper_pdf("strategy", annexed.strategy, folder)
    yield "strategie/strategie.docx", docx("strategy", annexed.strategy, folder)
    papers = [operation_paper(item, standing, annexed.communes) for item in content["operations"]]
    if papers:
        title = f"Fiches – {standing.contract}"
        whole = papers_pdf("operation", title, standing.running, list(papers), folder)
        yield "fiches/fiches.pdf", whole
    for rank, paper in enumerate(papers, 1):
        name = safe(f"{rank:02d}-{paper['number']}-{paper['title']}")[:70].strip("-.")
        yield f"fiches/{name.lower()}.docx", docx("operation", paper, folder)


def _readme(annexed: Annexed) -> str:
    standing = annexed.standing
    count = counted(len(annexed.content["operations"]), "fiche")
    lines = (
        f"Annexes du contrat « {standing.contract} »",
        standing.kind,
        f"Maquette {standing.moment}.",
        f"Empreinte SHA-256 du texte arrêté : {standing.digest}" * bool(standing.digest),
        FICTIONAL * standing.fictional,
        "",
        f"fiches/       {count} : toutes en PDF, et une par une en DOCX",
        "maquette/     classeur qui calcule (XLSX, ODS) et sa page à imprimer (PDF)",
        "strategie/    axes, orientations, objectifs et opérations qui les servent",
        "indicateurs/  indicateurs de suivi de chaque opération",
        "",
        PROGRAMMED,
        *(maquette_words(annexed.content) if standing.whole else (PARTIAL,)),
        f"Page d’origine : {standing.address}" * bool(standing.address),
    )
    return "\r\n".join(line for line in lines if line is not None) + "\r\n"
