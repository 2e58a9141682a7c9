"""The geography of the real official files, checked against what they say of each other."""

import csv
import json

import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from maillage.catalog.load import load_catalog
from maillage.sources.references import read_geography
from maillage.territory.codes import fold_arrondissement
from maillage.territory.cog import carry
from maillage.territory.perimeter import Perimeter, parse_perimeter

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def bundle(mirror):
    return read_geography(mirror, load_catalog())


@pytest.fixture(scope="module")
def geography(bundle):
    return bundle.geography


def rows(mirror, name, delimiter, encoding="utf-8-sig"):
    with (mirror / name).open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def test_the_list_of_2025_is_that_of_the_passage_table(bundle, mirror):
    table = rows(mirror, "cog/table_passage_com_historique_2025.csv", ",")
    assert set(bundle.geography.codes) == {row["DEPCOM"] for row in table}
    assert bundle.geography.n_communes == 34_875
    assert "Table de passage vers 2025 : les mêmes communes." in bundle.report.notes
    names = dict(zip(bundle.geography.codes, bundle.geography.names, strict=True))
    assert names["28274"] == "Moutiers"  # renamed Moutiers-en-Beauce in 2026
    assert bundle.report.refused == ()


@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2024, 34_935),
        (2023, 34_945),
        (2022, 34_955),
        (2021, 34_965),
        (2020, 34_968),
        (2019, 34_970),
        (2018, 35_357),
        (2017, 35_416),
        (2016, 35_885),
        (2015, 36_658),
    ],
)
def test_earlier_lists_count_what_insee_published(mirror, year, count):
    from maillage.sources.references.communes import read_communes, read_movements
    from maillage.sources.references.folder import read_folder

    folder = read_folder(mirror / "cog", load_catalog(), lambda _: None)
    assert len(read_communes(folder, year, read_movements(folder)).names) == count


def test_epci_of_2025_leave_four_islands_alone(geography):
    epci = geography.mesh("epci")
    assert (epci.year, len(epci.codes), epci.partition) == (2025, 1255, True)
    alone = np.flatnonzero(epci.unit_of(geography.n_communes) < 0)
    assert [geography.codes[node] for node in alone] == ["22016", "29083", "29155", "85113"]
    natures = {nature: epci.natures.count(nature) for nature in set(epci.natures)}
    assert (
        natures["CC"] + natures["CA"] + natures["CU"] + natures["METRO"] + natures["MET69"] == 1255
    )


@pytest.mark.parametrize(
    ("level", "units", "communes"),
    [
        ("ept", 11, 129),
        ("departement", 101, 34_875),
        ("region", 18, 34_875),
        ("zone_emploi", 306, 34_875),
        ("aav", 699, 25_978),
        ("bassin_vie", 1707, 34_875),
        ("densite", 7, 34_875),
        ("montagne", 9, 8_594),
        ("acv", 232, 245),
        ("contrat_ruralite", 459, 22_427),
    ],
)
def test_every_mesh_is_whole(geography, level, units, communes):
    mesh = geography.mesh(level)
    assert (len(mesh.codes), len(mesh.members)) == (units, communes)


def test_no_groupement_of_a_programme_is_lost(bundle):
    assert [note for note in bundle.report.notes if "introuvable" in note] == []


def test_populations_are_those_of_the_files(geography, mirror):
    legal = rows(mirror, "cog/donnees_communes_popleg.csv", ";")
    national = sum(int(row["PMUN"]) for row in legal)
    mayotte = [i for i, code in enumerate(geography.codes) if code.startswith("976")]
    assert geography.population.sum() - geography.population[mayotte].sum() == national
    assert not np.isnan(geography.population).any()


def test_movements_lead_where_the_official_table_does(bundle):
    """All but five of 4,253 vanished codes: four were shared between two communes or left a
    commune that split again, which a table of one successor a code cannot tell."""
    passage = bundle.passages.of(None)
    apart = {
        old
        for old, new in bundle.passages.table.items()
        if fold_arrondissement(old) == old
        and max(passage.shares(old), key=lambda part: part[1], default=("", 0))[0] != new
    }
    assert apart == {"27443", "55273", "60455", "78122", "78471"}


def test_a_commune_that_left_a_merger_is_itself_again(bundle):
    celles = bundle.passages.of(2014).shares("15031")
    assert celles == (("15031", 1.0),)
    neussargues = dict(bundle.passages.of(2020).shares("15141"))
    assert set(neussargues) == {"15031", "15035", "15047", "15141", "15171"}
    assert bundle.passages.of(2020).basis["15141"] == "populations 2025"


def flow(mirror, name, origin, destination, weight):
    table = rows(mirror, f"flows/{name}", ";")
    pairs = [(fold_arrondissement(r[origin]), fold_arrondissement(r[destination])) for r in table]
    codes = sorted({code for pair in pairs for code in pair})
    index = {code: i for i, code in enumerate(codes)}
    at = ([index[o] for o, _ in pairs], [index[d] for _, d in pairs])
    cells = sp.csr_array(([float(row[weight]) for row in table], at), shape=(len(codes),) * 2)
    cells.sum_duplicates()
    return cells, codes


def test_commuters_of_ile_de_france_keep_their_total(bundle, mirror):
    cells, codes = flow(
        mirror,
        "commuting/base-flux-mobilite-domicile-lieu-travail-2014-idf.csv",
        *("CODGEO", "DCLT", "NBFLUX_C14_ACTOCC15P"),
    )
    assert cells.nnz == 108_941
    for vintage in (None, 2016):
        carried = carry(cells, bundle.passages.of(vintage).matrix(codes))
        assert carried.matrix.nnz == 107_708
        assert carried.matrix.sum() == pytest.approx(5_323_745.436314, rel=1e-9)
        assert not carried.estimated.any()
    paris = bundle.geography.index["75056"]
    assert carried.matrix[paris, paris] == pytest.approx(749_553.1107, rel=1e-9)


def test_movers_of_loire_atlantique_tell_what_mergers_moved(bundle, mirror):
    cells, codes = flow(
        mirror,
        "residential/base-flux-mobilite-residentielle-2008-dep44.csv",
        *("DCRAN", "CODGEO", "NBFLUX_C08_POP05P"),
    )
    placement = bundle.passages.of(2010).place(codes)
    assert placement.count(placement.vanished) == 14
    carried = carry(cells, bundle.passages.of(2010).matrix(codes))
    assert carried.moved_within == pytest.approx(859.300482, rel=1e-9)
    assert carried.moved_between == 0


def test_border_communes_are_all_typed(bundle, mirror):
    with (mirror / "flows/commuting/communes_frontalieres_RP2021.csv").open() as stream:
        codes = [row[0] for row in csv.reader(stream)]
    placement = bundle.passages.of(None).place(codes)
    assert not placement.unplaced
    assert set(placement.places) == {"@BE", "@CH", "@DE", "@ETR", "@LU", "@MC"}


def test_overseas_communes_are_inside_their_true_epci(bundle, geography, mirror):
    assert bundle.geometry.moved == ("971", "972", "973", "974", "976")
    epci = geography.mesh("epci")
    for inset in bundle.geometry.insets:
        assert inset.error_m < (1000 if inset.departement == "973" else 100)
        path = mirror / f"geometry/cog2025_epci_{inset.departement}_4326.geojson"
        for feature in json.loads(path.read_text())["features"]:
            nodes = epci.unit_members(epci.index[feature["properties"]["EPCI"]])
            points = shapely.points(geography.lon[nodes], geography.lat[nodes])
            away = shapely.distance(shapely.geometry.shape(feature["geometry"]), points)
            assert (away < 0.01).all()  # a bay may hold the centre of its commune


def test_known_places_are_where_they_are(geography):
    for code, lon, lat in [
        ("75056", 2.34, 48.86),
        ("2A004", 8.70, 41.93),
        ("97411", 55.45, -20.93),
        ("97302", -52.32, 4.93),
    ]:
        node = geography.index[code]
        assert (geography.lon[node], geography.lat[node]) == pytest.approx((lon, lat), abs=0.03)
    assert not np.isnan(geography.lon).any()


def test_perimeters_of_the_real_country_round_trip(geography):
    random = np.random.default_rng(0)
    for count in (2, 10, 100, 1000, 20_000):
        chosen = random.choice(geography.n_communes, count, replace=False)
        perimeter = Perimeter.of(geography, chosen)
        assert np.array_equal(parse_perimeter(perimeter.id, geography).communes, np.sort(chosen))
    for mesh in geography.meshes:
        for unit in range(0, len(mesh.codes), 37):
            known = Perimeter.of(geography, mesh.unit_members(unit))
            assert parse_perimeter(known.id, geography).id == known.id


@pytest.mark.parametrize(
    ("text", "canonical", "name"),
    [
        ("244400404", "244400404", "Nantes Métropole"),
        ("dep-75", "75056", "Paris"),
        ("reg-02", "dep-972", "Martinique"),
        ("244400404+44036", "244400404+44036", "Nantes Métropole et Châteaubriant"),
        ("pays", "pays", "France"),
    ],
)
def test_known_ids(geography, text, canonical, name):
    perimeter = parse_perimeter(text, geography)
    assert (perimeter.id, perimeter.name) == (canonical, name)
