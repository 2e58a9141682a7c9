"""What drawings need of a template."""

from django import template

register = template.Library()


def svg(value: float) -> str:
    """A measure as SVG writes it, whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


register.filter("svg", svg)
