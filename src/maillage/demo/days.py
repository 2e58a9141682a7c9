"""Days counted from the one the demonstration is made on."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware


@dataclass(frozen=True)
class Days:
    """``today`` is the day it is made on; acts of the past are dated in the morning of theirs."""

    today: date

    @property
    def yesterday(self) -> date:
        """The last day of which the morning is over, at whatever hour the demonstration is made."""
        return before(self.today, 1)

    def ago(self, years: float) -> date:
        """So many years before today."""
        return self.today - timedelta(days=round(years * 365.25))

    def quarter_end(self) -> date:
        """The last day of the last quarter that was over yesterday."""
        day = self.yesterday
        month = (day.month - 1) // 3 * 3
        year, month = (day.year, month) if month else (day.year - 1, 12)
        return date(year, month, monthrange(year, month)[1])

    def year_end(self, later: int = 0) -> date:
        """31 December of this year, or so many years later."""
        return date(self.today.year + later, 12, 31)


def morning(day: date) -> datetime:
    """Half past nine, in the time of Paris."""
    return make_aware(datetime.combine(day, time(9, 30)))


def before(day: date, days: int) -> date:
    return day - timedelta(days=days)
