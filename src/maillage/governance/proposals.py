"""What a meeting should look at, as the state of the contract says: one ticks, one orders.

Told without an amount, a source of money nor a date of grant: an agenda is read by more people than
the lines of money are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from maillage.accounts.perms import Subject
from maillage.accounts.viewers import Viewer
from maillage.common.french import counted
from maillage.contracts.models import Avenant, Contract
from maillage.contracts.models.contracts import BEGUN
from maillage.contracts.reading import open_avenant, version_in_force
from maillage.contracts.snapshot import build_snapshot, drift, needing
from maillage.governance.models import AgendaItem, Meeting
from maillage.operations.committee import programmed
from maillage.operations.inscribed import inscribed
from maillage.operations.models import Operation
from maillage.operations.planned import dossier_of
from maillage.operations.portfolio import Reviewed, review
from maillage.operations.readiness import missing

#: What each kind of committee is asked about; others see what the copil does.
ASKED = {
    "cotech": ("opinion", "blocked", "lapse"),
    "funders": ("lapse", "blocked", "maquette"),
    "council": ("gate", "blocked"),
}
COPIL = ("blocked", "gate", "lapse", "drift", "avenant", "maquette")


@dataclass(frozen=True)
class Proposed:
    """A point to tick. ``key`` names it in a form; ``kind`` is an id of ``data/agenda.yaml``."""

    key: str
    kind: str
    title: str
    detail: str
    operation: Operation | None = None
    avenant: Avenant | None = None
    year: int | None = None

    def said(self) -> tuple[object, ...]:
        """What tells it from another."""
        operation = self.operation.pk if self.operation else None
        return self.kind, operation, self.avenant.pk if self.avenant else None, self.year


def proposed(
    viewer: Viewer, contract: Contract, subject: Subject, meeting: Meeting, today: date
) -> tuple[Proposed, ...]:
    """In the order of the table above, without what the agenda has already; a constant number of
    questions to the base."""
    kinds = ASKED.get(meeting.committee.kind, COPIL)
    there = {_said(item) for item in meeting.items.all()}
    rows = [programmed(row, today) for row in review(viewer, contract, today, subject)]
    found = [
        *(point for row in rows for point in _of_operation(row, today)),
        *_of_contract(contract, today),
    ]
    kept = (point for point in found if point.kind in kinds and point.said() not in there)
    return tuple(sorted(kept, key=lambda point: kinds.index(point.kind)))


def _said(item: AgendaItem) -> tuple[object, ...]:
    return item.kind, item.operation_id, item.avenant_id, item.year


def _of_operation(row: Reviewed, today: date) -> Iterator[Proposed]:
    """Of what is neither done nor dropped."""
    operation = row.operation
    if row.group in {"done", "dropped"}:
        return
    title = f"{operation.number} {operation.title}".strip()
    bare = Proposed("", "", title, "", operation=operation)

    def point(kind: str, detail: str) -> Proposed:
        return replace(bare, key=f"{kind}-{operation.pk}", kind=kind, detail=detail)

    if operation.status == "blocked":
        yield point("blocked", operation.blocked_reason or "Motif à dire.")
    if any(finding.due for finding in row.standing):
        yield point("lapse", "Une subvention approche de sa caducité.")
    if operation.stage == "project":
        lacks = [
            item.code
            for item in missing(dossier_of(operation, row.findings, len(row.lines)), today)
        ]
        if lacks == ["opinion"]:
            yield point("opinion", "La fiche est complète ; il ne manque que l’avis technique.")
        if not lacks:
            yield point("gate", "La fiche remplit toutes ses conditions.")


def _of_contract(contract: Contract, today: date) -> Iterator[Proposed]:
    version, avenant = version_in_force(contract), open_avenant(contract)
    if version is not None:
        changes = drift(
            version.snapshot, build_snapshot(contract, inscribed(contract)), with_operations=True
        )
        asked = {(change.section, change.entry) for change in needing(changes, "copil")}
        if asked:
            yield Proposed(
                "drift", "drift", "Écarts entre le contrat signé et le contrat vivant",
                f"{counted(len(asked), 'écart attend', 'écarts attendent')} une décision du copil.",
            )  # fmt: skip
    if avenant is not None:
        yield Proposed(
            f"avenant-{avenant.pk}", "avenant", avenant.title, avenant.purpose, avenant=avenant
        )
    year = today.year
    if contract.status in BEGUN and not contract.maquettes.filter(year=year).exists():
        yield Proposed(
            f"maquette-{year}", "maquette", f"Maquette financière {year}",
            "La maquette de l’année n’est pas encore arrêtée.", year=year,
        )  # fmt: skip
