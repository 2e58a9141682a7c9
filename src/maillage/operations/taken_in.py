"""What the plan of an operation holds already of what a spreadsheet says, source by source."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.drafts import Doubt, Draft
from maillage.operations.intake.stages import FUNDING, meaning_of, parted
from maillage.operations.intake.targets import OWN, Target
from maillage.operations.models import FundingLine, Operation
from maillage.operations.money import money, total
from maillage.operations.plan import Section

#: Kinds of lines that a spreadsheet may write.
KINDS = ("programme", "draft")
Change = tuple[str, Any, Any]


def lines_of(
    operation: Operation, source: str, kind: str = "programme", section: str = ""
) -> list[FundingLine]:
    """Its lines of that source and kind, of one section or of both, as was read with it."""
    return [
        line
        for line in operation.lines.all()
        if (line.kind, line.source) == (kind, source) and section in ("", line.section)
    ]


def held(operation: Operation, name: str) -> Decimal | None:
    """Euros of a source at a stage; None where the plan has none.

    A draft that was sent since is compared with what was asked.
    """
    said = meaning_of(name)
    source, stage = said.base, said.stage
    programmed = lines_of(operation, source, section=said.section)
    drafts = lines_of(operation, source, "draft", said.section) if stage == "draft" else []
    lines = drafts or programmed
    if stage == "paid":
        paid = [item.amount for line in lines for item in line.payments.all()]
        return total(paid) if paid else None
    field = "asked" if stage == "draft" else stage
    known = [amount for line in lines if (amount := getattr(line, field)) is not None]
    return total(known) if known else None


def is_new(operation: Operation, name: str, euros: Decimal) -> bool:
    """Whether the plan does not say so already; nothing and unknown are alike for a line to be."""
    before = held(operation, name)
    return before != euros and (before is not None or bool(euros))


def aided(operation: Operation, target: Target) -> list[FundingLine]:
    """Lines whose eligible base is the one the row gives: those of the aids it names.

    None when somebody gave them different bases: each funder has its own, the row has one.
    """
    named = {parted(name)[0] for name in target.funding}
    lines = [
        line
        for line in operation.lines.all()
        if line.source in named and line.kind != "simulation" and has_base(line.source)
    ]
    bases = {line.eligible for line in lines} - {None}
    return lines if target.eligible is not None and len(bases) <= 1 else []


def other_section(operation: Operation, target: Target) -> list[tuple[FundingLine, Section]]:
    """Lines alone of their source that a person says are of the other section."""
    found = []
    for source, section in target.sections.items():
        lines = [one for kind in KINDS for one in lines_of(operation, source, kind)]
        if len(lines) == 1 and lines[0].section != section:
            found.append((lines[0], section))
    return found


def section_doubts(draft: Draft, target: Target, operation: Operation | None) -> Iterator[Doubt]:
    """Lines to be whose section nobody said and that no cost tells."""
    for name, euros in target.funding.items():
        said = meaning_of(name)
        known = said.section or said.base in target.sections or target.section
        if not euros or known:
            continue
        if operation and any(lines_of(operation, said.base, kind) for kind in KINDS):
            continue
        own = said.base == OWN
        yield Doubt(
            draft.places.get(OWN if own else FUNDING + name, draft.sheet),
            OWN if own else FUNDING + name,
            money(euros),
            "on ne sait pas si c’est de l’investissement ou du fonctionnement",
            "dites-le dans « Revoir les colonnes », ou ne laissez qu’un coût à cette ligne.",
        )


def has_base(source: str) -> bool:
    return funding_sources()[source].is_aid


def funding_doubts(
    draft: Draft, operation: Operation, changes: Sequence[Change]
) -> Iterator[Doubt]:
    """What no import may settle alone: two lines for one amount, a request that a draft would
    change, payments that a file takes back."""
    for name, before, after in changes:
        if name.startswith(FUNDING) and (told := _told(operation, name, before, after)):
            source = parted(name.removeprefix(FUNDING))[0]
            place = draft.places.get(name, draft.places.get(source, draft.sheet))
            yield Doubt(place, source if source == OWN else name, money(after), *told)


def _told(
    operation: Operation, name: str, before: Decimal | None, after: Decimal
) -> tuple[str, str] | None:
    said = meaning_of(name.removeprefix(FUNDING))
    source, stage = said.base, said.stage
    programmed = lines_of(operation, source, section=said.section)
    drafts = lines_of(operation, source, "draft", said.section)
    short = funding_sources()[source].short
    if stage == "draft" and programmed and not drafts:
        return (
            f"un brouillon, mais {short} est déjà au plan de financement",
            "dites dans « Revoir les colonnes » si ces montants sont demandés, notifiés ou versés.",
        )
    if len(drafts if stage == "draft" else programmed) > 1:
        return (
            f"plusieurs lignes de cette source, qui font {money(before)}",
            "modifiez-les dans le plan de financement de l’opération.",
        )
    if stage == "paid" and before is not None and after < before:
        return (
            f"moins que les versements déjà saisis ({money(before)})",
            "corrigez les versements dans le plan de financement, ou ce montant.",
        )
    return None
