"""The page of columns as a form: what each holds; of money, whether it is asked or granted and in
which section; of indicators, what they judge."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from maillage.common.errors import InputError
from maillage.operations.intake.stages import (
    QUESTIONS,
    SECTIONS,
    STAGES,
    Meaning,
    Stage,
    meaning_of,
    takes_stage,
)
from maillage.operations.intake_columns import ColumnAsked, SheetAsked

#: What others see of an amount of each stage, once it is entered.
SEEN: Mapping[Stage, str] = {
    "draft": "vu des seules collectivités du contrat, jamais de l’État ni du financeur avant envoi",
    "asked": "vu des parties, de la préfecture et du financeur, qui peut répondre",
    "notified": "vu des parties, de la préfecture et du financeur comme une aide notifiée",
    "agreed": "vu des parties, de la préfecture et du financeur comme une aide conventionnée",
    "paid": "vu des parties, de la préfecture et du financeur comme un versement reçu",
}


@dataclass(frozen=True)
class ColumnShown:
    """A column, the field proposed or settled and what is said of it; no stage, no section: those
    of the whole file."""

    column: ColumnAsked
    field: str
    stage: Stage | None
    section: str
    question: str

    @property
    def cost_untold(self) -> bool:
        """A cost whose heading does not say that it is of investment."""
        said = "investissement" in self.column.heading.lower() or self.column.remembered
        return self.field == "cost" and not said


def shown_columns(
    sheets: Iterable[SheetAsked], settled: Mapping[str, Mapping[str, str]]
) -> list[tuple[SheetAsked, list[ColumnShown]]]:
    return [
        (sheet, [_shown(column, settled.get(sheet.sheet)) for column in sheet.columns])
        for sheet in sheets
    ]


def _shown(column: ColumnAsked, settled: Mapping[str, str] | None) -> ColumnShown:
    """What was settled before; else what is proposed, be it sure or not: a person confirms."""
    said = column.field if settled is None else settled.get(str(column.index), "")
    told = meaning_of(said)
    stage = None if told.stage == "draft" else told.stage
    return ColumnShown(column, told.base, stage, told.section, told.question)


def usual_section(shown: Iterable[tuple[SheetAsked, list[ColumnShown]]]) -> str:
    """That of the whole file, once said; empty until then. Our own layout says it line by line."""
    columns = [column for _, columns in shown for column in columns]
    if any(column.field == "key" for column in columns):
        return "by_cost"
    said = {column.section for column in columns if takes_stage(column.field)}
    return said.pop() if len(said) == 1 else ""


def mapping_sent(
    sent: QueryDict, sheets: Iterable[SheetAsked]
) -> Mapping[str, Mapping[int, tuple[str, str]]]:
    """By sheet and column, its heading and its field, with the stage of its amounts."""
    stage, section = _stage(sent.get("stage", "")) or "draft", _word(sent, "section", SECTIONS)
    whole = Meaning("", stage, section)
    return {
        sheet.sheet: dict(_columns(sent, sheet, rank, whole)) for rank, sheet in enumerate(sheets)
    }


def _columns(
    sent: QueryDict, sheet: SheetAsked, rank: int, whole: Meaning
) -> Iterator[tuple[int, tuple[str, str]]]:
    for column in sheet.columns:
        name = f"{rank}-{column.index}"
        told = Meaning(
            sent.get(f"column-{name}", ""),
            _stage(sent.get(f"stage-{name}", "")) or whole.stage,
            _word(sent, f"section-{name}", SECTIONS) or whole.section,
            _word(sent, f"question-{name}", QUESTIONS),
        )
        yield column.index, (column.heading, told.field)


def _word(sent: QueryDict, name: str, among: Container[str]) -> str:
    """InputError for a word that is none of them; empty when nothing is said."""
    text = sent.get(name, "")
    if text and text not in among:
        raise InputError(
            problem="ce choix n’existe pas.", remedy="choisissez dans la liste.", value=text[:40]
        )
    return text


def _stage(text: str) -> Stage | None:
    """InputError for a word that is no stage."""
    for stage in STAGES:
        if text == stage:
            return stage
    if text:
        raise InputError(
            problem="cette sorte de montant n’existe pas.",
            remedy="choisissez dans la liste.",
            value=text[:40],
        )
    return None


def paid_on_sent(request: HttpRequest) -> date | None:
    """The day to which payments were added up; None when it is not said."""
    text = request.POST.get("paid_on", "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputError(
            problem="cette date n’est pas comprise.",
            remedy="choisissez un jour du calendrier.",
            value=text[:40],
        ) from error
