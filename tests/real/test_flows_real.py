"""The real flow files, from their rows to the balance of a territory."""

import csv
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import Coverage, Reach
from maillage.engine.edition import Edition
from maillage.territory.codes import fold_arrondissement

pytestmark = pytest.mark.real

COMMUTERS = "flows/commuting/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv"
TRUNCATED = "flows/commuting/base-flux-2014-idf-edition-tronquee-100.csv"
MOVES = "flows/residential/base-flux-mobilite-residentielle-2008-dep44.csv"
CUT_CODES = "flows/residential/mig-res-2020_codes-dom-tronques.csv"
TOTAL = 5_323_745.436314
close = pytest.approx


def account(edition: Edition, name: str):
    (found,) = [item for item in edition.report()["files"] if item["file"] == name]
    return found["account"]


def by_epci(edition: Edition, flow: str, year: int) -> np.ndarray:
    """Sums by pair of EPCI, added one cell at a time; the last row and column are none of them."""
    geography, rows = edition.geography, edition.matrix(flow, year).by_origin
    mesh = geography.mesh("epci", 2025)
    unit = np.full(geography.n_nodes, len(mesh.codes))
    owner = mesh.unit_of(geography.n_communes)
    unit[: geography.n_communes] = np.where(owner < 0, len(mesh.codes), owner)
    origin = np.repeat(np.arange(len(rows.start) - 1), np.diff(rows.start))
    sums = np.zeros((len(mesh.codes) + 1,) * 2)
    np.add.at(sums, (unit[origin], unit[rows.node]), rows.weight)
    return sums


def test_every_row_of_the_commuters_is_there(mirror: Path, real_edition: Edition):
    with (mirror / COMMUTERS).open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter=";"))[1:]
    assert len(rows) == account(real_edition, COMMUTERS)["rows"] == 126_125
    assert len({tuple(map(fold_arrondissement, row[0:3:2])) for row in rows}) == 108_941
    assert float(account(real_edition, COMMUTERS)["total"]) == close(TOTAL, rel=1e-6)


def test_commuters_on_the_communes_of_2025(real_edition: Edition):
    rows = real_edition.matrix("commuting", 2014).by_origin
    assert len(rows.node) == 107_708
    assert rows.weight.sum() == close(TOTAL, rel=1e-6)
    paris = real_edition.geography.index["75056"]
    cells = slice(rows.start[paris], rows.start[paris + 1])
    at = np.searchsorted(rows.node[cells], paris)
    assert rows.weight[cells][at] == close(749_553.1107, rel=1e-6)


def test_commuters_between_epci(real_edition: Edition):
    sums = by_epci(real_edition, "commuting", 2014)
    assert np.count_nonzero(sums) == 1_836
    assert sums.sum() == close(TOTAL, rel=1e-6)
    assert not sums[-1].any()
    assert not sums[:, -1].any()


def test_the_commuters_cover_the_region_only(real_edition: Edition):
    (scope,) = real_edition.meta("commuting", 2014).universe.scopes
    assert (scope.level, scope.code, scope.reach) == ("region", "11", Reach.INSIDE)


def test_moves_of_loire_atlantique(real_edition: Edition):
    found = account(real_edition, MOVES)
    assert found["vanished"] == 14
    assert float(found["moved"]) == close(859.300482, rel=1e-6)
    meta = real_edition.meta("residential", 2008)
    (scope,) = meta.universe.scopes
    assert (scope.level, scope.code, scope.reach) == ("departement", "44", Reach.INSIDE)
    assert meta.question == "five_years"
    assert meta.sources[0].cog == 2010


def test_moves_of_nantes_metropole(real_edition: Edition):
    geography = real_edition.geography
    mesh = geography.mesh("epci", 2025)
    nantes = mesh.index["244400404"]
    sums = by_epci(real_edition, "residential", 2008)
    members = mesh.unit_members(nantes)
    rows = real_edition.matrix("residential", 2008).by_origin
    origin = np.repeat(np.arange(len(rows.start) - 1), np.diff(rows.start))
    same = rows.weight[(origin == rows.node) & np.isin(origin, members)].sum()
    assert same == close(401_831.016268, rel=1e-6)
    assert sums[nantes, nantes] - same == close(44_327.621839, rel=1e-6)
    sums[nantes, nantes] = 0
    assert sums[:, nantes].sum() == close(18_528.533, rel=1e-6)
    assert sums[nantes].sum() == close(38_065.955, rel=1e-6)
    first = np.argsort(-sums[nantes])[:3]
    assert [mesh.codes[unit] for unit in first] == ["244400503", "200067635", "200067346"]
    expected = [5_065.092372, 4_309.153769, 4_086.544433]
    assert sums[nantes][first].tolist() == close(expected, rel=1e-6)
    coverage = flow_coverage(real_edition.meta("residential", 2008).universe, members)
    assert (coverage.internal, coverage.crossing) == (Coverage.COMPLETE, Coverage.PARTIAL)


def test_totals_close_to_the_millionth(real_edition: Edition):
    files = real_edition.report()["files"]
    assert len(files) > 5
    for item in files:
        parts = item["account"]
        lost = sum((Decimal(part) for part in parts["unplaced"].values()), Decimal(0))
        assert Decimal(parts["placed"]) + lost == Decimal(parts["total"]), item["file"]
        assert lost == Decimal(parts["unplaced_total"])


def test_bad_editions_are_refused_with_their_reason(real_edition: Edition):
    reasons = {item["file"]: item["reason"] for item in real_edition.report()["refused"]}
    assert set(reasons) == {TRUNCATED, CUT_CODES}
    assert "tronquée" in reasons[TRUNCATED]
    assert "tronqués à deux caractères" in reasons[CUT_CODES]
    assert "ligne 8862, colonne DRACT, valeur « 97 »" in reasons[CUT_CODES]
    assert all("Remède : " in reason for reason in reasons.values())


def test_files_that_no_card_knows_are_listed(real_edition: Edition):
    unmatched = real_edition.report()["unmatched"]
    assert "stocks/kitscarto_meta.xlsx" in unmatched
    assert not {name for name in unmatched if name.startswith(("cog/", "epci/", "geometry/"))}
