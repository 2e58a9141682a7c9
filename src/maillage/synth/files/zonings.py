"""Insee zonings, one line a commune."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.country import COG, Country
from maillage.synth.files.areas import attraction_cells, urban_unit_cells
from maillage.synth.files.tables import write_rows
from maillage.synth.zoning import Zoning

ZONINGS = (
    "DEPCOM,ARR,LIB_ARR,CV,LIB_CV,ZE2020,LIB_ZE2020,UU2020,LIB_UU2020,COMUU2020,LIB_COMUU2020,"
    "TYPUU2020,LIB_TYPUU2020,TUU2017,LIB_TUU2017,TDUU2017,LIB_TDUU2017,AAV2020,LIB_AAV2020,"
    "TAAV2017,LIB_TAAV2017,TDAAV2017,LIB_TDAAV2017,CATEAAV2020,LIB_CATEAAV2020,BV2022,LIB_BV2022"
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
    areas = attraction_cells(country, zoning.attraction)
    units = urban_unit_cells(country, zoning.urban_unit)
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
