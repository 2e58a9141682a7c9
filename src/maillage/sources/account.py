"""What became of the rows of a file. Totals close: placed + unplaced = total, in exact decimals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Account:
    """The account of one file that was read.

    Quantities are in the unit of the source card. ``unplaced`` gives, per French reason, the
    quantity that could be put on no node; ``estimated`` the quantity that went through the
    splitting of a commune, ``suppressed`` the number of cells hidden by the producer.
    ``vanished`` counts the communes of the file that the target COG no longer has, ``moved`` the
    quantity their mergers moved from between two communes to within one.
    """

    rows: int
    total: Decimal
    placed: Decimal
    unplaced: Mapping[str, Decimal] = field(default_factory=dict)
    estimated: Decimal = ZERO
    suppressed: int = 0
    vanished: int = 0
    moved: Decimal = ZERO
    notes: tuple[str, ...] = ()  # French: zeros restored, a year the name contradicts…

    @property
    def closes(self) -> bool:
        return self.placed + sum(self.unplaced.values(), ZERO) == self.total
