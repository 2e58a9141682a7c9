"""Attraction areas and urban units, as the zonings of Insee describe them commune by commune."""

import numpy as np

from maillage.synth.country import Country
from maillage.synth.graph import Index, sum_by
from maillage.synth.zoning import NONE

Cells = tuple[str, ...]
AAV_SIZES = (
    ("1", "Aire de moins de 50 000 habitants"),
    ("2", "Aire de 50 000 à moins de 200 000 habitants"),
    ("3", "Aire de 200 000 à moins de 700 000 habitants"),
    ("4", "Aire de 700 000 habitants ou plus (hors Paris)"),
)
UU_SIZES = (
    ("1", "Commune appartenant à une unité urbaine de 2 000 à 4 999 habitants"),
    ("2", "Commune appartenant à une unité urbaine de 5 000 à 9 999 habitants"),
    ("3", "Commune appartenant à une unité urbaine de 10 000 à 19 999 habitants"),
    ("4", "Commune appartenant à une unité urbaine de 20 000 à 49 999 habitants"),
    ("5", "Commune appartenant à une unité urbaine de 50 000 à 99 999 habitants"),
    ("6", "Commune appartenant à une unité urbaine de 100 000 à 199 999 habitants"),
    ("7", "Commune appartenant à une unité urbaine de 200 000 à 1 999 999 habitants"),
)

AAV_BOUNDS = (50_000, 200_000, 700_000)
UU_BOUNDS = (5_000, 10_000, 20_000, 50_000, 100_000, 200_000)


def attraction_cells(country: Country, attraction: Index) -> list[Cells]:
    """AAV2020, TAAV2017, TDAAV2017 and CATEAAV2020 of each commune, with their labels."""
    rank, size = _ranks(attraction), _sizes(country, attraction, AAV_BOUNDS)
    return [
        _outside_area()
        if centre == NONE
        else _area(country, commune, centre, f"{rank[centre]:03d}", AAV_SIZES[size[centre]])
        for commune, centre in enumerate(attraction.tolist())
    ]


def _outside_area() -> Cells:
    label = "Commune hors attraction des villes"
    size = "Hors attraction des villes"
    return "000", label, "0", size, "00", size, "30", label


def _area(country: Country, commune: int, centre: int, code: str, size: tuple[str, str]) -> Cells:
    kind = ("11", "Commune-Centre") if commune == centre else ("20", "Commune de la couronne")
    return code, country.name[centre].label, *size, f"{size[0]}1", size[1], *kind


def urban_unit_cells(country: Country, urban_unit: Index) -> list[Cells]:
    """UU2020, its role, type and sizes for each commune, with their labels."""
    rank, size = _ranks(urban_unit), _sizes(country, urban_unit, UU_BOUNDS)
    return [
        _outside_unit(country.departement_of(commune))
        if centre == NONE
        else _unit(country, commune, centre, f"{100 + rank[centre]}", UU_SIZES[size[centre]])
        for commune, centre in enumerate(urban_unit.tolist())
    ]


def _outside_unit(departement: str) -> Cells:
    label = f"Communes hors unité urbaine du département {departement}"
    none = "Commune hors unité urbaine"
    role = ("H", "- Hors unité urbaine", "0", f"- {none}")
    return f"{departement}000", label, *role, "0", none, "00", none


def _unit(country: Country, commune: int, centre: int, code: str, size: tuple[str, str]) -> Cells:
    role = ("C", "- Ville-centre") if commune == centre else ("B", "- Banlieue")
    kind = ("2", "- Agglomération intra-départementale")
    unit = country.departement_of(centre) + code
    return unit, country.name[centre].label, *role, *kind, *size, f"{size[0]}1", size[1]


def _ranks(area: Index) -> dict[int, int]:
    centres = np.unique(area[area != NONE]).tolist()
    return {centre: rank for rank, centre in enumerate(centres, start=1)}


def _sizes(country: Country, area: Index, bounds: tuple[int, ...]) -> dict[int, int]:
    """Size class of each area, by its centre."""
    inside = area != NONE
    total = sum_by(area[inside], country.population[inside])
    return {int(c): int(np.digitize(total[c], bounds)) for c in np.unique(area[inside])}
