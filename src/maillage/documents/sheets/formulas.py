"""Formulas of Excel as those of OpenDocument (OASIS OpenFormula 1.2)."""

import re

_PLACE = re.compile(
    r"(?:(?P<sheet>'[^']+'|[^\W\d]\w*)!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?"
)
_QUOTED = re.compile(r'("[^"]*")')


def open_formula(text: str) -> str:
    """``SUM(A1:B2,Lignes!$C$3)`` is ``of:=SUM([.A1:.B2];[$Lignes.$C$3])``."""
    parts = _QUOTED.split(text)
    written = [part if part.startswith('"') else _converted(part) for part in parts]
    return "of:=" + "".join(written)


def _converted(text: str) -> str:
    return _PLACE.sub(_place, text).replace(",", ";")


def _place(match: re.Match[str]) -> str:
    sheet = f"${match['sheet']}" if match["sheet"] else ""
    last = f":.{match['last']}" if match["last"] else ""
    return f"[{sheet}.{match['first']}{last}]"
