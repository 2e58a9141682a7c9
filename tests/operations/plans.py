"""Plans of financing written in one line, for the tables of the rules."""

from datetime import date
from decimal import Decimal

from maillage.operations.funding_sources import funding_sources
from maillage.operations.plan import Amount, Owner, Plan, PlanLine

TODAY = date(2026, 6, 1)
EPCI = Owner(1, "CC du Val", "cc")
ASSOCIATION = Owner(2, "Les Amis du bocage", "association")


def line(id, source, euros, section="investment", **more):
    """A line whose amount is asked for, on a day before anything else."""
    given = {"asked": Amount(Decimal(str(euros)), date(2026, 1, 10))} | more
    return PlanLine(id=id, source=funding_sources()[source], section=section, **given)


def plan(*lines, owners=(EPCI,), investment=None, running=None, **more):
    costs = {
        "investment": None if investment is None else Decimal(str(investment)),
        "running": None if running is None else Decimal(str(running)),
    }
    return Plan(owners=owners, costs=costs, lines=lines, **more)
