"""Leaving a remark, publishing it, setting it aside; forgetting who left it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import save_revised
from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.participation.about import About
from maillage.participation.models import LONGEST, PUBLISHED, RECEIVED, REJECTED, Author, Remark

#: Remarks that may wait at once: beyond, the site asks to come back later.
MOST_WAITING = 2000
#: Who left a remark is forgotten when it is read, and after this long whatever happens.
KEPT = timedelta(days=180)


@transaction.atomic
def leave_remark(
    *, about: About, text: str, name: str, email: str, edition: str, at: datetime
) -> Remark:
    """InputError when the text is empty or too long, or too many remarks wait."""
    forget_authors(at=at)
    if Remark.objects.filter(state=RECEIVED).count() >= MOST_WAITING:
        raise InputError(
            problem="trop de remarques attendent déjà d’être lues.",
            remedy="revenez dans quelques jours.",
        )
    left = Remark.objects.create(
        page=about.page,
        subject=about.subject,
        subject_label=about.subject_label,
        territory=about.territory,
        territory_name=about.territory_name,
        year=about.year,
        value=about.value,
        edition=edition,
        text=_text(text, "texte"),
        left_at=at,
    )
    if name or email:
        Author.objects.create(remark=left, name=name, email=email)
    _tell(left, "left", None, at, after={"page": left.page[:200], "subject": left.subject})
    return left


@transaction.atomic
def publish(*, remark: Remark, revision: int, answer: str, by: Viewer, at: datetime) -> None:
    """Shows a remark to everyone, with an answer or without; again, to change the answer.
    ConflictError when somebody decided since ``revision``."""
    before = {"state": remark.state, "answer": remark.answer}
    answer = _text(answer, "reponse") if answer.strip() else ""
    _decide(remark, revision, at, state=PUBLISHED, answer=answer, reason="")
    after = {"state": remark.state, "answer": remark.answer}
    _tell(remark, "published", by, at, before=before, after=after)


@transaction.atomic
def reject(*, remark: Remark, revision: int, reason: str, by: Viewer, at: datetime) -> None:
    """Sets a remark aside, or withdraws a published one. InputError without a reason;
    ConflictError."""
    before = {"state": remark.state}
    _decide(remark, revision, at, state=REJECTED, reason=_text(reason, "motif"))
    _tell(remark, "rejected", by, at, before=before, after={"reason": remark.reason})


@transaction.atomic
def forget_authors(*, at: datetime) -> int:
    """How many were forgotten: those whose remark was read, and those kept too long."""
    read = Author.objects.exclude(remark__state=RECEIVED)
    old = Author.objects.filter(remark__left_at__lt=at - KEPT)
    forgotten = 0
    for author in (read | old).select_related("remark"):
        _tell(author.remark, "author_forgotten", None, at)
        author.delete()
        forgotten += 1
    return forgotten


def _decide(remark: Remark, revision: int, at: datetime, **changes: str) -> None:
    save_revised(remark, revision, {**changes, "decided_at": at})
    forget_authors(at=at)


def _text(text: str, column: str) -> str:
    cleaned = text.replace("\x00", "").strip()
    if not 0 < len(cleaned) <= LONGEST:
        raise InputError(
            problem="ce texte est vide ou trop long.",
            remedy=f"écrivez de 1 à {LONGEST} caractères.",
            column=column,
        )
    return cleaned


def _tell(remark: Remark, verb: str, by: Viewer | None, at: datetime, **fields: Any) -> None:
    """A line of the journal; never who left the remark."""
    record(by=by, at=at, verb=verb, kind="remark", id=remark.pk, **fields)
