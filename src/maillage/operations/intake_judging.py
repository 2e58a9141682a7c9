"""What a row of a spreadsheet will write, and what keeps it from entering."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage.accounts.models import Organisation
from maillage.common.french import counted
from maillage.operations.intake.drafts import Doubt, Draft
from maillage.operations.intake.grids import Grid
from maillage.operations.intake.stages import FUNDING, meaning_of
from maillage.operations.intake.targets import JUDGED, Target, listed, target_of
from maillage.operations.intake.values import plain, shown
from maillage.operations.intake_changes import changed_fields
from maillage.operations.intake_columns import column_label
from maillage.operations.intake_rows import CellAsked, RowRead
from maillage.operations.models import IntakeRow, Operation
from maillage.operations.taken_in import funding_doubts, section_doubts

#: Fields of an operation that hold what it costs.
COSTS = ("investment_cost", "running_cost")


@dataclass(frozen=True)
class Where:
    """The sheet of a draft, and the field of each of its columns that is read."""

    grid: Grid
    fields: Mapping[int, str]


def _cells(draft: Draft, where: Where, doubts: Iterable[Doubt]) -> Iterator[CellAsked]:
    """One a column at fault, in the order of the sheet."""
    by_field: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        by_field.setdefault(doubt.field, []).append(doubt)
    for column, field in sorted(where.fields.items()):
        said = meaning_of(field)
        names = (field, replace(said, section="").field, said.base)
        told = next((by_field.pop(name) for name in names if name in by_field), None)
        if told:
            text = shown(where.grid.at(draft.row - 1, column))
            yield CellAsked(column, column_label(field), text, tuple(told))


def row_read(
    draft: Draft,
    where: Where,
    settled: IntakeRow | None,
    existing: Mapping[str, Operation],
    known: Mapping[str, Organisation],
    double: Draft | None,
    programmes: Mapping[str, str],
) -> RowRead:
    """``known``: organisations by plain name; ``programmes``: their names by plain name;
    ``double``: the draft above that is of the same operation."""
    target = target_of(draft, known)
    if named := target.fields.get("programmes"):
        names = [programmes.get(plain(name), name) for name in named]
        target = replace(target, fields={**target.fields, "programmes": names})
    operation = existing.get(draft.key)
    changes = tuple(changed_fields(operation, target)) if operation else ()
    doubts = (*draft.doubts, *_more_doubts(draft, target, known, double))
    if target.key:
        doubts = tuple(doubt for doubt in doubts if not is_old(doubt, draft, changes))
        doubts += tuple(_own_doubts(draft, operation))
    if operation:
        doubts += tuple(funding_doubts(draft, operation, changes))
    doubts += tuple(section_doubts(draft, target, operation))
    doubts += tuple(_programme_doubts(draft, target, operation, programmes))
    state = "doubtful" if doubts else "ready"
    if settled and settled.ignored:
        state = "ignored"
    elif settled and settled.operation_id:
        state, operation = "entered", settled.operation
    cells = tuple(_cells(draft, where, doubts))
    revision = settled.revision if settled else 0
    return RowRead(draft, target, operation, state, doubts, cells, changes, revision)


def _more_doubts(
    draft: Draft, target: Target, known: Mapping[str, Organisation], double: Draft | None
) -> Iterator[Doubt]:
    place = draft.places.get("owner", f"{draft.sheet}, ligne {draft.row}")
    for name in target.owners:
        if plain(name) not in known:
            remedy = "dites qui c’est dans la liste « Maîtres d’ouvrage à reconnaître »."
            yield Doubt(place, "owner", name, "maître d’ouvrage inconnu", remedy)
    if target.fields.get("status") == "blocked" and not target.fields.get("blocked_reason"):
        where = draft.places["status"]
        remedy = "écrivez le motif dans la colonne des remarques, ou changez le statut."
        yield Doubt(where, "status", "Bloquée", "opération bloquée sans motif", remedy)
    if target.fields.get("cotech_opinion") and not target.fields.get("cotech_on"):
        remedy = "écrivez la date de cet avis."
        yield Doubt(draft.places["opinion"], "opinion", "", "avis sans date", remedy)
    yield from _indicator_doubts(draft)
    if double is not None:
        yield Doubt(
            f"{draft.sheet}, ligne {draft.row}",
            "title",
            str(draft.values.get("number") or draft.values.get("title") or ""),
            f"même opération que la ligne {double.row} de « {double.sheet} »",
            "changez son numéro, ou laissez cette ligne de côté.",
        )


def _programme_doubts(
    draft: Draft, target: Target, operation: Operation | None, programmes: Mapping[str, str]
) -> Iterator[Doubt]:
    held = operation.programmes if operation else []
    for name in target.fields.get("programmes", ()):
        if name not in held and plain(name) not in programmes:
            yield Doubt(
                draft.places["programmes"],
                "programmes",
                name,
                "programme inconnu",
                "rattachez-le d’abord au contrat, ou corrigez son nom.",
            )


def _indicator_doubts(draft: Draft) -> Iterator[Doubt]:
    """One target and one unit an indicator, or none at all."""
    names, *besides = (listed(draft.values.get(name)) for name in JUDGED)
    for name, told in zip(JUDGED[1:], besides, strict=True):
        if told and len(told) != len(names):
            label = "cible" if name == "indicator_target" else "unité"
            yield Doubt(
                draft.places[name],
                name,
                " ; ".join(told),
                f"{counted(len(told), label)} pour {counted(len(names), 'indicateur')}",
                "donnez-en autant que d’indicateurs, un par ligne de la cellule.",
            )


def is_old(doubt: Doubt, draft: Draft, changes: Sequence[tuple[str, Any, Any]]) -> bool:
    """A plan that was out of balance already, in our own layout, when no amount of it changes."""
    return (
        doubt.field == "cost"
        and "cost" in draft.values
        and not any(name in COSTS or name.startswith(FUNDING) for name, *_ in changes)
    )


def _own_doubts(draft: Draft, operation: Operation | None) -> Iterator[Doubt]:
    """What only our own layout may get wrong."""
    if operation is None:
        yield Doubt(
            draft.places["key"],
            "key",
            str(draft.values["key"]),
            "aucune opération du contrat n’a cet identifiant",
            "videz cette cellule pour en créer une.",
        )
        return
    if operation.stage == "action" and draft.values.get("stage") == "project":
        yield Doubt(
            draft.places["stage"],
            "stage",
            "Fiche projet",
            "cette opération est déjà une fiche action",
            "revenez en fiche projet depuis sa page, avec un motif.",
        )
