"""The further sheets of the portfolio: its lines of money whole, what they were paid, its
indicators, a row each."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from maillage.documents.sheets.values import Cell, Column, Sheet, Shown
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.choices import CHOICES
from maillage.operations.intake.own_sheets import (
    INDICATORS,
    LINES,
    PAYMENTS,
    told_payments,
    told_years,
)
from maillage.operations.models import FundingLine, IndicatorLink
from maillage.operations.portfolio import Reviewed

_SHOWN = {"money": Shown.EUROS, "day": Shown.DATE}
_CODES = {"operation", "number", "key", "file_number", "order", "envelope", "agreement"}
_WIDE = {"title": 36, "name": 44, "funder": 26, "purpose": 26, "years": 40, "payments": 40}

#: Fields written as they are.
_AS_IS = (
    *("purpose", "asked_on", "received_on", "opinion_on", "notified_on", "agreed_on"),
    *("refused_on", "lapsed_on", "file_number", "order", "envelope", "agreement", "answer"),
)
_TOLD_OF_LINES: Mapping[str, Callable[[FundingLine], Cell]] = {
    "key": lambda line: str(line.key),
    "source": lambda line: funding_sources()[line.source].short,
    "funder": lambda line: line.funder.name if line.funder else "",
    "section": lambda line: CHOICES["section"][line.section],
    "level": lambda line: CHOICES["level"][line.level],
    "tax": lambda line: line.tax.upper(),
    "eligible": lambda line: typed(line.eligible),
    "asked": lambda line: typed(line.asked),
    "notified": lambda line: typed(line.notified),
    "agreed": lambda line: typed(line.agreed),
    "extended_start": lambda line: yes(line.extended_start),
    "extended_completion": lambda line: yes(line.extended_completion),
    "years": lambda line: told_years(
        (item.year, item.committed, item.payable) for item in line.years.all()
    ),
    "payments": lambda line: told_payments(
        (item.paid_on, item.amount, item.reference) for item in line.payments.all()
    ),
}
_TOLD_OF_INDICATORS: Mapping[str, Callable[[IndicatorLink], Cell]] = {
    "name": lambda link: link.name,
    "indicator": lambda link: link.indicator,
    "question": lambda link: CHOICES["question"][link.question],
    "target": lambda link: link.target,
    "unit": lambda link: link.unit,
    "due_on": lambda link: link.due_on,
}


def lines_sheet(rows: Iterable[Reviewed]) -> Sheet:
    """Programmed lines that the viewer sees, each whole."""
    made = [
        (*_whose(row), *(_of_line(id, line) for id, _, _ in LINES[3:]))
        for row in rows
        for line in programmed(row)
    ]
    return Sheet("Lignes de financement", _columns(LINES), tuple(made), fixed=3)


def payments_sheet(rows: Iterable[Reviewed]) -> Sheet:
    """What has been received of those lines, a row each."""
    made = [
        (
            *(*_whose(row), str(line.key), funding_sources()[line.source].short),
            *(item.paid_on, typed(item.amount), item.reference),
        )
        for row in rows
        for line in programmed(row)
        for item in line.payments.all()
    ]
    return Sheet("Versements", _columns(PAYMENTS), tuple(made), fixed=3)


def indicators_sheet(rows: Iterable[Reviewed]) -> Sheet:
    made = [
        (*_whose(row), *(_TOLD_OF_INDICATORS[id](link) for id, _, _ in INDICATORS[3:]))
        for row in rows
        for link in row.operation.indicators.all()
    ]
    return Sheet("Indicateurs", _columns(INDICATORS), tuple(made), fixed=3)


def programmed(row: Reviewed) -> list[FundingLine]:
    return [line for line in row.lines if line.kind == "programme"]


def typed(amount: Decimal | None) -> Cell:
    """As people type it where the number alone would be taken for a share: a euro at most."""
    tiny = amount is not None and 0 < amount <= 1
    return f"{amount:f}".replace(".", ",") if tiny else amount


def yes(value: bool) -> str:
    return "oui" if value else "non"


def _whose(row: Reviewed) -> tuple[Cell, Cell, Cell]:
    return str(row.operation.key), row.operation.number, row.operation.title


def _of_line(id: str, line: FundingLine) -> Cell:
    if id in _AS_IS:
        value: Cell = getattr(line, id)
        return value
    return _TOLD_OF_LINES[id](line)


def _columns(layout: Iterable[tuple[str, str, str]]) -> tuple[Column, ...]:
    return tuple(
        Column(title, Shown.CODE if id in _CODES else _SHOWN.get(kind, Shown.TEXT),
               _WIDE.get(id, 16))
        for id, title, kind in layout
    )  # fmt: skip
