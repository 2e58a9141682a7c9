"""A row of our own layout beside the sheet of its lines: which of the two its amounts follow."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from maillage.operations.intake.drafts import Doubt
from maillage.operations.intake.stages import FUNDING, parted
from maillage.operations.intake_judging import is_old
from maillage.operations.intake_rows import RowRead
from maillage.operations.money import money, total
from maillage.operations.own_rows import LineRead
from maillage.operations.taken_in import held


def with_lines(row: RowRead, lines: Iterable[LineRead]) -> RowRead:
    """The same, its column of a funder left to its lines where they hold that money.

    A column that alone was changed is followed as before; where both were, a person says.
    """
    mine = [one for one in lines if one.whose == row.draft.key]
    if not mine or row.state == "entered":
        return row
    funding, doubts = dict(row.target.funding), list(row.doubts)
    for name, euros in row.target.funding.items():
        told = _told_of(mine, name)
        before = held(row.operation, name) if row.operation else None
        if told is None or (euros != told and told == before):
            continue
        source = parted(name)[0]
        doubts = [one for one in doubts if one.field not in (FUNDING + name, source)]
        if euros not in (told, before):
            place = row.draft.places.get(FUNDING + name) or row.draft.places.get(source, "")
            doubts.append(
                Doubt(
                    place,
                    source if source in row.draft.places else FUNDING + name,
                    money(euros),
                    f"ses lignes de financement font {money(told)}",
                    "corrigez cette cellule ou la feuille des lignes.",
                )
            )
        del funding[name]
    if not funding:  # the plan is that of the lines, and the site judges it
        doubts = [doubt for doubt in doubts if not is_old(doubt, row.draft, ())]
    changes = tuple(c for c in row.changes if _still(c[0], funding))
    state = row.state if row.state == "ignored" else "doubtful" if doubts else "ready"
    return replace(
        row,
        target=replace(row.target, funding=funding),
        changes=changes,
        doubts=tuple(doubts),
        state=state,
    )


def _still(name: str, funding: Mapping[str, Decimal]) -> bool:
    return not name.startswith(FUNDING) or name.removeprefix(FUNDING) in funding


def _told_of(lines: Iterable[LineRead], name: str) -> Decimal | None:
    """What the rows of lines say of a source at a stage; None when none has it."""
    source, stage = parted(name)
    mine = [one.row.values for one in lines if one.row.values.get("source") == source]
    if not mine:
        return None
    if stage == "paid":
        return total(euros for row in mine for _, euros, _ in row.get("payments", ()))
    return total(row.get("asked" if stage == "draft" else stage) for row in mine)
