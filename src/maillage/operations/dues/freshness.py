"""Whether the kept dues of contracts still hold: nothing written since, same rules, right day."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from maillage.contracts.models import Contract
from maillage.operations.dues.sources import SOURCES
from maillage.operations.models import DuesMark, DuesState

#: What draws the dues: a new release that changes one of these has them drawn again.
DRAWN_BY = (
    *("money_rules", "funding_sources", "dues/finding.py"),
    *("plan.py", "planned.py", "readiness.py", "money.py"),
)


@dataclass(frozen=True)
class Behind:
    """How many contracts are shown as they were, the oldest of them since when; some may never
    have been drawn."""

    contracts: int
    never: int
    since: datetime | None


@cache
def rules_digest() -> str:
    """Of the texts of ``DRAWN_BY``, and of those of the sources."""
    found = sha256()
    written = [("maillage.operations", DRAWN_BY), *(s.written_in for s in SOURCES.values())]
    for package, names in written:
        folder = files(package)
        for name in names:
            entry = folder.joinpath(name)
            parts = entry.iterdir() if entry.is_dir() else (entry,)
            for part in sorted((one for one in parts if one.is_file()), key=lambda one: one.name):
                found.update(part.read_bytes())
    return found.hexdigest()


def stale(contracts: QuerySet[Contract], today: date) -> QuerySet[Contract]:
    """Those whose kept dues do not hold today, the longest left first."""
    state = DuesState.objects.filter(
        Q(until=None) | Q(until__gte=today), contract=OuterRef("pk"), rules=rules_digest(),
        since__lte=today,
    )  # fmt: skip
    marks = DuesMark.objects.filter(contract_id=OuterRef("pk"))
    rows = contracts.filter(~Exists(state) | Exists(marks))
    return rows.order_by(F("dues_state__drawn_at").asc(nulls_first=True), "pk")


def behind(contracts: QuerySet[Contract], today: date) -> Behind | None:
    """None when all hold."""
    rows = stale(contracts, today).order_by()
    found = rows.aggregate(oldest=Min("dues_state__drawn_at"))
    count = rows.count()
    if not count:
        return None
    return Behind(count, rows.filter(dues_state=None).count(), found["oldest"])
