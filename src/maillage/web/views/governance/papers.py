"""What is printed or sent of a meeting: convocation, relevé de décisions, calendar."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from maillage.common.errors import InputError, NotFoundError
from maillage.documents.papers.formats import PAPER_FORMATS, written_paper
from maillage.documents.papers.meeting import convocation_paper, minutes_paper
from maillage.documents.tables.names import stem
from maillage.governance.calendars import meeting_ics
from maillage.web.files import file_response, name_file
from maillage.web.papers import folder
from maillage.web.viewers import now
from maillage.web.views.governance.here import meeting_for, page_of_meeting
from maillage.web.views.governance.meetings import agenda_of


def convocation(request: HttpRequest, slug: str, id: int, ext: str) -> HttpResponse:
    return _paper(request, slug, id, ext, "convocation", convocation_paper)


def minutes(request: HttpRequest, slug: str, id: int, ext: str) -> HttpResponse:
    """InputError before the meeting is held: nothing was decided yet."""
    _, _, row = meeting_for(request, slug, id)
    if row.status != "held":
        raise InputError(
            problem="cette réunion n’est pas dite tenue : elle n’a pas de relevé.",
            remedy="consignez d’abord les présences.",
        )
    return _paper(request, slug, id, ext, "minutes", minutes_paper)


def _paper(
    request: HttpRequest,
    slug: str,
    id: int,
    ext: str,
    name: str,
    write: Callable[..., dict[str, Any]],
) -> HttpResponse:
    if ext not in PAPER_FORMATS:
        raise NotFoundError("ce format n’existe pas.")
    contract, _, row = meeting_for(request, slug, id)
    paper = write(row, agenda_of(row), fictional=request.edition.fictional)
    word = "convocation" if name == "convocation" else "releve-de-decisions"
    data = written_paper(name, paper, PAPER_FORMATS[ext], folder())
    file = stem(f"{word}-{row.committee.kind}-{contract.slug}", year=row.day.isoformat())
    return file_response(data, file, PAPER_FORMATS[ext])


def calendar(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The meeting for one’s own calendar."""
    contract, _, row = meeting_for(request, slug, id)
    address = request.build_absolute_uri(page_of_meeting(contract, row))
    content = meeting_ics(row, [item.title for item in row.items.all()], address, now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name_file(response, f"{stem(f'reunion-{contract.slug}', year=row.day.isoformat())}.ics")
    return response
