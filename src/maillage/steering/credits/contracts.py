"""What the State’s credits become in each contract that somebody follows: asked, granted, paid.

Only lines that the table of rights shows them, through the one door of ``operations.visibility``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.perms import can
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached
from maillage.engine.edition import Edition
from maillage.operations.access import of_contracts
from maillage.operations.funding_sources import FundingSource, funding_sources
from maillage.operations.money import ZERO, total
from maillage.operations.visibility import sees_whole_plan, visible_across
from maillage.steering.credits.answer import per_head
from maillage.territory.perimeter import parse_perimeter

#: The right that opens this follow-up: to read at least the lines open to State services.
RIGHT = "lines.see_state"


@dataclass(frozen=True)
class ContractCredits:
    """Euros of the State’s lines in one contract at each stage; a line whose earlier stage nobody
    noted counts there for what the next one says.

    ``whole``: every line of the contract is shown; else each sum is a lower bound.
    """

    contract: Contract
    inhabitants: float | None
    lines: int
    asked: Decimal
    notified: Decimal
    agreed: Decimal
    paid: Decimal
    whole: bool

    @property
    def per_inhabitant(self) -> float | None:
        """What is notified; None also where no line is known."""
        return per_head(self.notified, self.inhabitants) if self.lines else None

    @property
    def paid_share(self) -> float | None:
        """Of what is notified."""
        return float(self.paid / self.notified) if self.notified else None


@dataclass(frozen=True)
class Followed:
    """Contracts by decreasing euros notified per inhabitant, and their sums.

    Perimeters may overlap: inhabitants are not summed.
    """

    contracts: tuple[ContractCredits, ...]
    lines: int
    asked: Decimal
    notified: Decimal
    agreed: Decimal
    paid: Decimal

    @property
    def whole(self) -> bool:
        return all(one.whole for one in self.contracts)


def state_sources() -> Mapping[str, FundingSource]:
    """Those of the State, by id."""
    return {id: one for id, one in funding_sources().items() if one.family == "state"}


def followed(viewer: Viewer, edition: Edition, *, place: str = "", source: str = "") -> Followed:
    """Contracts of a place, lines of one source of the State, when told. Refused and lapsed lines,
    and those of operations given up, bring nothing. Five questions to the base at most."""
    rows = reached(viewer, RIGHT).order_by("filed", "pk")
    if place:
        rows = rows.filter(pk__in=Contract.objects.filter(places__place=place).values("pk"))
    subjects = of_contracts(rows)
    contracts = [one for one in rows if can(viewer, RIGHT, subjects[one.pk])]
    lines = visible_across(viewer, subjects).filter(
        kind="programme",
        refused_on=None,
        lapsed_on=None,
        source__in=[source] if source else list(state_sources()),
    )
    by_contract = lines.exclude(operation__status="dropped").order_by()
    by_contract = by_contract.values("operation__contract")
    sums = {
        row["operation__contract"]: row
        for row in by_contract.annotate(
            lines=Count("pk"),
            euros_asked=Sum(Coalesce("asked", "notified", "agreed")),
            euros_notified=Sum(Coalesce("notified", "agreed")),
            euros_agreed=Sum("agreed"),
        )
    }
    paid = dict(by_contract.annotate(paid=Sum("payments__amount")).values_list(*_PAID))
    found = [
        ContractCredits(
            contract=one,
            inhabitants=_inhabitants(edition, one.territory),
            lines=sums.get(one.pk, _NONE)["lines"],
            asked=sums.get(one.pk, _NONE)["euros_asked"] or ZERO,
            notified=sums.get(one.pk, _NONE)["euros_notified"] or ZERO,
            agreed=sums.get(one.pk, _NONE)["euros_agreed"] or ZERO,
            paid=paid.get(one.pk) or ZERO,
            whole=sees_whole_plan(viewer, subjects[one.pk]),
        )
        for one in contracts
    ]
    return _summed(found)


_PAID = ("operation__contract", "paid")
_NONE = {"lines": 0, "euros_asked": None, "euros_notified": None, "euros_agreed": None}


def _summed(found: list[ContractCredits]) -> Followed:
    ordered = sorted(
        found, key=lambda one: (one.per_inhabitant is None, -(one.per_inhabitant or 0))
    )
    return Followed(
        contracts=tuple(ordered),
        lines=sum(one.lines for one in found),
        asked=total(one.asked for one in found),
        notified=total(one.notified for one in found),
        agreed=total(one.agreed for one in found),
        paid=total(one.paid for one in found),
    )


def _inhabitants(edition: Edition, territory: str) -> float | None:
    """None without a perimeter that this edition knows."""
    try:
        communes = parse_perimeter(territory, edition.geography).communes if territory else None
    except InputError:
        return None
    people = math.nan if communes is None else float(edition.geography.population[communes].sum())
    return None if math.isnan(people) else people
