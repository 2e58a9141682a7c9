"""The account of the build, as figures: what was placed, left out, estimated, hidden, refused."""

from typing import Any

from maillage.engine.edition import Edition
from maillage.observatory.answers.edition import (
    Account,
    FileAccount,
    ReferenceAccount,
    RefusedFile,
    Unplaced,
)


def account(edition: Edition) -> Account:
    """Empty, and ``told`` false, when the edition was made without one."""
    report = edition.report() or {"files": (), "refused": (), "unmatched": ()}
    references = report.get("references", {})
    return Account(
        edition=edition.id,
        fictional=edition.fictional,
        told=edition.report() is not None,
        files=tuple(_file(item) for item in report["files"]),
        references=tuple(ReferenceAccount(**item) for item in references.get("files", ())),
        refused=(
            *(RefusedFile(i["file"], i["card"], i["reason"]) for i in report["refused"]),
            *(RefusedFile("", "", reason) for reason in references.get("refused", ())),
        ),
        unmatched=tuple(report["unmatched"]),
        notes=tuple(references.get("notes", ())),
    )


def _file(item: dict[str, Any]) -> FileAccount:
    told = item["account"]
    return FileAccount(
        file=item["file"],
        card=item["card"],
        kind=item["kind"],
        years=tuple(sorted({year for _, year, _ in item["gave"]} or {item["year"]})),
        unit=item["unit"],
        sha256=item["sha256"],
        rows=told["rows"],
        total=float(told["total"]),
        placed=float(told["placed"]),
        unplaced=tuple(Unplaced(why, float(told["unplaced"][why])) for why in told["unplaced"]),
        estimated=float(told["estimated"]),
        moved=float(told["moved"]),
        vanished=told["vanished"],
        suppressed=told["suppressed"],
        notes=tuple(told["notes"]),
    )
