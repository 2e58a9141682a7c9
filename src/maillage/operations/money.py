"""Amounts of money: exact decimals of euros, two places, as people type and read them."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from maillage.common.errors import InputError
from maillage.common.french import MINUS, NARROW, NO_BREAK, UNKNOWN

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
#: More than any programme of France: a slip of the finger, or of the unit.
MOST = Decimal("100000000000")

_TYPED = re.compile(
    r"(?P<figures>-?\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|-?\d+(?:[.,]\d{1,2})?) ?"
    r"(?P<unit>k€|K€|M€|m€|€|euros?)?"
)
_SCALES = {"k€": 1_000, "K€": 1_000, "M€": 1_000_000, "m€": 1_000_000}


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to the cent, as accounts are."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Sum of those that are known."""
    return sum((amount for amount in amounts if amount is not None), ZERO)


def parse_amount(text: str, column: str = "montant") -> Decimal | None:
    """« 150 k€ », « 12 345,60 », « 1.234 € »; None when empty. InputError otherwise."""
    plain = re.sub(r"[\s\u202f\u00a0]+", " ", text).strip()
    if not plain:
        return None
    match = _TYPED.fullmatch(plain)
    if not match:
        raise InputError(
            problem="ce montant n’est pas compris.",
            remedy="écrivez par exemple « 150 000 », « 150 000,50 » ou « 150 k€ ».",
            column=column,
            value=text,
        )
    amount = _figures(match["figures"]) * _SCALES.get(match["unit"] or "", 1)
    if not 0 <= amount <= MOST:
        raise InputError(
            problem="ce montant est négatif ou démesuré.",
            remedy="vérifiez le signe et l’unité.",
            column=column,
            value=text,
        )
    return cents(amount)


def _figures(text: str) -> Decimal:
    """A point followed by three figures parts thousands, as in « 1.234 »."""
    bare = text.replace(" ", "")
    thousands = re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare)
    return Decimal((bare.replace(".", "") if thousands else bare).replace(",", "."))


def money(amount: Decimal | None) -> str:
    """« 12 345,60 € »; cents are left out when there are none."""
    return UNKNOWN if amount is None else f"{figures(amount)}{NO_BREAK}€"


def figures(amount: Decimal) -> str:
    """The same without its unit, for columns whose heading says euros."""
    exact = cents(amount)
    decimals = 0 if exact == exact.to_integral_value() else 2
    text = f"{abs(exact):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    return MINUS + text if exact < 0 else text
