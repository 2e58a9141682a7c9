"""The wage mass estimated on Île-de-France, against what its two official files give by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.engine.dataset import FlowCells
from maillage.sources.duckdb_batch import DuckDbBatch
from maillage.sources.layouts import Context, derived_layout_of, layout_of
from maillage.sources.mirror import scan_mirror
from maillage.sources.references import GeographyBundle, read_geography

pytestmark = pytest.mark.real

HOURS = 1820


@pytest.fixture(scope="module")
def references(mirror: Path) -> GeographyBundle:
    return read_geography(mirror, load_catalog())


@pytest.fixture(scope="module")
def wages(
    mirror: Path, references: GeographyBundle, tmp_path_factory: pytest.TempPathFactory
) -> FlowCells:
    workdir = tmp_path_factory.mktemp("work")
    scan, batch = scan_mirror(mirror, load_catalog()), DuckDbBatch(workdir)
    context = Context(load_catalog(), references, batch, workdir, lambda _: None, scan.files)
    (commuting,) = [f for f in scan.files if f.name.endswith("lieu-travail-2014-idf.csv")]
    (pay,) = [f for f in scan.files if f.card.id == "insee_hourly_wage"]
    (commuters,) = layout_of(commuting).read(commuting, context).values
    derived = derived_layout_of(pay)
    assert derived is not None
    assert isinstance(commuters, FlowCells)
    needed = derived.needed(commuters, pay, context)
    assert needed is not None
    reading = derived.read(pay, Context(**{**vars(context), "flows": (needed,)}))
    (found,) = [value for value in reading.values if isinstance(value, FlowCells)]
    return found


def test_paris_pays_itself(wages: FlowCells, references: GeographyBundle) -> None:
    """749,553.1107 Parisians between arrondissements, and those within; 22.2 euros an hour."""
    paris = references.geography.index["75056"]
    (cell,) = np.flatnonzero((wages.origin == paris) & (wages.destination == paris))
    assert wages.weight[cell] / (22.2 * HOURS) == pytest.approx(749_553.1107, rel=1e-6)


def test_every_published_workplace_pays_its_commuters(
    mirror: Path, wages: FlowCells, references: GeographyBundle
) -> None:
    """Summed by workplace from the two files, with nothing of ours but the list of communes."""
    hourly = {
        row["CODGEO"].zfill(5): float(row["SNHM14"])
        for row in rows(mirror / "stocks" / "net_salary_per_town_categories_INSEE2014.csv")
    }
    flows = mirror / "flows" / "commuting"
    persons: dict[str, float] = {}
    for row in rows(flows / "base-flux-mobilite-domicile-lieu-travail-2014-idf.csv"):
        persons[row["DCLT"]] = persons.get(row["DCLT"], 0) + float(row["NBFLUX_C14_ACTOCC15P"])
    generated = np.bincount(wages.origin, wages.weight)
    passage = rows(mirror / "cog" / "table_passage_com_historique_2025.csv", ",")
    now = {row["DEPCOM_HIST"]: row["DEPCOM"] for row in passage}
    merged = {new for old, new in now.items() if old != new}
    checked = 0
    for code in (hourly.keys() & persons.keys() & now.keys()) - merged:
        if now[code] != code:
            continue
        expected = persons[code] * hourly[code] * HOURS
        assert generated[references.geography.index[code]] == pytest.approx(expected, rel=1e-6)
        checked += 1
    assert checked > 200


def test_it_says_that_it_is_an_estimate(wages: FlowCells) -> None:
    assert wages.meta.estimated
    assert not wages.meta.universe.national
    assert [source.card for source in wages.meta.sources] == [
        "rp_commuting_pairs",
        "insee_hourly_wage",
    ]


def rows(path: Path, delimiter: str = ";") -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))
