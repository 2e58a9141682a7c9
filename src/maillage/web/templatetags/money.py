"""Amounts and words of operations, as templates write them."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal

from django import template

from maillage.common import french
from maillage.operations import money as amounts
from maillage.operations.maquette import taxes
from maillage.operations.vocabulary import Kind, label

register = template.Library()
register.filter("added_words", taxes.added_words)
register.filter("left_out_words", taxes.left_out_words)
register.filter("costs_words", taxes.costs_words)


@register.filter
def money(amount: Decimal | None) -> str:
    """« 12 345,60 € », « n. d. » when it is not known."""
    return amounts.money(amount)


@register.filter
def figures(amount: Decimal | None) -> str:
    """Without the unit, that the heading says; a dash where there is nothing."""
    return "–" if not amount else amounts.figures(amount)


@register.filter
def rate(share: Decimal | str | None) -> str:
    """« 33,3 % », cut and never rounded up: 19,99 % is not read as 20 %."""
    if not isinstance(share, Decimal):  # unknown, or of no plan
        return "–"
    cut = (share * 100).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    return f"{cut.normalize():f}".replace(".", ",") + "\u00a0%"


@register.filter
def typed(amount: Decimal | None) -> str:
    """As a field holds it: empty where there is nothing."""
    return amounts.figures(amount) if amount else ""


@register.filter
def gain(amount: Decimal) -> str:
    """With its sign: « +1 500 € », « −200 € »."""
    return f"+{amounts.money(amount)}" if amount > 0 else amounts.money(amount)


@register.filter
def word(id: str, kind: Kind) -> str:
    """French label of a phase, a status, a priority…"""
    return label(kind, id)


@register.filter
def day(value: date | None) -> str:
    """« 1er juin 2026 »; a dash when there is none."""
    return french.long_date(value) if value else "–"


@register.filter
def part(amount: Decimal | None, whole: Decimal | None) -> str:
    """Share of a whole as an SVG width out of 100, between 0 and 100."""
    if not amount or not whole:
        return "0"
    return f"{min(max(100 * amount / whole, Decimal(0)), Decimal(100)):.1f}"


@register.filter
def item(table: Mapping[object, object], key: object) -> object:
    """What a table holds under a key; empty when nothing."""
    return table.get(key, "")
