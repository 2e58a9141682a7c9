"""Reads: remarks that everyone may see, and those that wait for a moderator."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from maillage.participation.models import PUBLISHED, RECEIVED, STATES, Author, Remark


@dataclass(frozen=True)
class RemarkShown:
    """A remark as pages show it. ``name`` and ``email`` are empty but for a moderator."""

    id: int
    page: str
    subject: str
    subject_label: str
    territory: str
    territory_name: str
    year: int | None
    value: str
    edition: str
    text: str
    left_at: datetime
    state: str
    state_label: str
    answer: str
    reason: str
    revision: int
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Page:
    """Some remarks, newest first, out of ``count``."""

    count: int
    number: int
    last: int
    remarks: tuple[RemarkShown, ...]


PER_PAGE = 50


def published(*, territory: str = "", subject: str = "", number: int = 1) -> Page:
    """Remarks that were published, on a territory or a subject where one is named."""
    found = Remark.objects.filter(state=PUBLISHED)
    if territory:
        found = found.filter(territory=territory)
    if subject:
        found = found.filter(subject=subject)
    return _page(found, number)


def in_state(state: str, number: int = 1) -> Page:
    """For moderators: with who left them, while it is known."""
    page = _page(Remark.objects.filter(state=state), number)
    authors = Author.objects.filter(remark__in=[r.id for r in page.remarks])
    known = {author.remark_id: author for author in authors}
    return Page(
        page.count,
        page.number,
        page.last,
        tuple(_signed(remark, known.get(remark.id)) for remark in page.remarks),
    )


def waiting() -> int:
    """How many remarks nobody read yet."""
    return int(Remark.objects.filter(state=RECEIVED).count())


def _page(found: QuerySet[Remark], number: int) -> Page:
    count = found.count()
    last = max(1, -(-count // PER_PAGE))
    number = min(max(number, 1), last)
    rows = found[PER_PAGE * (number - 1) : PER_PAGE * number]
    return Page(count, number, last, tuple(_shown(row) for row in rows))


def _signed(remark: RemarkShown, author: Author | None) -> RemarkShown:
    if author is None:
        return remark
    return RemarkShown(**{**vars(remark), "name": author.name, "email": author.email})


def _shown(row: Remark) -> RemarkShown:
    return RemarkShown(
        id=row.pk,
        page=row.page,
        subject=row.subject,
        subject_label=row.subject_label,
        territory=row.territory,
        territory_name=row.territory_name,
        year=row.year,
        value=row.value,
        edition=row.edition,
        text=row.text,
        left_at=row.left_at,
        state=row.state,
        state_label=STATES[row.state],
        answer=row.answer,
        reason=row.reason,
        revision=row.revision,
    )
