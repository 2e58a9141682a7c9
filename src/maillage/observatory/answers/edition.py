"""The answers on the edition itself: what it holds, and the account of how it was built."""

from dataclasses import dataclass

from maillage.observatory.citation import FileCited, UnitCited


@dataclass(frozen=True)
class FlowHeld:
    """One flow and year. ``universe`` says in French what its files cover."""

    flow: str
    title: str
    year: int
    unit: UnitCited
    question: str
    universe: str
    excludes: tuple[str, ...]
    secrecy: str
    estimated: bool
    fictional: bool
    dimensions: tuple[str, ...]
    files: tuple[FileCited, ...]


@dataclass(frozen=True)
class StockHeld:
    """One stock, and the years of it."""

    id: str
    title: str
    unit: UnitCited
    years: tuple[int, ...]


@dataclass(frozen=True)
class MeshHeld:
    """One mesh. ``contours``: its units can be drawn from contours of their own."""

    level: str
    label: str
    year: int
    units: int
    partition: bool
    contours: bool
    source: str


@dataclass(frozen=True)
class EditionHeld:
    """What the edition being served holds."""

    id: str
    software: str
    cog: int
    country: str
    fictional: bool
    communes: int
    meshes: tuple[MeshHeld, ...]
    flows: tuple[FlowHeld, ...]
    stocks: tuple[StockHeld, ...]


@dataclass(frozen=True)
class Unplaced:
    """What could be put nowhere, and why (French)."""

    reason: str
    value: float


@dataclass(frozen=True)
class FileAccount:
    """One file that was read: placed and unplaced make its total, in the unit of the file."""

    file: str
    card: str
    kind: str
    years: tuple[int, ...]
    unit: str
    sha256: str
    rows: int
    total: float
    placed: float
    unplaced: tuple[Unplaced, ...]
    estimated: float
    moved: float
    vanished: int
    suppressed: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ReferenceAccount:
    """One table of the geography that was read."""

    file: str
    card: str
    year: int
    rows: int


@dataclass(frozen=True)
class RefusedFile:
    """One file set aside whole; ``card`` is empty where none knew it."""

    file: str
    card: str
    reason: str


@dataclass(frozen=True)
class Account:
    """Everything the build had to say. ``told`` is false where it left no account."""

    edition: str
    fictional: bool
    told: bool
    files: tuple[FileAccount, ...]
    references: tuple[ReferenceAccount, ...]
    refused: tuple[RefusedFile, ...]
    unmatched: tuple[str, ...]
    notes: tuple[str, ...]
