"""ANCT grids, one line a commune: utf-8 with a byte order mark."""

from collections.abc import Callable
from pathlib import Path

from maillage.synth.country import Country
from maillage.synth.files.tables import write_rows
from maillage.synth.zoning import CENTRALITY, DENSITY, Zoning

RURAL = (
    " Les ruralités productives agricoles",
    " Les ruralités productives ouvrières",
    " Les ruralités résidentielles mixtes",
    " Les ruralités résidentielles aisées",
    " Les ruralités touristiques à dominante résidentielle",
)
NOT_RURAL = " Hors champ : DOM ou commune urbaine"
MASSIF = "01 - Massif de l'Est"


def write_grids(country: Country, zoning: Zoning, out: Path) -> None:
    """Density, centrality, rurality and mountain; plain communes are not in the last one."""
    high = country.places.mountain[country.chief]
    rural = zoning.density >= 4
    grids: dict[str, Callable[[int], str]] = {
        "densite": lambda unit: DENSITY[zoning.density[unit]],
        "centralite": lambda unit: CENTRALITY[zoning.centrality[unit]],
        "ruralite": lambda unit: RURAL[unit * 7 % len(RURAL)] if rural[unit] else NOT_RURAL,
        "montagne": lambda unit: MASSIF if high[unit] > 0.35 else "",
    }
    for grid, level in grids.items():
        rows = [
            (code, country.name[unit].label, level(unit))
            for unit, code in enumerate(country.code)
            if level(unit)
        ]
        header = f"insee_com,lib_com,niveau_{grid}"
        path = out / "grids" / f"anct_grille_{grid}.csv"
        write_rows(path, header, rows, encoding="utf-8-sig")
