"""Reads of the further sheets of our own layout: lines of money and indicators, beside what the
contract holds already."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract
from maillage.operations.intake.drafts import Doubt
from maillage.operations.intake.grids import Grid
from maillage.operations.intake.own_sheets import (
    INDICATORS,
    LINES,
    OPERATION,
    OwnRow,
    own_rows,
    whose,
)
from maillage.operations.intake.payments import with_payments
from maillage.operations.intake.values import plain
from maillage.operations.models import FundingLine, IndicatorLink, Operation
from maillage.operations.money import ZERO, money

#: Natures of organisations that fund beyond their own contract.
FUNDERS = ("state", "region", "departement", "operator", "public_bank")
#: What tells a line that has no identifier yet from the others of its operation.
IDENTITY = ("source", "section", "funder_id", "purpose", "file_number")
_DEFAULTS = {"section": "investment", "funder_id": None, "purpose": "", "file_number": ""}
_APART = {*(id for id, _, _ in OPERATION), "key", "funder", "years", "payments"}
_FIELDS = tuple(id for id, _, _ in LINES if id not in _APART)
_SAID = tuple(id for id, _, _ in INDICATORS if id not in {id for id, _, _ in OPERATION})


@dataclass(frozen=True)
class LineRead:
    """A line of the file: whose operation (as ``Draft.key`` has it), the line it updates if there
    is one, what is written of it, the years and the payments it brings."""

    row: OwnRow
    whose: str
    line: FundingLine | None
    fields: Mapping[str, Any]
    years: Mapping[int, tuple[Decimal, Decimal]] | None
    payments: tuple[tuple[Any, Decimal, str], ...]
    doubts: tuple[Doubt, ...]

    @property
    def differs(self) -> bool:
        return bool(self.line is None or self.fields or self.years or self.payments)


@dataclass(frozen=True)
class IndicatorRead:
    """An indicator of the file, and the one of the same name that it replaces."""

    row: OwnRow
    whose: str
    link: IndicatorLink | None
    fields: Mapping[str, Any]
    doubts: tuple[Doubt, ...]

    @property
    def differs(self) -> bool:
        if self.link is None:
            return True
        return any(getattr(self.link, name) != value for name, value in self.fields.items())


@dataclass(frozen=True)
class Held:
    """The operations of a contract by ``Draft.key``, and who may fund them by plain name."""

    operations: Mapping[str, Operation]
    funders: Mapping[str, int]


def held_by(contract: Contract) -> Held:
    """Five questions to the base."""
    lines = FundingLine.objects.filter(kind="programme").prefetch_related("years", "payments")
    rows = contract.operations.prefetch_related(
        "indicators", Prefetch("lines", lines, "programmed")
    )
    found: dict[str, Operation] = {}
    for operation in rows:
        found.setdefault(f"t {plain(operation.title)}", operation)
        if operation.number:
            found[f"n {plain(operation.number)}"] = operation
        found[f"k {operation.key}"] = operation
    may = Organisation.objects.filter(
        Q(parties__contract=contract)
        | Q(nature__in=FUNDERS)
        | Q(piloted__operation__contract=contract)
        | Q(funds__operation__contract=contract)
    )
    named = may.distinct().values_list("name", "pk")
    return Held(found, {plain(name): pk for name, pk in named})


def lines_read(grids: Sequence[Grid], held: Held, coming: Container[str]) -> tuple[LineRead, ...]:
    """In the order of the sheet. ``coming``: keys of the operations that the file itself holds."""
    taken: set[int] = set()
    found = with_payments(own_rows(grids, "Lignes de financement"), own_rows(grids, "Versements"))
    rows = (_placed(row, held, coming) for row in found)
    return tuple(_line(row, held, taken) for row in rows)


def indicators_read(
    grids: Iterable[Grid], held: Held, coming: Container[str]
) -> tuple[IndicatorRead, ...]:
    rows = (_placed(row, held, coming) for row in own_rows(grids, "Indicateurs"))
    return tuple(_indicator(row, held) for row in rows)


def _placed(row: OwnRow, held: Held, coming: Container[str]) -> OwnRow:
    """The same, with a doubt when its operation is nowhere."""
    if whose(row) in held.operations or whose(row) in coming:
        return row
    doubt = Doubt(
        row.place, "operation", str(row.values.get("title", "")),
        "cette opération n’est ni dans le contrat, ni dans la première feuille",
        "vérifiez son identifiant, ou videz-le et donnez son numéro et son intitulé.",
    )  # fmt: skip
    return replace(row, doubts=(*row.doubts, doubt))


def _line(row: OwnRow, held: Held, taken: set[int]) -> LineRead:
    said = {name: row.values[name] for name in _FIELDS if name in row.values}
    doubts = list(row.doubts)
    if funder := row.values.get("funder"):
        said["funder_id"] = held.funders.get(plain(funder))
        if said["funder_id"] is None:
            remedy = "ajoutez-le aux parties du contrat, ou videz cette cellule."
            doubts.append(Doubt(row.place, "funder", funder, "financeur inconnu", remedy))
    operation = held.operations.get(whose(row))
    line = _same(row, said, operation, taken)
    if line is not None:
        taken.add(line.pk)
    doubts += _line_doubts(row, said, line)
    kept = said if line is None else _differing(line, said)
    years = row.values.get("years")
    if line is not None and years == _years(line):
        years = None
    return LineRead(row, whose(row), line, kept, years, _new_payments(row, line), tuple(doubts))


def _same(
    row: OwnRow, said: Mapping[str, Any], operation: Operation | None, taken: set[int]
) -> FundingLine | None:
    """That of its identifier, else the first like it that no other row has taken."""
    rows: list[FundingLine] = [] if operation is None else operation.programmed
    if key := row.values.get("key"):
        return next((line for line in rows if str(line.key) == str(key).strip().lower()), None)
    identity = {**_DEFAULTS, **{name: said[name] for name in IDENTITY if name in said}}
    alike = (
        line
        for line in rows
        if line.pk not in taken
        and all(getattr(line, name) == value for name, value in identity.items())
    )
    return next(alike, None)


def _line_doubts(row: OwnRow, said: Mapping[str, Any], line: FundingLine | None) -> Iterator[Doubt]:
    if row.values.get("key") and line is None:
        yield Doubt(
            row.place, "key", str(row.values["key"]),
            "aucune ligne de cette opération n’a cet identifiant",
            "videz cette cellule pour en créer une.",
        )  # fmt: skip
    if line is None and "source" not in said and not row.doubts:
        yield Doubt(row.place, "source", "", "ligne sans source", "écrivez d’où vient l’argent.")
    known = (said.get(name, getattr(line, name, None)) for name in ("agreed", "notified", "asked"))
    stage = next((amount for amount in known if amount), ZERO)
    years = row.values.get("years", {})
    if (line is None or years != _years(line)) and years:
        most = max(sum((pair[rank] for pair in years.values()), ZERO) for rank in (0, 1))
        if most > stage:
            yield Doubt(
                row.place, "years", money(most),
                f"les années dépassent la ligne de {money(most - stage)}",
                "corrigez les années, ou le montant.",
            )  # fmt: skip


def _differing(line: FundingLine, said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in said.items() if _flat(getattr(line, name)) != _flat(value)
    }


def _flat(value: Any) -> Any:
    """Texts are compared as spreadsheets keep them, whatever their blanks."""
    return value.split() if isinstance(value, str) else value


def _years(line: FundingLine) -> dict[int, tuple[Decimal, Decimal]]:
    return {item.year: (item.committed, item.payable) for item in line.years.all()}


def _new_payments(row: OwnRow, line: FundingLine | None) -> tuple[tuple[Any, Decimal, str], ...]:
    """Those of the file that the line has not: a payment is never taken back by a file."""
    known = [] if line is None else [
        (item.paid_on, item.amount, item.reference.split()) for item in line.payments.all()
    ]  # fmt: skip
    found = []
    for day, amount, reference in row.values.get("payments", ()):
        told = (day, amount, reference.split())
        if told in known:
            known.remove(told)
        else:
            found.append((day, amount, reference))
    return tuple(found)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _indicator(row: OwnRow, held: Held) -> IndicatorRead:
    fields = {name: row.values[name] for name in _SAID if name in row.values}
    operation = held.operations.get(whose(row))
    links = operation.indicators.all() if operation else ()
    named = _bare(fields.get("name", ""))
    link = next((one for one in links if _bare(one.name) == named), None)
    doubts = list(row.doubts)
    if not named:
        doubts.append(Doubt(row.place, "name", "", "indicateur sans nom", "écrivez son nom."))
    if "question" not in fields and link is None and not row.doubts:
        remedy = "écrivez à quelle question il répond : Rythme, Résultats ou Effets."
        doubts.append(Doubt(row.place, "question", "", "indicateur sans question", remedy))
    return IndicatorRead(row, whose(row), link, fields, tuple(doubts))
