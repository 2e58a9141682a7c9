"""Documents of a portfolio: a fiche, the annexes, the pack of the copil, the State’s return."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from maillage.common.errors import NotFoundError
from maillage.common.french import long_date, typeset
from maillage.contracts.snapshot import build_snapshot
from maillage.documents.annexes import Annexed, annexes_zip
from maillage.documents.committee.impress import odp_pack
from maillage.documents.committee.opening import opening_slide
from maillage.documents.committee.pack import committee_pack
from maillage.documents.committee.powerpoint import pptx_pack
from maillage.documents.committee.printed import pdf_pack
from maillage.documents.committee.slides import Pack
from maillage.documents.formats import CSV, JSON, Format
from maillage.documents.papers.formats import (
    ARCHIVE,
    ODP,
    PAPER_FORMATS,
    PDF,
    PPTX,
    written_paper,
)
from maillage.documents.papers.operation import operation_paper
from maillage.documents.papers.strategy import maquette_strategy_paper, strategy_paper
from maillage.documents.standing import Standing
from maillage.documents.state_return import return_csv, return_json, returned
from maillage.documents.tables.names import stem
from maillage.governance.reading import next_copil
from maillage.operations.committee import meeting
from maillage.operations.inscribed import inscribed, inscription_years
from maillage.operations.maquette.content import Content
from maillage.operations.models import Maquette
from maillage.operations.portfolio import review
from maillage.operations.snapshot import snapshot_of_one
from maillage.operations.visibility import visible_lines
from maillage.web.files import file_response
from maillage.web.papers import commune_names, folder
from maillage.web.viewers import now
from maillage.web.views.operations.here import Here, on_contract, on_operation
from maillage.web.views.operations.workbooks import content_of, kept_maquette, standing_of

PACKS: Mapping[str, tuple[Format, Callable[[Pack], bytes]]] = {
    PPTX.id: (PPTX, pptx_pack),
    ODP.id: (ODP, odp_pack),
    PDF.id: (PDF, pdf_pack),
}


def operation(request: HttpRequest, slug: str, id: int, ext: str) -> HttpResponse:
    """The fiche of one, on a page or two."""
    if ext not in PAPER_FORMATS:
        raise NotFoundError("ce format n’existe pas.")
    here, row = on_operation(request, slug, id)
    fields = snapshot_of_one(row, visible_lines(here.viewer, here.contract, here.subject))
    standing = standing_of(request, here, f"fiche-{row.number or row.pk}", "Fiche")
    paper = operation_paper(fields, standing, commune_names(request))
    data = written_paper("operation", paper, PAPER_FORMATS[ext], folder(), most=2)
    return file_response(data, standing.stem, PAPER_FORMATS[ext])


def annexes(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of today."""
    here = on_contract(request, slug)
    return _annexes(request, here, content_of(here), None)


def annexes_kept(request: HttpRequest, slug: str, year: int, rank: int) -> HttpResponse:
    """Those of a maquette arrêtée: its lines and its fiches as they were that day."""
    here = on_contract(request, slug, "lines.see_parties")
    maquette = kept_maquette(here, year, rank)
    return _annexes(request, here, maquette.content, maquette)


def _annexes(
    request: HttpRequest, here: Here, content: Content, maquette: Maquette | None
) -> HttpResponse:
    title = f"Maquette financière {maquette.year}" if maquette else "Maquette financière"
    standing = standing_of(request, here, "annexes", title, maquette)
    strategy = _strategy(here, content, standing)
    annexed = Annexed(content, strategy, standing, commune_names(request), folder())
    return file_response(annexes_zip(annexed), standing.stem, ARCHIVE)


def _strategy(here: Here, content: Content, standing: Standing) -> Mapping[str, Any]:
    """That of the maquette; those arrêtées before it was kept show today’s, and say so."""
    if "strategy" in content:
        return maquette_strategy_paper(content, standing.moment, fictional=standing.fictional)
    text = build_snapshot(here.contract, inscribed(here.contract))
    moment = f"au {long_date(here.today)} : celle de la maquette n’a pas été gardée"
    return strategy_paper(text, typeset(moment), fictional=standing.fictional)


def committee(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """The pack of the copil, in one click."""
    if ext not in PACKS:
        raise NotFoundError("ce format n’existe pas.")
    here = on_contract(request, slug)
    format, write = PACKS[ext]
    rows = review(here.viewer, here.contract, here.today, here.subject)
    last = here.contract.maquettes.order_by("-decided_on", "-pk").first()
    standing = standing_of(request, here, "copil", "Comité de pilotage")
    told = meeting(rows, content_of(here), last, here.today)
    coming = next_copil(here.contract, now())
    opening = [opening_slide(coming, coming.items.all())] if coming else []
    return file_response(write(committee_pack(told, standing, opening)), standing.stem, format)


def state_return(request: HttpRequest, slug: str, ext: str) -> HttpResponse:
    """In the words of the State, without personal data."""
    here = on_contract(request, slug)
    rows = review(here.viewer, here.contract, here.today, here.subject)
    records = returned(here.contract, rows, inscription_years(here.contract))
    name = stem(f"retour-etat-{slug}", year=here.today.isoformat())
    if ext == JSON.id:
        return file_response(return_json(records), name, JSON)
    if ext == CSV.id:
        return file_response(return_csv(records), name, CSV)
    raise NotFoundError("ce format n’existe pas.")
