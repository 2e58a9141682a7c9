"""Measures of drawings, and values whose writing depends on what they measure."""

from django import template

from maillage.common import french
from maillage.observatory.stocks import StockCited
from maillage.web.asked_flow import FlowQuery
from maillage.wording.figures import amount

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


register.filter("svg", svg)
register.filter("add_svg", add_svg)
register.filter("in_unit", in_unit)
register.filter("stock_value", stock_value)
