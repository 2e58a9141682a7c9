"""Reading a row of a table of the product from a template."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


def entry(table: Mapping[str, Any], id: str) -> Any:
    """``{{ kinds|entry:contract.kind }}``; None when the table has no such id."""
    return table.get(id) if table else None


def attr(row: Any, name: str) -> Any:
    """A field of what ``entry`` found."""
    return getattr(row, name, "")


register.filter("entry", entry)
register.filter("attr", attr)
