"""The account of a build, read back from the edition for the pages that show it."""

from dataclasses import dataclass
from typing import Any

from maillage.common.french import number, quantity
from maillage.engine.edition import Edition

_UNITS = {"persons": "personnes", "establishments": "établissements", "eur": "€", "jobs": "emplois"}


@dataclass(frozen=True)
class FileAccount:
    """One file that was read; amounts as people read them, empty where there are none."""

    file: str
    card: str
    years: tuple[int, ...]
    rows: int
    total: str
    placed: str
    unplaced: tuple[tuple[str, str], ...]  # reason, amount
    estimated: str
    moved: str
    vanished: int
    suppressed: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """One table of the geography that was read."""

    file: str
    card: str
    year: int
    rows: int


@dataclass(frozen=True)
class Refused:
    """One file set aside whole; ``card`` is empty where none knew it."""

    file: str
    card: str
    reason: str


@dataclass(frozen=True)
class BuildAccount:
    """Everything the build had to say."""

    files: tuple[FileAccount, ...]
    references: tuple[Reference, ...]
    refused: tuple[Refused, ...]
    unmatched: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def with_unplaced(self) -> int:
        """How many files had something that could be put nowhere."""
        return sum(1 for file in self.files if file.unplaced)

    @property
    def with_estimates(self) -> int:
        """How many went, in part, through the splitting of a commune."""
        return sum(1 for file in self.files if file.estimated)

    @property
    def suppressed(self) -> int:
        """Values that their producers hide."""
        return sum(file.suppressed for file in self.files)

    def years(self, card: str) -> list[int]:
        """Vintages that this edition took from a kind of file."""
        read = self.of(card)
        files = {year for item in read.files for year in item.years}
        return sorted(files | {item.year for item in read.references})

    def of(self, card: str) -> "BuildAccount":
        """The part that speaks of one kind of file."""
        return BuildAccount(
            files=tuple(item for item in self.files if item.card == card),
            references=tuple(item for item in self.references if item.card == card),
            refused=tuple(item for item in self.refused if item.card == card),
            unmatched=(),
            notes=(),
        )


def build_account(edition: Edition) -> BuildAccount | None:
    """None when the edition was made without one."""
    report = edition.report()
    if report is None:
        return None
    references = report.get("references", {})
    return BuildAccount(
        files=tuple(_file(item) for item in report["files"]),
        references=tuple(Reference(**item) for item in references.get("files", ())),
        refused=(
            *(Refused(item["file"], item["card"], item["reason"]) for item in report["refused"]),
            *(Refused("", "", reason) for reason in references.get("refused", ())),
        ),
        unmatched=tuple(report["unmatched"]),
        notes=tuple(references.get("notes", ())),
    )


def _file(item: dict[str, Any]) -> FileAccount:
    account, unit = item["account"], _unit(item)
    lost = sorted(account["unplaced"].items(), key=lambda pair: -float(pair[1]))
    return FileAccount(
        file=item["file"],
        card=item["card"],
        years=_years(item),
        rows=account["rows"],
        total=_amount(account["total"], unit),
        placed=_amount(account["placed"], unit),
        unplaced=tuple((reason, _amount(amount, unit)) for reason, amount in lost),
        estimated=_some(account["estimated"], unit),
        moved=_some(account["moved"], unit),
        vanished=account["vanished"],
        suppressed=account["suppressed"],
        notes=tuple(account["notes"]),
    )


def _years(item: dict[str, Any]) -> tuple[int, ...]:
    """Those of what the file gave: some hold several, told row by row."""
    given = {year for _, year, _ in item["gave"]}
    return tuple(sorted(given or {item["year"]}))


def _unit(item: dict[str, Any]) -> str:
    """A table of stocks counts its values, each of which may have another unit."""
    return _UNITS.get(item["unit"], "valeurs" if item["kind"] == "stock" else "")


def _amount(text: str, unit: str) -> str:
    value = float(text)
    decimals = 0 if value >= 100 or value.is_integer() else 1
    return quantity(value, unit, decimals) if unit else number(value, decimals)


def _some(text: str, unit: str) -> str:
    return _amount(text, unit) if float(text) else ""
