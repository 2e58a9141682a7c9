"""The account of a build: what each file gave, what was refused and why, what nobody knew."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from maillage.sources.account import ZERO, Account
from maillage.sources.mirror import MatchedFile, Refusal
from maillage.sources.references.report import ReferencesReport


@dataclass(frozen=True)
class FileReport:
    """One file that was read: what it is, and the account of its rows.

    ``gave`` lists what went into the edition, as (flow or stock, year, level).
    """

    file: str
    card: str
    kind: str
    year: int
    unit: str
    sha256: str
    gave: tuple[tuple[str, int, str], ...]
    account: Account


@dataclass(frozen=True)
class BuildReport:
    """Everything a build has to say. Amounts are exact decimals, written as text in JSON."""

    files: tuple[FileReport, ...]
    refused: tuple[Refusal, ...]
    unmatched: tuple[str, ...]
    references: ReferencesReport = field(default_factory=ReferencesReport)

    def to_json(self) -> dict[str, Any]:
        return {
            "files": [_file(item) for item in self.files],
            "refused": [asdict(item) for item in self.refused],
            "unmatched": list(self.unmatched),
            "references": asdict(self.references),
        }


def file_report(
    file: MatchedFile, account: Account, gave: Iterable[tuple[str, int, str]]
) -> FileReport:
    card = file.card
    return FileReport(
        file=file.name,
        card=card.id,
        kind=card.kind,
        year=file.year,
        unit=card.unit,
        sha256=file.sha256,
        gave=tuple(sorted(gave)),
        account=account,
    )


def _file(report: FileReport) -> dict[str, Any]:
    account = report.account
    return asdict(report) | {
        "account": {
            "rows": account.rows,
            "total": str(account.total),
            "placed": str(account.placed),
            "unplaced": {reason: str(lost) for reason, lost in account.unplaced.items()},
            "unplaced_total": str(sum(account.unplaced.values(), ZERO)),
            "estimated": str(account.estimated),
            "suppressed": account.suppressed,
            "vanished": account.vanished,
            "moved": str(account.moved),
            "notes": list(account.notes),
        }
    }
