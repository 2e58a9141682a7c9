"""Writes the fictional country as a folder of official files, as a mirror of the producers'."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from maillage.synth.census import Census
from maillage.synth.country import Country, invent_country
from maillage.synth.files import cog, epci, flows, geometry
from maillage.synth.scales import ScaleName

MARKER = "FICTIF.json"
CENSUS_YEARS = (2016, 2022)
Progress = Callable[[str, int, int], None]  # French label of the step, its rank, their number
Step = tuple[str, Callable[[], None]]


def silent(label: str, done: int, total: int) -> None:
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
    steps = list(_steps(country, out))
    for rank, (label, write) in enumerate(steps):
        progress(label, rank, len(steps))
        write()
    progress("Terminé", len(steps), len(steps))


def _steps(country: Country, out: Path) -> Iterator[Step]:
    yield "Code officiel géographique", lambda: cog.write_cog(country, out)
    yield "Populations légales", lambda: cog.write_populations(country, out)
    yield "Composition des EPCI", lambda: epci.write_epci(country, out)
    yield "Contours", lambda: geometry.write_geometry(country, out)
    yield "Communes frontalières", lambda: flows.write_border_communes(country, out)
    for family, label in (
        ("commuting", "Navettes domicile-travail"),
        ("residential", "Migrations résidentielles"),
        ("school", "Mobilités scolaires"),
    ):
        for year in CENSUS_YEARS:
            census = Census(country, family, year)
            yield f"{label} {year}", lambda census=census: flows.write_base_flux(census, out)
