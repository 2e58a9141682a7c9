"""What a page offers to choose: a value of a form, or a link that changes one thing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """``value`` as the address writes it."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Link:
    """Leads to the same page with one thing changed; ``here``: it is so already."""

    label: str
    address: str
    here: bool
