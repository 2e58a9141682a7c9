"""The census is plausible, and its aggregated files are the sums of its records."""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from maillage.synth.census import FAMILIES, Census
from maillage.synth.country import Country
from maillage.synth.files.flows import published_communes

from .conftest import read

FILES = {
    "commuting": ("base-flux-mobilite-domicile-lieu-travail", "DCLT", "ACTOCC15P"),
    "residential": ("base-flux-mobilite-residentielle", "DCRAN", "POP01P"),
    "school": ("base-flux-mobilite-domicile-lieu-etude", "DCETU", "SCOL02P"),
}


def pairs(folder: Path, family: str, year: int) -> dict[tuple[str, str], float]:
    file, other, measure = FILES[family]
    rows = read(folder / "flows" / family / f"{file}-{year}.csv", ";")
    weight = f"NBFLUX_C{year % 100}_{measure}"
    return {(row["CODGEO"], row[other]): float(row[weight]) for row in rows}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("year", [2016, 2022])
def test_aggregated_flows_are_the_sums_of_the_records(
    family: str, year: int, country: Country, aggregated: Path
) -> None:
    codes, _, node = published_communes(country, year)
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for block in Census(country, family, year).blocks():
        origin, destination = node[block.residence], node[block.other]
        for o, d, w in zip(origin, destination, block.weight, strict=True):
            expected[codes[o], codes[d]] += w
    found = pairs(aggregated, family, year)
    assert found.keys() == expected.keys()
    assert all(found[pair] == pytest.approx(expected[pair], rel=1e-12) for pair in found)


def test_the_metropolis_attracts_workers(country: Country, aggregated: Path) -> None:
    flows = pairs(aggregated, "commuting", 2022)
    metropole = country.groupings.nature.index("METRO")
    inside = {
        c for c, e in zip(country.code, country.groupings.epci, strict=True) if e == metropole
    }
    incoming = sum(w for (o, d), w in flows.items() if d in inside and o not in inside)
    outgoing = sum(w for (o, d), w in flows.items() if o in inside and d not in inside)
    assert incoming > 1.2 * outgoing


def test_most_people_work_near_home(country: Country) -> None:
    block = next(Census(country, "commuting", 2022).blocks())
    here = country.nodes[block.residence]
    gap = np.hypot(*(country.nodes[block.other] - here).T) / 1_000
    gap, weight = gap[~np.isnan(gap)], block.weight[~np.isnan(gap)]
    assert 5 < np.average(gap, weights=weight) < 20


def test_weights_are_four_in_small_communes_and_less_in_large_ones(country: Country) -> None:
    block = next(Census(country, "commuting", 2022).blocks())
    population = country.population[country.commune[block.residence]]
    assert block.weight[population < 10_000].mean() == pytest.approx(4, rel=0.02)
    assert block.weight[population >= 10_000].mean() == pytest.approx(2.5, rel=0.02)


def test_old_flows_use_codes_that_the_passage_table_explains(
    country: Country, demo_mirror: Path
) -> None:
    rows = read(demo_mirror / "cog" / "table_passage_com_historique_2025.csv")
    passage = {row["DEPCOM_HIST"]: row["DEPCOM"] for row in rows}
    old = {code for pair in pairs(demo_mirror, "commuting", 2016) for code in pair}
    places = {code for code in old if (code[:2].isdigit() and code != "99999") or code[:2] == "2A"}
    assert places <= passage.keys()
    assert places - set(country.code)


def test_about_as_many_people_leave_an_epci_as_settle_there(country: Country) -> None:
    epci = country.groupings.epci[country.commune]
    everywhere = np.append(epci, np.full(len(country.foreign) + 1, -1))
    here, before = np.zeros(31), np.zeros(31)
    for block in Census(country, "residential", 2022).blocks():
        moved = block.residence != block.other
        here += np.bincount(everywhere[block.residence] + 1, block.weight * moved, 31)
        before += np.bincount(everywhere[block.other] + 1, block.weight * moved, 31)
    assert np.abs(here - before)[1:].sum() < 0.25 * here[1:].sum()
