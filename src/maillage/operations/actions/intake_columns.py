"""Settling what the columns of a spreadsheet hold, remembered for the office."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from maillage.accounts.conflicts import save_revised
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.operations.actions.intakes import say_intake
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.fields import fields
from maillage.operations.intake.stages import (
    FUNDING,
    INDICATORS,
    Meaning,
    Stage,
    meaning_of,
    parted,
    takes_stage,
)
from maillage.operations.intake.targets import OWN
from maillage.operations.intake.values import plain
from maillage.operations.models import Intake, KnownHeading


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

    Remembered for the office. InputError for a field that is none, a sheet without titles, a
    field given to two columns, save amounts, which add up; for amounts whose section nobody said
    (unless the sheet is of our own layout) and indicators whose question nobody said; for amounts
    paid without their day, or a day to come. ConflictError when somebody settled them since
    ``revision``.
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
    say_intake(intake, "columns_settled", by, at, {"mapping": chosen})


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
        base = meaning_of(field).base
        if field != meaning_of(field).field or not (_is_source(base) or base in known):
            raise InputError(problem="colonne inconnue.", remedy="rechargez la page.", value=field)
    if "title" not in columns.values():
        raise InputError(
            problem=f"la feuille « {sheet} » n’a pas de colonne d’intitulés.",
            remedy="dites laquelle porte le nom des opérations, ou ne lisez pas cette feuille.",
        )
    told = [meaning_of(field) for field in columns.values()]
    single = [one.base for one in told if not takes_stage(one.base) and one.base != "funder"]
    _check_own({(one.stage, one.section) for one in told if one.base == OWN}, sheet)
    _check_said(told, sheet)
    doubles = {field for field in single if single.count(field) > 1}
    if doubles:
        labels = ", ".join(f"« {known[field].title} »" for field in sorted(doubles))
        raise InputError(
            problem=f"deux colonnes de « {sheet} » disent la même chose : {labels}.",
            remedy="n’en gardez qu’une.",
        )


def _is_source(field: str) -> bool:
    return field.startswith(FUNDING) and field.removeprefix(FUNDING) in funding_sources()


def _check_said(told: Sequence[Meaning], sheet: str) -> None:
    """Nothing is guessed of the section of an amount, nor of what an indicator judges."""
    own = any(one.base == "key" for one in told)  # its lines are in a sheet of their own
    if not own and any(takes_stage(one.base) and not one.section for one in told):
        raise InputError(
            problem=f"on ne sait pas de quelle section sont les financements de « {sheet} ».",
            remedy="dites s’ils sont d’investissement ou de fonctionnement.",
        )
    if any(one.base == INDICATORS and not one.question for one in told):
        raise InputError(
            problem=f"on ne sait pas ce que jugent les indicateurs de « {sheet} ».",
            remedy="dites s’ils disent le rythme, les résultats ou les effets de l’opération.",
        )
    for one in told:
        sections = {other.section for other in told if other.base in (one.base, "funder_amount")}
        if takes_stage(one.base) and "by_cost" in sections and len(sections) > 1:
            raise InputError(
                problem="une colonne suit le coût de l’opération, une autre dit sa section.",
                remedy="dites la section de chacune des colonnes de ce financeur.",
                value=one.base.removeprefix(FUNDING),
            )


def _check_own(said: set[tuple[Stage, str]], sheet: str) -> None:
    """The owner’s part is one amount, at one stage: unlike a funder’s, nothing answers it."""
    if len(said) > 1:
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
