"""Writes the fictional country as a folder of official files, as a mirror of the producers'."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from maillage.synth.census import Census
from maillage.synth.cooperation import invent_cooperation
from maillage.synth.country import Country
from maillage.synth.files import (
    banatic,
    cog,
    contracts,
    details,
    energy,
    epci,
    establishments,
    flows,
    geometry,
    grants,
    grids,
    perimeters,
    programmes,
    sirene,
    stocks,
    wages,
    zonings,
)
from maillage.synth.firms import Firms
from maillage.synth.grants import YEARS as GRANT_YEARS
from maillage.synth.invention import invent_country
from maillage.synth.programmes import choose_programmes
from maillage.synth.scales import SCALES, ScaleName
from maillage.synth.wages import Wages
from maillage.synth.zoning import draw_zoning

MARKER = "FICTIF.json"
CENSUS_YEARS = (2016, 2022)
FAMILIES = {
    "commuting": "Navettes domicile-travail",
    "residential": "Migrations résidentielles",
    "school": "Mobilités scolaires",
}
Progress = Callable[[str], None]  # told the French label of each step as it starts
Step = tuple[str, Callable[[], object]]


def silent(label: str) -> None:
    """Reports nothing."""


def synthesize(
    out: Path,
    *,
    scale: ScaleName,
    seed: int,
    details: bool | None = None,
    establishments: int | None = None,
    progress: Progress = silent,
) -> None:
    """Writes the country of ``scale`` and ``seed`` under ``out``; same arguments, same bytes.

    ``details``: the latest census person by person (8 million commuters at the scale of France)
    rather than by pair of communes.
    ``establishments``: size of the stock of Sirene, 0 for none. Both follow the scale unless
    told. The marker ``FICTIF.json`` at the root tells a build that nothing here is real.
    """
    country = invent_country(scale, seed)
    out.mkdir(parents=True, exist_ok=True)
    marker = {"fictional": True, "scale": scale, "seed": seed}
    (out / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
    count = SCALES[scale].establishments if establishments is None else establishments
    with_details = SCALES[scale].details if details is None else details
    for steps in (
        _references(country, out),
        _grants(country, out),
        _census(country, out, with_details),
        _firms(country, out, count),
        _stocks(country, out),
    ):
        for label, write in steps:
            progress(label)
            write()


def _references(country: Country, out: Path) -> Iterator[Step]:
    yield "Code officiel géographique", partial(cog.write_cog, country, out)
    yield "Populations légales", partial(cog.write_populations, country, out)
    yield "Composition des EPCI", partial(epci.write_epci, country, out)
    yield "Anciens EPCI", partial(epci.write_former_epci, country, out)
    yield "Contours", partial(geometry.write_geometry, country, out)
    cooperation = invent_cooperation(country)
    yield "Groupements et syndicats", partial(banatic.write_banatic, country, cooperation, out)
    yield "CRTE", partial(contracts.write_crte, country, cooperation, out)
    chosen = choose_programmes(country)
    yield "Programmes nationaux", partial(programmes.write_programmes, country, chosen, out)
    yield (
        "Périmètres de projet",
        partial(perimeters.write_perimeters, country, cooperation, chosen, out),
    )
    zoning = draw_zoning(country)
    yield "Grilles", partial(grids.write_grids, country, zoning, out)
    yield "Zonages", partial(zonings.write_zonings, country, zoning, out)


def _grants(country: Country, out: Path) -> Iterator[Step]:
    for year in GRANT_YEARS:
        yield f"Dotations de l’État {year}", partial(grants.write_grants, country, year, out)


def _census(country: Country, out: Path, with_details: bool) -> Iterator[Step]:
    """One file a family and year: aggregated, or person by person for the latest year. Never
    both, which would be the same people twice."""
    yield "Communes frontalières", partial(flows.write_border_communes, country, out)
    for family, label in FAMILIES.items():
        for year in CENSUS_YEARS:
            detailed = with_details and year == max(CENSUS_YEARS)
            write = details.write_detail if detailed else flows.write_base_flux
            yield f"{label} {year}", partial(write, Census(country, family, year), out)


def _firms(country: Country, out: Path, count: int) -> Iterator[Step]:
    year = max(CENSUS_YEARS)
    if count:
        firms = Firms(country, count)
        yield "Sirene", partial(sirene.write_sirene, firms, out)
        write = partial(establishments.write_establishments, firms, year, out)
        yield "Établissements par taille", write
    pay = Wages(country, year)
    yield "Salaires horaires", partial(wages.write_hourly_wages, pay, out)
    yield "Masse salariale", partial(wages.write_wage_matrix, pay, out)


def _stocks(country: Country, out: Path) -> Iterator[Step]:
    latest = max(CENSUS_YEARS)
    yield "Énergie livrée", partial(energy.write_energy, country, latest, out)
    for table in stocks.TABLES:
        yield (
            f"Stocks : {table}",
            partial(stocks.write_stock, country, table, latest, out),
        )
