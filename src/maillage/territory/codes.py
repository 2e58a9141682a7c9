"""Official codes as text, and the typed cells that stand for places outside the communes.

A node of a flow is either a commune of the target geography or one of the outside cells below,
so that the total of a file always closes.
"""

from dataclasses import dataclass
from enum import StrEnum


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
