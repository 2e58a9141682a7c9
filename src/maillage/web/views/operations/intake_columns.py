"""The page of columns as a form: what each holds, and for money whether it is asked or granted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict

from maillage.common.errors import InputError
from maillage.operations.intake.stages import STAGES, Stage, parted, staged
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
    """A column, the field and the stage proposed or settled; no stage: that of the whole file."""

    column: ColumnAsked
    field: str
    stage: Stage | None


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
    field, stage = parted(said)
    return ColumnShown(column, field, None if stage == "draft" else stage)


def mapping_sent(
    sent: QueryDict, sheets: Iterable[SheetAsked]
) -> Mapping[str, Mapping[int, tuple[str, str]]]:
    """By sheet and column, its heading and its field, with the stage of its amounts."""
    whole = _stage(sent.get("stage", "")) or "draft"
    return {
        sheet.sheet: dict(_columns(sent, sheet, rank, whole)) for rank, sheet in enumerate(sheets)
    }


def _columns(
    sent: QueryDict, sheet: SheetAsked, rank: int, whole: Stage
) -> Iterator[tuple[int, tuple[str, str]]]:
    for column in sheet.columns:
        name = f"{rank}-{column.index}"
        stage = _stage(sent.get(f"stage-{name}", "")) or whole
        yield column.index, (column.heading, staged(sent.get(f"column-{name}", ""), stage))


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
