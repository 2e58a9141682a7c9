"""Bringing a spreadsheet in: the file kept, its columns and names settled, its rows entered."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction

from maillage.accounts.conflicts import ConflictError, save_revised
from maillage.accounts.journal import record
from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.models import Contract, StrategyNode
from maillage.operations.actions.attached import link_indicator
from maillage.operations.actions.intake_funding import Entering, fund
from maillage.operations.actions.operations import edit_operation, open_operation
from maillage.operations.actions.own_rows import enter_indicators, enter_lines, pass_gate
from maillage.operations.attached_files import digest_of
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.fields import fields, kind_of
from maillage.operations.intake.grids import read_grids
from maillage.operations.intake.stages import FUNDING, Stage, parted, staged
from maillage.operations.intake.targets import OWN
from maillage.operations.intake.values import plain
from maillage.operations.intake_rows import IntakeRead, RowRead
from maillage.operations.intakes import bare, differs, organisations_of, read_intake
from maillage.operations.models import Intake, IntakeRow, KnownHeading, Operation
from maillage.operations.own_rows import held_by


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
    _say(made, "started", by, at, {"name": made.name, "digest": made.digest})
    return made


@transaction.atomic
def settle_columns(
    *,
    intake: Intake,
    revision: int,
    mapping: Mapping[str, Mapping[int, tuple[str, str]]],
    organisation_id: int | None,
    by: Viewer,
    at: datetime,
    paid_on: date | None = None,
) -> None:
    """``mapping``: by sheet and column, its heading and its field, empty not to read it; the field
    of a funder says what its amounts are. ``paid_on``: the day to which those paid were added up.

    Remembered for the office. InputError for a field that is none, a sheet without titles, or a
    field given to two columns, save amounts, which add up; for amounts paid without their day, or
    a day to come. ConflictError when somebody settled
    them since ``revision``.
    """
    chosen: dict[str, dict[str, str]] = {}
    for sheet, columns in mapping.items():
        kept = {index: field for index, (_, field) in columns.items() if field}
        if kept:
            _check_columns(sheet, kept)
            chosen[sheet] = {str(index): field for index, field in kept.items()}
    if not chosen:
        raise InputError(
            problem="aucune colonne n’est à lire.", remedy="dites ce que contient chaque colonne."
        )
    _check_paid(chosen, paid_on, at.date())
    save_revised(intake, revision, {"mapping": chosen, "paid_on": paid_on})
    if organisation_id is not None:
        pairs = [pair for columns in mapping.values() for pair in columns.values()]
        _remember(organisation_id, pairs)
    _say(intake, "columns_settled", by, at, {"mapping": chosen})


def _check_paid(chosen: Mapping[str, Mapping[str, str]], paid_on: date | None, today: date) -> None:
    fields = [field for columns in chosen.values() for field in columns.values()]
    if paid_on is None and any(parted(field)[1] == "paid" for field in fields):
        raise InputError(
            problem="des montants sont versés, à une date que l’on ne connaît pas.",
            remedy="dites à quelle date vos versements sont arrêtés.",
        )
    if paid_on is not None and paid_on > today:
        raise InputError(
            problem="des versements ne sont pas arrêtés à une date à venir.",
            remedy="corrigez cette date.",
            value=f"{paid_on:%d/%m/%Y}",
        )


def _check_columns(sheet: str, columns: Mapping[int, str]) -> None:
    known = fields()
    for field in columns.values():
        base, stage = parted(field)
        if field != staged(base, stage) or not (_is_source(base) or base in known):
            raise InputError(problem="colonne inconnue.", remedy="rechargez la page.", value=field)
    if "title" not in columns.values():
        raise InputError(
            problem=f"la feuille « {sheet} » n’a pas de colonne d’intitulés.",
            remedy="dites laquelle porte le nom des opérations, ou ne lisez pas cette feuille.",
        )
    single = [f for f in columns.values() if kind_of(f) != "money" and f != "funder"]
    _check_own({parted(f)[1] for f in columns.values() if parted(f)[0] == OWN}, sheet)
    doubles = {field for field in single if single.count(field) > 1}
    if doubles:
        labels = ", ".join(f"« {known[field].title} »" for field in sorted(doubles))
        raise InputError(
            problem=f"deux colonnes de « {sheet} » disent la même chose : {labels}.",
            remedy="n’en gardez qu’une.",
        )


def _is_source(field: str) -> bool:
    return field.startswith(FUNDING) and field.removeprefix(FUNDING) in funding_sources()


def _check_own(stages: set[Stage], sheet: str) -> None:
    """The owner’s part is one amount, at one stage: unlike a funder’s, nothing answers it."""
    if len(stages) > 1:
        raise InputError(
            problem=f"l’autofinancement de « {sheet} » est de deux sortes.",
            remedy="dites la même de ses colonnes, ou n’en gardez qu’une.",
        )


def _remember(organisation_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    for heading, field in pairs:
        KnownHeading.objects.update_or_create(
            organisation_id=organisation_id,
            heading=plain(heading)[:250],
            defaults={"field": field},
        )


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
    _say(intake, "owner_recognised", by, at, {"name": name, "organisation_id": organisation.pk})


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
    _say(intake, "row_corrected", by, at, {"sheet": sheet, "row": row, "cells": dict(cells)})


@transaction.atomic
def ignore_row(
    *, intake: Intake, revision: int, sheet: str, row: int, by: Viewer, at: datetime
) -> None:
    """The row is left aside; it can still be corrected later. ConflictError."""
    settled, _ = IntakeRow.objects.get_or_create(intake=intake, sheet=sheet, row=row)
    save_revised(settled, revision, {"ignored": True})
    _say(intake, "row_ignored", by, at, {"sheet": sheet, "row": row})


@transaction.atomic
def enter_rows(*, intake: Intake, seen: str, by: Viewer, at: datetime) -> tuple[int, int]:
    """Every row without a doubt becomes an operation or updates the one it tells: created, updated.

    All or none: a fault found while writing leaves the portfolio as it was. ConflictError when
    what would enter is no longer what was read (``seen``: its mark).
    """
    known = organisations_of(intake)
    read = read_intake(intake)
    if read.mark != seen:
        raise ConflictError(intake, {})
    written: dict[str, tuple[Operation, bool, bool]] = {}
    for row in read.of("ready"):
        owners = [known[plain(name)] for name in row.target.owners]
        orientation = _strategy(intake.contract, row.target.strategy, by, at)
        given = dict(row.target.fields)
        if orientation is not None:
            given["orientation_id"] = orientation.pk
        if row.operation is None:
            operation = open_operation(
                contract=intake.contract,
                title=given.pop("title"),
                by=by,
                at=at,
                owners=owners,
                fields=given,
            )
            differed = False
        else:
            operation = row.operation
            if given.get("status") == "dropped":
                given.setdefault("dropped_reason", f"Abandonnée dans « {intake.name} »")
            differed = _update(operation, row, given, owners, by, at)
        fund(Entering(operation, row.target, tuple(owners), intake.paid_on, by, at))
        _judge(operation, row, by, at)
        IntakeRow.objects.update_or_create(
            intake=intake,
            sheet=row.draft.sheet,
            row=row.draft.row,
            defaults={"operation": operation},
        )
        written[row.draft.key] = (operation, row.operation is None, differed)
    created, updated = _further(read, intake.contract, written, by, at)
    _say(intake, "rows_entered", by, at, {"created": created, "updated": updated})
    return created, updated


def _further(
    read: IntakeRead,
    contract: Contract,
    written: Mapping[str, tuple[Operation, bool, bool]],
    by: Viewer,
    at: datetime,
) -> tuple[int, int]:
    """Lines of money, indicators and the gate, once the operations are there: how many operations
    were created, how many others changed."""
    there = dict(held_by(contract).operations)
    there |= {key: operation for key, (operation, _, _) in written.items()}
    touched = enter_lines(read.lines, there, by, at)
    touched |= enter_indicators(read.indicators, there, by, at)
    for row in read.of("ready"):
        operation = written[row.draft.key][0]
        if row.target.stage == "action" and operation.stage == "project":
            pass_gate(operation, row.target.ready_on, by, at)
    new = {operation.pk for operation, is_new, _ in written.values() if is_new}
    touched |= {operation.pk for operation, _, differed in written.values() if differed}
    return len(new), len(touched - new)


def _update(
    operation: Operation,
    row: RowRead,
    given: Mapping[str, object],
    owners: list[Organisation],
    by: Viewer,
    at: datetime,
) -> bool:
    """Whether something differed."""
    differ = {
        name: value for name, value in given.items() if differs(getattr(operation, name), value)
    }
    kept = [pilot.organisation_id for pilot in operation.pilots.all()]
    moved = bool(owners) and kept != [owner.pk for owner in owners]
    if differ or moved:
        edit_operation(
            operation=operation,
            revision=operation.revision,
            fields=differ,
            by=by,
            at=at,
            owners=owners if moved else None,
        )
    return bool(differ or moved or row.changes)


def _judge(operation: Operation, row: RowRead, by: Viewer, at: datetime) -> None:
    known = {plain(link.name) for link in operation.indicators.all()}
    for name in row.target.indicators:
        if plain(name) not in known:
            link_indicator(operation=operation, name=name, question="results", by=by, at=at)


def _strategy(
    contract: Contract, titles: tuple[str, ...], by: Viewer, at: datetime
) -> StrategyNode | None:
    """The deepest node that the row names; those that are not there yet are added."""
    parent: StrategyNode | None = None
    for text in titles:
        sisters = StrategyNode.objects.filter(contract=contract, parent=parent)
        found = next((node for node in sisters if _is_named(node, text)), None)
        parent = found or add_node(
            contract=contract, parent=parent, title=bare(text)[:300], by=by, at=at
        )
    return parent


def _is_named(node: StrategyNode, text: str) -> bool:
    return plain(text) in (plain(f"{node.number} {node.title}"), plain(node.title)) or plain(
        bare(text)
    ) == plain(node.title)


def _say(intake: Intake, verb: str, by: Viewer, at: datetime, after: Mapping[str, object]) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        kind="intake",
        id=intake.pk,
        contract_id=intake.contract_id,
        after=after,
    )
