"""Official codes as text, and the typed cells that stand for places outside the communes.

A node of a flow is either a commune of the target geography or one of the outside cells below,
so that the total of a file always closes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class OutsideKind(StrEnum):
    """Why a place is not a commune of the target geography."""

    ABROAD = "abroad"
    OVERSEAS_COLLECTIVITY = "overseas_collectivity"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OutsideCell:
    """A place outside the communes; ``code`` starts with ``@`` so it can never be a commune."""

    code: str
    kind: OutsideKind
    name: str


#: In the order in which they follow the communes in every matrix.
OUTSIDE_CELLS: tuple[OutsideCell, ...] = (
    OutsideCell("@BE", OutsideKind.ABROAD, "Belgique"),
    OutsideCell("@LU", OutsideKind.ABROAD, "Luxembourg"),
    OutsideCell("@DE", OutsideKind.ABROAD, "Allemagne"),
    OutsideCell("@CH", OutsideKind.ABROAD, "Suisse"),
    OutsideCell("@MC", OutsideKind.ABROAD, "Monaco"),
    OutsideCell("@IT", OutsideKind.ABROAD, "Italie"),
    OutsideCell("@ES", OutsideKind.ABROAD, "Espagne"),
    OutsideCell("@ETR", OutsideKind.ABROAD, "Autre pays ou étranger sans précision"),
    OutsideCell("@COM", OutsideKind.OVERSEAS_COLLECTIVITY, "Collectivités d’outre-mer"),
    OutsideCell("@INC", OutsideKind.UNKNOWN, "Lieu inconnu ou non renseigné"),
)


def fold_arrondissement(code: str) -> str:
    """Commune of a municipal arrondissement of Paris, Lyon or Marseille; else the code itself."""
    if len(code) == 5:
        if "75101" <= code <= "75120":
            return "75056"
        if "69381" <= code <= "69389":
            return "69123"
        if "13201" <= code <= "13216":
            return "13055"
    return code


def departement_of(code: str) -> str:
    """Département of an official commune code: three characters overseas, else two."""
    return code[:3] if code[:2] == "97" else code[:2]


class CodeFault(StrEnum):
    """Why a text is no code of a commune. The French sentence is what a report prints."""

    TOO_SHORT = "code tronqué : un code de commune a cinq caractères"
    TOO_LONG = "code trop long : un code de commune a cinq caractères"
    MALFORMED = "ce n’est pas un code de commune"


@dataclass(frozen=True)
class NormalCode:
    """A commune code as official text, or the code of an outside cell; empty with a fault."""

    code: str
    folded: bool = False  # was a municipal arrondissement
    restored: bool = False  # had lost its leading zero
    fault: CodeFault | None = None


_COMMUNE = re.compile(r"\d{5}|2[AB]\d{3}")
_BORDER = re.compile(r"(AL|BE|LU|MO|SU|IT|ES)[0-9A-Z]{3}")
_BORDER_CELLS = {
    "AL": "@DE",
    "BE": "@BE",
    "LU": "@LU",
    "MO": "@MC",
    "SU": "@CH",
    "IT": "@IT",
    "ES": "@ES",
}
_COUNTRY_CELLS = {
    "99109": "@DE",
    "99127": "@IT",
    "99131": "@BE",
    "99134": "@ES",
    "99137": "@LU",
    "99138": "@MC",
    "99140": "@CH",
}
_COLLECTIVITIES = ("975", "977", "978", "986", "987", "988", "989")
#: Saint-Barthélemy and Saint-Martin, communes of Guadeloupe until 2007.
_FORMER_COMMUNES = {"97123", "97127"}
_OUTSIDE_CODES = {cell.code for cell in OUTSIDE_CELLS}


def _clean(text: str) -> str:
    """Without blanks, spreadsheet armour (``="01004"``) nor the dots of border codes."""
    code = text.strip().removeprefix("=").strip('"').strip().upper()
    if code.endswith(".0") and code[:-2].isdigit():
        return code[:-2]
    return code.replace(".", "") if code[:1].isalpha() else code


def _outside(code: str) -> str | None:
    if code in _OUTSIDE_CODES:
        return code
    if code == "":
        return "@INC"
    if code in ("99", "ZZZZZ") or (len(code) == 5 and code.startswith("99") and code.isdigit()):
        return _COUNTRY_CELLS.get(code, "@ETR")
    if _BORDER.fullmatch(code):
        return _BORDER_CELLS[code[:2]]
    if code == "98" or code in _FORMER_COMMUNES:
        return "@COM"
    if code[:3] in _COLLECTIVITIES and len(code) in (3, 5):
        return "@COM"
    return None


@lru_cache(maxsize=1 << 17)  # the same codes come back in every file
def normalise_commune(text: str) -> NormalCode:
    """The official code a text stands for: folded, restored, or an outside cell.

    Arrondissements of Paris, Lyon and Marseille fold into their commune. A leading zero is put
    back only before four digits. Foreign places, overseas collectivities and blanks become
    outside cells. Never raises: what cannot be read comes back with its fault.
    """
    code = _clean(text)
    if (cell := _outside(code)) is not None:
        return NormalCode(cell)
    restored = len(code) == 4 and code.isascii() and code.isdigit()
    if restored:
        code = "0" + code
    if _COMMUNE.fullmatch(code) and code.isascii():
        commune = fold_arrondissement(code)
        return NormalCode(commune, folded=commune != code, restored=restored)
    return NormalCode("", fault=_fault(code))


def _fault(code: str) -> CodeFault:
    if not code.isalnum():
        return CodeFault.MALFORMED
    if len(code) < 5:
        return CodeFault.TOO_SHORT
    return CodeFault.TOO_LONG if len(code) > 5 else CodeFault.MALFORMED
