"""Writes the fictional country as a folder of official files, as a mirror of the producers'."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from maillage.synth.census import Census
from maillage.synth.cooperation import invent_cooperation
from maillage.synth.country import Country, invent_country
from maillage.synth.files import (
    banatic,
    cog,
    contracts,
    epci,
    flows,
    geometry,
    grids,
    programmes,
    zonings,
)
from maillage.synth.programmes import choose_programmes
from maillage.synth.scales import ScaleName
from maillage.synth.zoning import draw_zoning

MARKER = "FICTIF.json"
CENSUS_YEARS = (2016, 2022)
Progress = Callable[[str], None]  # told the French label of each step as it starts
Step = tuple[str, Callable[[], None]]


def silent(label: str) -> None:
    """Reports nothing."""


def synthesize(
    out: Path,
    *,
    scale: ScaleName,
    seed: int,
    details: bool = False,
    establishments: int = 0,
    progress: Progress = silent,
) -> None:
    """Writes the country of ``scale`` and ``seed`` under ``out``; same arguments, same bytes.

    The marker ``FICTIF.json`` at the root tells a build that nothing here is real.
    """
    country = invent_country(scale, seed)
    out.mkdir(parents=True, exist_ok=True)
    marker = {"fictional": True, "scale": scale, "seed": seed}
    (out / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
    for label, write in _steps(country, out):
        progress(label)
        write()


def _steps(country: Country, out: Path) -> Iterator[Step]:
    yield "Code officiel géographique", partial(cog.write_cog, country, out)
    yield "Populations légales", partial(cog.write_populations, country, out)
    yield "Composition des EPCI", partial(epci.write_epci, country, out)
    yield "Contours", partial(geometry.write_geometry, country, out)
    yield "Communes frontalières", partial(flows.write_border_communes, country, out)
    cooperation = invent_cooperation(country)
    yield "Groupements et syndicats", partial(banatic.write_banatic, country, cooperation, out)
    yield "CRTE", partial(contracts.write_crte, country, cooperation, out)
    chosen = choose_programmes(country)
    yield "Programmes nationaux", partial(programmes.write_programmes, country, chosen, out)
    zoning = draw_zoning(country)
    yield "Grilles", partial(grids.write_grids, country, zoning, out)
    yield "Zonages", partial(zonings.write_zonings, country, zoning, out)
    for family, label in (
        ("commuting", "Navettes domicile-travail"),
        ("residential", "Migrations résidentielles"),
        ("school", "Mobilités scolaires"),
    ):
        for year in CENSUS_YEARS:
            census = Census(country, family, year)
            yield f"{label} {year}", partial(flows.write_base_flux, census, out)
