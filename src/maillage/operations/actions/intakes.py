"""Bringing a spreadsheet in: the file kept, its names recognised, its cells corrected."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from maillage.accounts.conflicts import ConflictError, save_revised
from maillage.accounts.journal import record
from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.attached_files import digest_of
from maillage.operations.intake.grids import read_grids
from maillage.operations.intake.values import plain
from maillage.operations.models import Intake, IntakeRow


@transaction.atomic
def start_intake(
    *, contract: Contract, name: str, content: bytes, by: Viewer, at: datetime
) -> Intake:
    """InputError when the file is no table that can be read; nothing is kept then."""
    read_grids(content, name)
    made = Intake(
        contract=contract,
        name=name[:200],
        digest=digest_of(content),
        started_by_id=by.person_id,
        started_at=at,
    )
    suffix = name[name.rfind(".") :].lower()
    made.file.save(f"{made.digest}{suffix}", ContentFile(content), save=False)
    made.save()
    say_intake(made, "started", by, at, {"name": made.name, "digest": made.digest})
    return made


@transaction.atomic
def recognise(
    *,
    intake: Intake,
    revision: int,
    name: str,
    organisation: Organisation,
    by: Viewer,
    at: datetime,
) -> None:
    """A name of the file stands for this organisation. ConflictError."""
    save_revised(intake, revision, {"owners": {**intake.owners, plain(name): organisation.pk}})
    say_intake(
        intake, "owner_recognised", by, at, {"name": name, "organisation_id": organisation.pk}
    )


@transaction.atomic
def add_owner(
    *, contract: Contract, name: str, nature: str, by: Viewer, at: datetime
) -> Organisation:
    """A maître d’ouvrage that was not known yet. InputError for a nature that is none."""
    cleaned = " ".join(name.split())
    if nature not in NATURES or not cleaned:
        raise InputError(
            problem="un organisme a un nom et une nature.", remedy="choisissez sa nature."
        )
    made = Organisation.objects.create(name=cleaned[:250], nature=nature)
    record(
        by=by,
        at=at,
        verb="added",
        kind="organisation",
        id=made.pk,
        contract_id=contract.pk,
        after={"name": made.name, "nature": nature},
    )
    return made


@transaction.atomic
def correct_row(
    *,
    intake: Intake,
    revision: int,
    sheet: str,
    row: int,
    cells: Mapping[int, str],
    by: Viewer,
    at: datetime,
) -> None:
    """New texts for cells of a row; the file itself is left as it came. ConflictError, by column,
    when somebody settled the row since ``revision``: 0 for one that nobody settled."""
    settled, _ = IntakeRow.objects.get_or_create(intake=intake, sheet=sheet, row=row)
    said = {str(column): text for column, text in cells.items()}
    kept = settled.corrections
    try:
        save_revised(settled, revision, {"corrections": {**kept, **said}, "ignored": False})
    except ConflictError as error:
        raise ConflictError(error.row, said, {c: kept.get(c, "") for c in said}) from error
    say_intake(intake, "row_corrected", by, at, {"sheet": sheet, "row": row, "cells": dict(cells)})


@transaction.atomic
def ignore_row(
    *, intake: Intake, revision: int, sheet: str, row: int, by: Viewer, at: datetime
) -> None:
    """The row is left aside; it can still be corrected later. ConflictError."""
    settled, _ = IntakeRow.objects.get_or_create(intake=intake, sheet=sheet, row=row)
    save_revised(settled, revision, {"ignored": True})
    say_intake(intake, "row_ignored", by, at, {"sheet": sheet, "row": row})


def say_intake(
    intake: Intake, verb: str, by: Viewer, at: datetime, after: Mapping[str, object]
) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        kind="intake",
        id=intake.pk,
        contract_id=intake.contract_id,
        after=after,
    )
