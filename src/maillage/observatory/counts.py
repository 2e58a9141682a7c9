"""What an edition holds, counted: territories, flows and their years, stocks, official files."""

import math
from dataclasses import dataclass

from maillage.engine.edition import Edition
from maillage.observatory.programmes import PROGRAMMES


@dataclass(frozen=True)
class Counts:
    """``programmes`` counts perimeters of contracts and programmes; ``inhabitants`` is None where
    some commune's population is unknown. ``first`` and ``last`` are years of flows, 0 without."""

    communes: int
    epci: int
    programmes: int
    inhabitants: float | None
    families: int
    first: int
    last: int
    stocks: int
    files: int


def counts(edition: Edition) -> Counts:
    """Files are those the build read, both tables of figures and of territories."""
    geography = edition.geography
    sizes = {mesh.level: len(geography.mesh(mesh.level).codes) for mesh in geography.meshes}
    people = float(geography.population.sum())
    years = [edition.flow_years(flow) for flow in edition.catalog.flows]
    known = sorted(year for found in years for year in found)
    report = edition.report() or {}
    return Counts(
        communes=geography.n_communes,
        epci=sizes.get("epci", 0),
        programmes=sum(sizes.get(level, 0) for level in PROGRAMMES),
        inhabitants=None if math.isnan(people) else people,
        families=sum(bool(found) for found in years),
        first=known[0] if known else 0,
        last=known[-1] if known else 0,
        stocks=len(edition.stocks()),
        files=len(report.get("files", ())) + len(report.get("references", {}).get("files", ())),
    )
