"""What was read of the references, and what they do not say."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReferenceFile:
    """One file that was read: the card it answers to, its year and number of rows."""

    file: str
    card: str
    year: int
    rows: int


@dataclass(frozen=True)
class ReferencesReport:
    """Files read, and French sentences on how the geography was made and what it lacks."""

    files: tuple[ReferenceFile, ...] = ()
    notes: tuple[str, ...] = ()
    unplaced: dict[str, tuple[str, ...]] = field(default_factory=dict)  # file -> codes
