"""A folder of official files: which card each file answers to, by its name and by its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from maillage.catalog.cards import SourceCard


class Format(StrEnum):
    """How the bytes of a file are read, once out of their archive."""

    CSV = "csv"  # any delimited text
    PARQUET = "parquet"
    XLSX = "xlsx"
    OTHER = "other"  # geojson…: the layout opens it itself


@dataclass(frozen=True)
class MatchedFile:
    """A file of the mirror and the card that knows it.

    ``columns`` maps each role of the card to the column of this very file (optional roles the
    file lacks are absent). ``year`` is the vintage the card's rule found. ``name`` is what people
    read: the path inside the mirror, followed by the member of the archive if there is one.
    """

    card: SourceCard
    name: str
    path: Path
    member: str | None  # of a zip archive
    format: Format
    delimiter: str
    encoding: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    year: int
    sha256: str  # of the file in the mirror, archive included
    notes: tuple[str, ...] = field(default=())

    @property
    def cog(self) -> int | None:
        """COG vintage of its codes, when the card tells."""
        if self.card.cog is not None:
            return self.card.cog
        return None if self.card.cog_lag is None else self.year + self.card.cog_lag
