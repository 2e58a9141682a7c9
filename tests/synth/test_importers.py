"""The real importers know every file of the fictional mirror and refuse none."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.load import load_catalog
from maillage.engine.edition import Edition
from maillage.sources.mirror import scan_mirror
from maillage.sources.references import read_geography
from maillage.sources.references.bundle import GeographyBundle
from maillage.synth.country import Country

#: Names of places, read by nobody.
NOT_DATA = {"flows/commuting/communes_frontalieres_RP2022.csv"}


@pytest.fixture(scope="module")
def bundle(demo_mirror: Path) -> GeographyBundle:
    return read_geography(demo_mirror, load_catalog())


def test_every_file_has_a_card(demo_mirror: Path, bundle: GeographyBundle) -> None:
    scan = scan_mirror(demo_mirror, load_catalog())
    assert not scan.refused
    assert not bundle.report.refused
    read = {file.file for file in bundle.report.files} | {file.name for file in scan.files}
    contours = {name for name in scan.unmatched if name.startswith("geometry/")}
    assert set(scan.unmatched) - read - contours == NOT_DATA


def test_the_geography_read_back_is_the_country(country: Country, bundle: GeographyBundle) -> None:
    geography = bundle.geography
    assert geography.fictional
    assert geography.codes == country.code
    assert np.array_equal(geography.population, country.population)
    epci = geography.mesh("epci", 2025)
    owner = epci.unit_of(geography.n_communes)
    siren = [epci.codes[unit] if unit >= 0 else "" for unit in owner]
    expected = [country.epci_siren[u] if u >= 0 else "" for u in country.groupings.epci]
    assert siren == expected


def test_positions_survive_the_contours(country: Country, bundle: GeographyBundle) -> None:
    gap = np.hypot(
        bundle.geography.lon - country.lonlat[:, 0], bundle.geography.lat - country.lonlat[:, 1]
    )
    assert np.nanmax(gap) < 0.1
    assert not np.isnan(gap).any()


def test_the_edition_holds_six_families_and_says_it_is_fictional(demo_edition: Edition) -> None:
    flows = demo_edition.flows()
    assert {meta.flow for meta in flows} == set(load_catalog().flows)
    assert all(meta.fictional for meta in flows)


def test_nothing_is_refused_and_totals_close(demo_edition: Edition) -> None:
    report = demo_edition.report()
    assert report["refused"] == []
    assert set(report["unmatched"]) == NOT_DATA
    for file in report["files"]:
        account = file["account"]
        placed, lost = Decimal(account["placed"]), Decimal(account["unplaced_total"])
        assert placed + lost == Decimal(account["total"]), file["file"]


def test_mergers_move_old_commuters_inside_and_splits_are_estimated(
    demo_edition: Edition,
) -> None:
    accounts = {file["file"]: file["account"] for file in demo_edition.report()["files"]}
    old = accounts["flows/commuting/base-flux-mobilite-domicile-lieu-travail-2016.csv"]
    assert Decimal(old["moved"]) > 0
    assert Decimal(old["estimated"]) > 0
    assert old["vanished"] > 0
