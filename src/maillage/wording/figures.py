"""A figure as a page shows it: its text, how sure it is, and why it is absent when it is."""

from dataclasses import dataclass

from maillage.common import french
from maillage.engine.dataset import Coverage
from maillage.engine.precision import FRAGILE, Precision, PrecisionMethod
from maillage.engine.secrecy import Secrecy, SecrecyStatus

EUROS = "eur"
_ABSENT = {
    SecrecyStatus.HIDDEN: "secret statistique",
    Coverage.ABSENT: "non couvert",
    Coverage.PARTIAL: "non donné",
}


@dataclass(frozen=True)
class Figure:
    """``text`` is the number, or the reason why there is none. ``note`` completes it.

    ``grade`` is A to D, or None; ``approximate`` when it comes from a mean weight. A ``fragile``
    figure is shown greyed, never hidden. ``minimum``: some of it is secret or out of sight.
    """

    text: str
    known: bool
    note: str = ""
    grade: str | None = None
    approximate: bool = False
    fragile: bool = False
    minimum: bool = False
    reading: str = ""


def amount(value: float | None, unit: str) -> str:
    """Euros by millions, anything else as a whole number."""
    return french.euros(value) if unit == EUROS else french.number(value)


def signed_amount(value: float, unit: str) -> str:
    text = amount(value, unit)
    return f"+{text}" if value > 0 and text[0] != "0" else text


def figure(
    value: float | None,
    unit: str,
    precision: Precision,
    coverage: Coverage = Coverage.COMPLETE,
    secrecy: Secrecy | None = None,
) -> Figure:
    """A sum of cells: persons, establishments, euros."""
    if value is None:
        return absent(coverage, secrecy, unit)
    return Figure(
        text=amount(value, unit),
        known=True,
        note=_note(coverage, secrecy, unit),
        grade=precision.grade,
        approximate=precision.method is PrecisionMethod.APPROXIMATE,
        minimum=_minimum(coverage, secrecy),
        fragile=precision.grade == "D" or bool(precision.reading and value < FRAGILE),
        reading=precision.reading,
    )


def absent(coverage: Coverage, secrecy: Secrecy | None = None, unit: str = "") -> Figure:
    """Why there is no figure. Never a zero."""
    if secrecy is not None and secrecy.status is SecrecyStatus.HIDDEN:
        return Figure(_ABSENT[secrecy.status], known=False, note=_interval(secrecy, unit))
    return Figure(_ABSENT.get(coverage, french.UNKNOWN), known=False)


def _minimum(coverage: Coverage, secrecy: Secrecy | None) -> bool:
    cut = secrecy is not None and secrecy.status is SecrecyStatus.INCOMPLETE
    return cut or coverage is Coverage.PARTIAL


def _note(coverage: Coverage, secrecy: Secrecy | None, unit: str) -> str:
    if secrecy is not None and secrecy.status is SecrecyStatus.INCOMPLETE:
        return _interval(secrecy, unit) or "au moins, le reste est secret"
    return "au moins" if coverage is Coverage.PARTIAL else ""


def _interval(secrecy: Secrecy, unit: str) -> str:
    """What the released cells leave possible; empty when the rule sets no ceiling."""
    if secrecy.low is None or secrecy.high is None:
        return ""
    low, high = amount(secrecy.low, unit), amount(secrecy.high, unit)
    return f"entre {low} et {high} avec les valeurs secrètes"
