"""Workbooks of a contract, as downloads: the maquette that computes, the portfolio, its model."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from maillage.common.errors import NotFoundError
from maillage.common.french import long_date, typeset
from maillage.documents.formats import Format
from maillage.documents.pages.maquette import maquette_pdf
from maillage.documents.papers.formats import PDF
from maillage.documents.sheets.formats import SHEET_FORMATS, TABLES, TEXT, written_book
from maillage.documents.sheets.maquette import maquette_book
from maillage.documents.sheets.portfolio import portfolio_book, template_book
from maillage.documents.standing import Standing, arrested, kind_of
from maillage.documents.tables.names import stem
from maillage.operations.maquette.content import Content
from maillage.operations.models import Maquette
from maillage.operations.portfolio import review
from maillage.operations.snapshot import snapshot
from maillage.operations.visibility import sees_whole_plan, visible_lines
from maillage.web.files import file_response
from maillage.web.views.operations.here import Here, on_contract


def standing_of(
    request: HttpRequest, here: Here, what: str, title: str, maquette: Maquette | None = None
) -> Standing:
    """What a document of this contract says of itself. ``what`` starts the name of the file."""
    day = here.today
    if maquette is None:
        moment = typeset(f"telle qu’elle est le {long_date(day)}")
        name = stem(f"{what}-{here.contract.slug}", year=day.isoformat())
    else:
        moment = arrested(maquette)
        name = stem(f"{what}-{here.contract.slug}-{maquette.rank}", year=maquette.year)
    return Standing(
        contract=typeset(here.contract.name),
        kind=kind_of(here.contract),
        title=typeset(title),
        moment=moment,
        stem=name,
        digest="" if maquette is None else maquette.digest,
        whole=sees_whole_plan(here.viewer, here.subject),
        fictional=request.edition.fictional,
        address=request.build_absolute_uri(request.path.rpartition("/")[0] + "/"),
    )


def content_of(here: Here) -> Content:
    """The maquette as it stands, with the lines that the viewer sees."""
    return snapshot(here.contract, visible_lines(here.viewer, here.contract, here.subject))


def kept_maquette(here: Here, year: int, rank: int) -> Maquette:
    found: Maquette = get_object_or_404(Maquette, contract=here.contract, year=year, rank=rank)
    return found


def maquette_now(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    here = on_contract(request, slug)
    standing = standing_of(request, here, "maquette", "Maquette financière")
    return _maquette(content_of(here), standing, ext)


def maquette_kept(request: HttpRequest, slug: str, year: int, rank: int, ext: str) -> HttpResponse:
    """Whole for those who see every programmed line, and nobody else."""
    here = on_contract(request, slug, "lines.see_parties")
    maquette = kept_maquette(here, year, rank)
    title = f"Maquette financière {maquette.year}"
    standing = standing_of(request, here, "maquette", title, maquette)
    return _maquette(maquette.content, standing, ext)


def _maquette(content: Content, standing: Standing, ext: str) -> HttpResponse:
    if ext == PDF.id:
        return file_response(maquette_pdf(content, standing), standing.stem, PDF)
    book = maquette_book(content, standing)
    return file_response(written_book(book, _live(ext)), book.stem, _live(ext))


def portfolio(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """In the layout that « Importer » reads back."""
    here = on_contract(request, slug)
    standing = standing_of(request, here, "portefeuille", "Portefeuille d’opérations")
    rows = review(here.viewer, here.contract, here.today, here.subject)
    format = _format(ext)
    return file_response(
        written_book(portfolio_book(rows, standing), format), standing.stem, format
    )


def template(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The same, empty."""
    on_contract(request, slug)
    book, format = template_book(), _format(ext)
    return file_response(written_book(book, format), book.stem, format)


def _format(ext: str) -> Format:
    if ext not in SHEET_FORMATS:
        raise NotFoundError("ce format n’existe pas.")
    return SHEET_FORMATS[ext]


def _live(ext: str) -> Format:
    """A text file computes nothing: it is not offered here."""
    if ext in (TEXT.id, TABLES.id):
        raise NotFoundError("ce format n’existe pas.")
    return _format(ext)
