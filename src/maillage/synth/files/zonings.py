"""Insee zonings, one line a commune."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.country import COG, Country
from maillage.synth.files.tables import write_rows
from maillage.synth.graph import Index, sum_by
from maillage.synth.zoning import NONE, Zoning

ZONINGS = (
    "DEPCOM,ARR,LIB_ARR,CV,LIB_CV,ZE2020,LIB_ZE2020,UU2020,LIB_UU2020,COMUU2020,LIB_COMUU2020,"
    "TYPUU2020,LIB_TYPUU2020,TUU2017,LIB_TUU2017,TDUU2017,LIB_TDUU2017,AAV2020,LIB_AAV2020,"
    "TAAV2017,LIB_TAAV2017,TDAAV2017,LIB_TDAAV2017,CATEAAV2020,LIB_CATEAAV2020,BV2022,LIB_BV2022"
)
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


def write_zonings(country: Country, zoning: Zoning, out: Path) -> None:
    """Arrondissements, urban units, attraction areas, employment zones and basins, gzipped."""
    plain = out / "zonings" / f"communes_zonages_{COG}.csv"
    write_rows(plain, ZONINGS, _rows(country, zoning))
    packed = plain.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    plain.unlink()


def _rows(country: Country, zoning: Zoning) -> Iterator[tuple[object, ...]]:
    seat = _arrondissement_seats(country)
    zones = _zone_codes(country, zoning)
    areas = _area_rows(country, zoning.attraction)
    units = _unit_rows(country, zoning.urban_unit)
    for commune, code in enumerate(country.code):
        arrondissement = country.arrondissement_code[commune]
        canton = country.canton_code[commune]
        zone, basin = int(zoning.employment[commune]), int(zoning.basin[commune])
        yield (
            *(code, arrondissement, country.name[seat[arrondissement]].label),
            *(canton, f"Canton {canton}", zones[zone], country.name[zone].label),
            *units[commune],
            *areas[commune],
            *(country.code[basin], country.name[basin].label),
        )


def _arrondissement_seats(country: Country) -> dict[str, int]:
    order = np.argsort(country.population, kind="stable")
    return {country.arrondissement_code[commune]: int(commune) for commune in order}


def _zone_codes(country: Country, zoning: Zoning) -> dict[int, str]:
    """Région of the centre, then a rank in it."""
    ranks: dict[str, int] = {}
    codes = {}
    for centre in np.unique(zoning.employment).tolist():
        region = country.region_of(centre)
        ranks[region] = ranks.get(region, 0) + 1
        codes[centre] = f"{region}{ranks[region]:02d}"
    return codes


def _area_rows(country: Country, attraction: Index) -> list[tuple[str, ...]]:
    centres = np.unique(attraction[attraction != NONE]).tolist()
    code = {centre: f"{rank:03d}" for rank, centre in enumerate(centres, start=1)}
    size = _sizes(country, attraction, (50_000, 200_000, 700_000))
    rows: list[tuple[str, ...]] = []
    for commune, centre in enumerate(attraction.tolist()):
        if centre == NONE:
            outside = ("0", "Hors attraction des villes", "00", "Hors attraction des villes")
            label = "Commune hors attraction des villes"
            rows.append(("000", label, *outside, "30", label))
            continue
        step = AAV_SIZES[size[centre]]
        kind = ("11", "Commune-Centre") if commune == centre else ("20", "Commune de la couronne")
        detail = (f"{step[0]}1", step[1])
        rows.append((code[centre], country.name[centre].label, *step, *detail, *kind))
    return rows


def _unit_rows(country: Country, urban_unit: Index) -> list[tuple[str, ...]]:
    centres = np.unique(urban_unit[urban_unit != NONE]).tolist()
    size = _sizes(country, urban_unit, (5_000, 10_000, 20_000, 50_000, 100_000, 200_000))
    rank = {centre: f"{number:03d}" for number, centre in enumerate(centres, start=101)}
    rows: list[tuple[str, ...]] = []
    for commune, centre in enumerate(urban_unit.tolist()):
        departement = country.departement_of(commune)
        if centre == NONE:
            label = f"Communes hors unité urbaine du département {departement}"
            none = "Commune hors unité urbaine"
            rows.append(
                (
                    f"{departement}000",
                    label,
                    "H",
                    "- Hors unité urbaine",
                    "0",
                    f"- {none}",
                    "0",
                    none,
                    "00",
                    none,
                )
            )
            continue
        home = country.departement_of(centre)
        role = ("C", "- Ville-centre") if commune == centre else ("B", "- Banlieue")
        step = UU_SIZES[size[centre]]
        rows.append(
            (
                f"{home}{rank[centre]}",
                country.name[centre].label,
                *role,
                "2",
                "- Agglomération intra-départementale",
                *step,
                f"{step[0]}1",
                step[1],
            )
        )
    return rows


def _sizes(country: Country, area: Index, bounds: tuple[int, ...]) -> dict[int, int]:
    """Size class of each area, by its centre."""
    inside = area != NONE
    total = sum_by(area[inside], country.population[inside])
    return {int(c): int(np.digitize(total[c], bounds)) for c in np.unique(area[inside])}
