"""The note of a cooperation, as a download."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from maillage.common.errors import InputError
from maillage.documents.pages.cooperation import Note, cooperation_pdf
from maillage.drawing.pair_map import PairMap, pair_map
from maillage.engine.edition import Edition
from maillage.observatory.answers.pair import Pair
from maillage.observatory.pair import apart, pair
from maillage.operations.models import Operation
from maillage.operations.planned import dossier_of
from maillage.operations.portfolio import review_one
from maillage.operations.readiness import missing
from maillage.territory.perimeter import parse_perimeter
from maillage.web.views.operations.here import on_operation


def cooperation_note(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """Two pages, with the lines of money that its reader may see."""
    here, operation = on_operation(request, slug, id)
    row = review_one(here.viewer, operation, here.subject, here.today)
    programmed = [line for line in row.lines if line.kind != "simulation"]
    lacking = missing(dossier_of(operation, row.findings, len(programmed)), here.today)
    page = reverse("operations-operation", kwargs={"slug": slug, "id": id})
    found, drawing = _pair(request.edition, operation)
    content = cooperation_pdf(
        Note(
            row=row,
            contract=here.contract.name,
            pair=found,
            drawing=drawing,
            missing=lacking if operation.stage == "project" and row.whole else (),
            address=request.build_absolute_uri(page),
            printed_on=here.today,
            fictional=request.edition.fictional,
        )
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"cooperation-{slugify(operation.title)[:60]}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _pair(edition: Edition, operation: Operation) -> tuple[Pair | None, PairMap | None]:
    """Of the contract and the first partner it keeps a figure of, while both are still known;
    the map shows the partner without what both share."""
    partner = next((tie.partner for tie in operation.interdependencies.all() if tie.partner), "")
    if not partner or not operation.contract.territory:
        return None, None
    try:
        here = parse_perimeter(operation.contract.territory, edition.geography)
        there = parse_perimeter(partner, edition.geography)
        found = pair(edition, here, there)
        return found, pair_map(edition, here, apart(edition, here, there)[0])
    except InputError:
        return None, None
