"""The editions of a folder, told without opening their arrays."""

from dataclasses import dataclass
from pathlib import Path

from maillage.engine.store.folder import read_json
from maillage.engine.writer import CURRENT, MANIFEST


@dataclass(frozen=True)
class EditionSummary:
    """What one edition holds."""

    id: str
    path: Path
    current: bool
    cog: int
    epci_year: int | None
    fictional: bool
    flows: tuple[tuple[str, int], ...]
    size: int  # bytes


def list_editions(editions: Path) -> list[EditionSummary]:
    """Every edition of a folder, the current one first, then by id."""
    pointer = editions / CURRENT
    current = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    manifests = (path for path in editions.glob(f"*/{MANIFEST}") if path.parent.name[0] != ".")
    found = [_summary(path, current) for path in manifests]
    return sorted(found, key=lambda edition: (not edition.current, edition.id))


def _summary(path: Path, current: str) -> EditionSummary:
    manifest = read_json(path)
    return EditionSummary(
        id=manifest["id"],
        path=path.parent,
        current=manifest["id"] == current,
        cog=manifest["cog"],
        epci_year=manifest["epci_year"],
        fictional=manifest["fictional"],
        flows=tuple((flow, year) for flow, year in manifest["flows"]),
        size=sum(mark["size"] for mark in manifest["files"].values()),
    )
