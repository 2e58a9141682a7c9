"""French typography as template filters; the rules themselves are in ``common.french``."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django import template
from django.utils.timezone import localtime

from maillage.common import french, names
from maillage.operations.money import money

register = template.Library()


def counted(count: float, forms: str) -> str:
    """``{{ n|counted:"commune,communes" }}``; without a plural, an s is added."""
    return french.counted(count, *forms.split(","))


def years(values: Sequence[int]) -> str:
    """« Année 2021 », « Années 2008, 2010 et 2014 à 2021 »."""
    runs = [[year for _, year in run] for _, run in groupby(enumerate(sorted(values)), _gap)]
    spans = [
        f"{run[0]} à {run[-1]}" if len(run) > 2 else french.listing([str(year) for year in run])
        for run in runs
    ]
    return f"{french.plural(len(values), 'Année')}{french.NO_BREAK}{french.listing(spans)}"


def _gap(ranked: tuple[int, int]) -> int:
    """The same for years that follow one another."""
    rank, year = ranked
    return year - rank


def typeset(text: object) -> str:
    """Of any value a template holds: cards’ texts, errors."""
    return french.typeset(str(text))


def long_date(day: date | datetime | str) -> str:
    """« 1er janvier 2025 », of a date, of a moment in the time of Paris, or of an ISO text."""
    if isinstance(day, str):
        return french.long_date(date.fromisoformat(day[:10]))
    return french.long_date(localtime(day).date() if isinstance(day, datetime) else day)


def moment(at: datetime) -> str:
    """« 1er janvier 2025 à 9 h 05 »."""
    here = localtime(at)
    return f"{long_date(here)} à {here.hour}{french.NO_BREAK}h{french.NO_BREAK}{here.minute:02d}"


def named(code: str, labels: Mapping[str, str]) -> str:
    """What people call it; the code itself when nothing says."""
    return labels.get(code, code)


def euros(amount: Decimal | float) -> str:
    """In short: « 12,3 M€ »."""
    return french.euros(float(amount))


for name, function in {
    "long_date": long_date,
    "moment": moment,
    "number": french.number,
    "signed": french.signed,
    "percent": french.percent,
    "of": french.of,
    "the": names.the,
    "of_the": names.of_the,
    "listing": french.listing,
    "typeset": typeset,
    "counted": counted,
    "years": years,
    "named": named,
    "euros": euros,
    "money": money,
}.items():
    register.filter(name, function)
