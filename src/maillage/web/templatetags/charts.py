"""Measures of drawings, and values whose writing depends on what they measure."""

import math

from django import template

from maillage.common import french
from maillage.observatory.answers.pair import Tie
from maillage.observatory.stocks import StockCited
from maillage.web.asked_flow import FlowQuery
from maillage.wording.figures import amount
from maillage.wording.pairs import gain_text, tie_text

register = template.Library()


def svg(value: float) -> str:
    """A measure as SVG writes it, whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def add_svg(value: float, more: float) -> str:
    """A measure that starts where another ends."""
    return svg(value + more)


def in_unit(value: float, unit: str) -> str:
    """A volume of flow: euros by millions, anything else as a whole number."""
    return amount(value, unit)


@register.simple_tag
def flow_query(query: FlowQuery, **changes: str) -> str:
    """The query of an address, with some of its choices changed."""
    return query.written(**changes)


def stock_value(stock: StockCited) -> str:
    """Whole numbers for sums; rates keep what makes them differ."""
    if stock.value is None or stock.additive:
        return french.number(stock.value)
    return french.number(stock.value, 0 if abs(stock.value) >= 1000 else 1)


def tie_value(tie: Tie) -> str:
    """The value of an indicator of a tie, with its unit."""
    return tie_text(tie)


def small_number(value: float | None) -> str:
    """An index whose values are small: two significant figures, or the zero it is."""
    if value is None or not value:
        return french.number(value)
    decimals = max(0, 1 - math.floor(math.log10(abs(value))))
    return french.number(value, decimals) if decimals <= 5 else "infime"


def times(value: float, factor: int) -> float:
    """A share as a percentage of a drawing."""
    return value * factor


def percent_value(share: float) -> str:
    """A share as a field takes it back: « 7,5 »."""
    return f"{100 * share:g}".replace(".", ",")


register.filter("svg", svg)
register.filter("add_svg", add_svg)
register.filter("in_unit", in_unit)
register.filter("tie_value", tie_value)
register.filter("small_number", small_number)
register.filter("times", times)
register.filter("percent_value", percent_value)
register.filter("gain", gain_text)
register.filter("amount", amount)
register.filter("stock_value", stock_value)
