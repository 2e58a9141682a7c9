"""The plan of each operation: lines asked, granted, agreed and paid, as far as work has gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maillage.demo.days import before, morning
from maillage.demo.portfolio import Frame, Planned, owners
from maillage.demo.tables import table
from maillage.operations.actions.answers import Answer, answer_line
from maillage.operations.actions.funding import add_line, pay, spread
from maillage.operations.models import FundingLine

#: Who pays what is not the State’s nor the owner’s.
FUNDERS = ("region", "departement", "agence_eau")
ORDERS = {"detr": "Arrêté préfectoral", "dsil": "Arrêté préfectoral", "fonds_vert": "Décision"}
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class Share:
    """One line to write: ``funder`` is a letter or a word of the bodies, or nothing."""

    source: str
    amount: Decimal
    funder: str = ""


def fund(planned: Planned, frame: Frame) -> None:
    """Every line of its plan, at the stage its work has reached."""
    entry = planned.entry
    if entry.get("years"):
        _over_years(planned, frame)
    section = table("portfolio")["plans"].get(entry["plan"], {}).get("section", "")
    for rank, share in enumerate(_shares(planned, frame)):
        _line(planned, frame, share, section, rank)


def _shares(planned: Planned, frame: Frame) -> Iterator[Share]:
    """Amounts in whole euros; the first takes what is left. Several owners share their own part."""
    plan = table("portfolio")["plans"].get(planned.entry["plan"])
    if plan is None:
        return
    cost = Decimal(1000) * planned.entry["k"]
    parts = {
        source: (cost * part / 100).quantize(Decimal(1)) for source, part in plan["shares"].items()
    }
    own = cost - sum(amount for source, amount in parts.items() if source != "own_funds")
    letters = planned.entry.get("by", "").split()
    others = letters[1:] if len(owners(planned.entry, frame)) == len(letters) else []
    each = (own / (len(others) + 1)).quantize(Decimal(1))
    yield Share("own_funds", own - each * len(others))
    yield from (Share("epci", each, letter) for letter in others)
    for source, amount in parts.items():
        if source != "own_funds":
            yield Share(source, amount, source if source in FUNDERS else "")


def _line(planned: Planned, frame: Frame, share: Share, section: str, rank: int) -> None:
    asked_on = _asked_on(planned, frame)
    body = frame.writer.bodies[share.funder] if share.funder else None
    cost = Decimal(1000) * planned.entry["k"]
    made = add_line(
        operation=planned.operation,
        source=share.source,
        by=frame.writer.lead,
        at=morning(asked_on),
        fields={
            "section": section,
            "funder_id": body.pk if body else None,
            "eligible": cost if share.source != "own_funds" else None,
            "asked": share.amount,
            "asked_on": asked_on,
            "received_on": asked_on + timedelta(days=5),
            "opinion_on": asked_on + timedelta(days=25) if _heard(planned, share) else None,
            "level": "public" if _granted(planned) else "parties",
            "file_number": f"{asked_on.year}-{planned.operation.pk:04}-{rank + 1}",
        },
    )
    _spread(made, planned, frame, share.amount)
    if share.source == planned.entry.get("refused"):
        _answer(made, frame, "refuse", None, "Lettre du 12 mars", asked_on + timedelta(days=40))
    elif _granted(planned):
        _grant(made, planned, frame, share)


def _heard(planned: Planned, share: Share) -> bool:
    """The elected commission has spoken, save of what is still studied."""
    return share.source == "detr" and _granted(planned)


def _granted(planned: Planned) -> bool:
    phase, status = planned.entry["at"].split()
    return phase == "operation" and status != "dropped"


def _asked_on(planned: Planned, frame: Frame) -> date:
    """Before the work starts; lately for what is still studied."""
    if planned.entry["at"].startswith("operation"):
        return before(planned.starts_on, 210)
    return before(frame.days.today, 60)


def _grant(line: FundingLine, planned: Planned, frame: Frame, share: Share) -> None:
    """Notified, agreed for those who agree, then paid: wholly when finished, a third at first."""
    start, today = planned.starts_on, frame.days.today
    order = ORDERS.get(share.source, "Délibération")
    _answer(
        line,
        frame,
        "notify",
        share.amount,
        f"{order} n° {start.year}-{line.pk:03}",
        before(start, 90),
    )
    if share.funder:
        _answer(
            line,
            frame,
            "agree",
            share.amount,
            f"Convention n° {start.year}-{line.pk:03}",
            before(start, 45),
        )
    first = start + timedelta(days=120)
    if planned.entry["at"].endswith("finished"):
        _pay(line, frame, share.amount, first, "Solde")
    elif first <= today:
        _pay(line, frame, (share.amount * Decimal("0.3")).quantize(Decimal(1)), first, "Acompte")


def _answer(
    line: FundingLine, frame: Frame, answer: str, amount: Decimal | None, reference: str, day: date
) -> None:
    answer_line(
        line=line,
        revision=line.revision,
        answer=Answer(answer, day, f"{reference} (pays fictif)", amount),
        by=frame.writer.state,
        at=morning(day),
    )


def _pay(line: FundingLine, frame: Frame, amount: Decimal, day: date, reference: str) -> None:
    pay(
        line=line,
        amount=amount,
        day=day,
        by=frame.writer.state,
        at=morning(day),
        reference=reference,
    )


def _spread(line: FundingLine, planned: Planned, frame: Frame, amount: Decimal) -> None:
    """Committed the year work starts; paid half then, half the year after."""
    year = planned.starts_on.year
    half = (amount * _HALF).quantize(Decimal("0.01"))
    years = {year: (amount, half), year + 1: (Decimal(0), amount - half)}
    at = morning(_asked_on(planned, frame))
    spread(line=line, revision=line.revision, years=years, by=frame.writer.lead, at=at)


def _over_years(planned: Planned, frame: Frame) -> None:
    """The same sum each year, from one funder: « 300 000 € par an pendant trois ans »."""
    count, total = planned.entry["years"], Decimal(1000) * planned.entry["k"]
    body = frame.writer.bodies[planned.entry["funder"]]
    asked_on = _asked_on(planned, frame)
    fields: dict[str, Any] = {
        "section": "running",
        "funder_id": body.pk,
        "purpose": f"{count} versements annuels",
        "asked": total,
        "asked_on": asked_on,
        "level": "public",
    }
    line = add_line(
        operation=planned.operation,
        source="epci",
        by=frame.writer.lead,
        at=morning(asked_on),
        fields=fields,
    )
    each = total / count
    first = planned.starts_on.year
    years = {first + n: (each, each) for n in range(count)}
    at = morning(asked_on)
    spread(line=line, revision=line.revision, years=years, by=frame.writer.lead, at=at)
    _answer(
        line,
        frame,
        "agree",
        total,
        f"Convention de réciprocité n° {first}-1",
        before(planned.starts_on, 30),
    )
    _pay(line, frame, each, planned.starts_on + timedelta(days=90), "Première année")
