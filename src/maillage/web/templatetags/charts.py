"""Measures of drawings, and values whose writing depends on what they measure."""

from django import template

from maillage.common import french
from maillage.observatory.stocks import StockCited

register = template.Library()


def svg(value: float) -> str:
    """A measure as SVG writes it, whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def stock_value(stock: StockCited) -> str:
    """Whole numbers for sums; rates keep what makes them differ."""
    if stock.value is None or stock.additive:
        return french.number(stock.value)
    return french.number(stock.value, 0 if abs(stock.value) >= 1000 else 1)


register.filter("svg", svg)
register.filter("stock_value", stock_value)
