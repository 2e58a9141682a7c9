"""What hangs on an operation: files, comments, indicators, the interdependency it answers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.operations.attached_files import clean_name, digest_of, kind_of
from maillage.operations.models import (
    Attachment,
    Comment,
    IndicatorLink,
    Interdependency,
    Operation,
)
from maillage.operations.vocabulary import words


@transaction.atomic
def attach(
    *, operation: Operation, name: str, content: bytes, by: Viewer, at: datetime
) -> Attachment:
    """InputError when the content is not a document (``attached_files.kind_of``)."""
    kind = kind_of(content, name)
    digest = digest_of(content)
    made = Attachment(
        operation=operation,
        name=clean_name(name, kind),
        kind=kind,
        size=len(content),
        digest=digest,
        added_by_id=by.person_id,
        added_at=at,
    )
    made.file.save(f"{digest}.{kind}", ContentFile(content), save=False)
    made.save()
    _say(operation, "attached", by, at, {"name": made.name, "digest": digest})
    return made


@transaction.atomic
def detach(*, attachment: Attachment, by: Viewer, at: datetime) -> None:
    """Its bytes are removed once the transaction is done."""
    operation, file = attachment.operation, attachment.file
    _say(operation, "detached", by, at, {"name": attachment.name, "digest": attachment.digest})
    attachment.delete()
    transaction.on_commit(lambda: file.delete(save=False))


@transaction.atomic
def comment(*, operation: Operation, text: str, by: Viewer, at: datetime) -> Comment:
    """InputError for an empty one."""
    if not text.strip():
        raise InputError(problem="ce commentaire est vide.", remedy="écrivez-le.")
    made = Comment.objects.create(
        operation=operation,
        person_id=by.person_id,
        capacity=by.capacity_over(operation.contract_id),
        text=text.strip(),
        said_at=at,
    )
    _say(operation, "commented", by, at, {"comment_id": made.pk})
    return made


@transaction.atomic
def link_indicator(
    *,
    operation: Operation,
    name: str,
    question: str,
    by: Viewer | None,
    at: datetime,
    indicator: str = "",
    target: str = "",
    unit: str = "",
    due_on: date | None = None,
) -> IndicatorLink:
    """InputError without a name, or for a question that is none of the three."""
    if not name.strip() or question not in words("question"):
        raise InputError(
            problem="un indicateur a un nom et répond à l’une des trois questions.",
            remedy="écrivez son nom et choisissez la question.",
            value=question,
        )
    made = IndicatorLink.objects.create(
        operation=operation,
        indicator=indicator,
        name=name.strip(),
        question=question,
        target=target,
        unit=unit,
        due_on=due_on,
    )
    _say(operation, "indicator_linked", by, at, {"name": made.name, "target": target})
    return made


@transaction.atomic
def unlink_indicator(*, link: IndicatorLink, by: Viewer | None, at: datetime) -> None:
    _say(link.operation, "indicator_unlinked", by, at, {"name": link.name})
    link.delete()


@transaction.atomic
def note_interdependency(
    *, operation: Operation, shown: Mapping[str, Any], by: Viewer | None, at: datetime
) -> Interdependency:
    """``shown``: the figure as the observatory showed it (fields of the model). InputError when
    its value, unit, source or vintage is not said."""
    lacking = [f for f in ("statement", "value", "unit", "source", "vintage") if not shown.get(f)]
    if lacking:
        raise InputError(
            problem="un chiffre gardé dit sa valeur, son unité, sa source et son millésime.",
            remedy="repartez de la page de l’observatoire qui le montre.",
            value=", ".join(lacking),
        )
    made = Interdependency.objects.create(operation=operation, **shown)
    _say(operation, "interdependency_noted", by, at, dict(shown))
    return made


def _say(
    operation: Operation, verb: str, by: Viewer | None, at: datetime, after: Mapping[str, Any]
) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        kind="operation",
        id=operation.pk,
        contract_id=operation.contract_id,
        after=after,
    )
