"""What was read of the references, and what they do not say."""

from dataclasses import dataclass

from maillage.sources.references.folder import Folder


@dataclass(frozen=True)
class ReferenceFile:
    """One table that was read: the card it answers to, its year and number of rows."""

    file: str
    card: str
    year: int
    rows: int


@dataclass(frozen=True)
class ReferencesReport:
    """Tables read, French sentences on how the geography was made and what it lacks, and the
    reasons why files were refused."""

    files: tuple[ReferenceFile, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def report_of(folder: Folder, notes: tuple[str, ...], refused: tuple[str, ...]) -> ReferencesReport:
    files = (ReferenceFile(t.file, t.card.id, t.year, len(t)) for t in folder.tables)
    return ReferencesReport(tuple(files), notes, (*folder.refused, *refused))
