"""What was read of the references, and what they do not say."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.sources.references.folder import Folder
from maillage.sources.references.geometry import Geometry
from maillage.sources.references.tables import ReferenceFile


@dataclass(frozen=True)
class ReferencesReport:
    """Tables read, French sentences on how the geography was made and what it lacks, and the
    reasons why files were refused."""

    files: tuple[ReferenceFile, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def report_of(folder: Folder, geometry: Geometry, notes: Iterable[str]) -> ReferencesReport:
    tables = (ReferenceFile(t.file, t.card.id, t.year, len(t)) for t in folder.tables)
    return ReferencesReport(
        files=(*tables, *geometry.files),
        notes=(*notes, *geometry.notes),
        refused=(*folder.refused, *geometry.refused),
    )
