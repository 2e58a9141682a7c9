"""One thing that waits, as sentences."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.contracts.models import Contract
from maillage.operations.models import Operation


@dataclass(frozen=True)
class Due:
    """``day`` is None when nothing fixes it; ``key`` names it in calendars.

    ``amount`` is in euros; ``operation`` and ``line_id``, or ``about`` for what another room makes
    wait, tell where to go.
    """

    kind: str
    day: date | None
    title: str
    text: str
    remedy: str
    contract: Contract
    key: str
    operation: Operation | None = None
    line_id: int | None = None
    about: int | None = None
    amount: Decimal | None = None
    urgent: bool = False
