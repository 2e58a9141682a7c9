"""Sirene: links from headquarters to branches, and transfers drawn from succession links."""

import zipfile
from collections.abc import Iterable
from decimal import Decimal
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.engine.dataset import FlowCells
from maillage.sources.layouts import Reading

from .world import CODES, bundle, node, read_mirror

#: The published header, in part: columns are read by name, others may stand between.
HEADER = (
    "siren,nic,siret,statutDiffusionEtablissement,trancheEffectifsEtablissement,"
    "dateDernierTraitementEtablissement,etablissementSiege,libelleCommuneEtablissement,"
    "codeCommuneEtablissement,codePaysEtrangerEtablissement,etatAdministratifEtablissement,"
    "activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement\n"
)
LINKS = (
    "siretEtablissementPredecesseur,siretEtablissementSuccesseur,dateLienSuccession,"
    "transfertSiege,continuiteEconomique,dateDernierTraitementLienSuccession\n"
)


def establishment(
    siren: int,
    nic: int,
    commune: str,
    *,
    seat: str = "false",
    state: str = "A",
    size: str = "NN",
    activity: str = "47.11F",
    country: str = "",
    nomenclature: str = "NAFRev2",
    date: str = "2025-06-01T08:00:00",
) -> str:
    siret = f"{siren:09}{nic:05}"
    return (
        f"{siren:09},{nic:05},{siret},O,{size},{date},{seat},«Ville, centre»,"
        f"{commune},{country},{state},{activity},{nomenclature}\n"
    ).replace("«Ville, centre»", '"Ville, centre"')


def siret(siren: int, nic: int) -> str:
    return f"{siren:09}{nic:05}"


def mirror_of(folder: Path, stock: Iterable[str], links: Iterable[str] = ()) -> Path:
    mirror = folder / "mirror"
    mirror.mkdir()
    (mirror / "StockEtablissement_utf8.csv").write_text(HEADER + "".join(stock))
    if links:
        name = "StockEtablissementLiensSuccession_utf8.csv"
        (mirror / name).write_text(LINKS + "".join(links))
    return mirror


def cells_of(reading: Reading, year: int | None = None) -> FlowCells:
    (cells,) = [
        values
        for values in reading.values
        if isinstance(values, FlowCells) and year in (None, values.meta.year)
    ]
    return cells


def weights(cells: FlowCells) -> dict[tuple[int, int], float]:
    ends = zip(cells.origin.tolist(), cells.destination.tolist(), strict=True)
    return dict(zip(ends, cells.weight.tolist(), strict=True))


def by_category(cells: FlowCells, dimension: str) -> dict[str, float]:
    found = cells.breakdowns[dimension]
    return {
        code: float(found.weight[found.category == i].sum())
        for i, code in enumerate(found.categories)
        if (found.category == i).any()
    }


STOCK = (
    establishment(1, 1, "44109", seat="true", size="11"),
    establishment(1, 2, "44001", size="12", activity="10.71C"),
    establishment(1, 3, "44001", size="12", activity="10.71C"),
    establishment(1, 4, "75101", size="", activity="NAF"),
    establishment(1, 5, "44002", state="F"),
    establishment(1, 6, "44110"),
    establishment(2, 1, "", seat="true", country="99131"),
    establishment(2, 2, "01001", activity="6820B", nomenclature="NAFRev1"),
    establishment(3, 1, "44001", seat="true", state="F"),
    establishment(3, 2, "44002"),
    establishment(4, 1, "[ND]"),
    establishment(5, 1, "2A004", seat="true"),
)


def test_a_branch_is_linked_to_the_seat_of_its_unit(tmp_path: Path) -> None:
    reading = read_mirror(mirror_of(tmp_path, STOCK), tmp_path / "work")
    cells = cells_of(reading)
    assert (cells.meta.flow, cells.meta.year, cells.meta.unit) == (
        "control",
        2025,
        "establishments",
    )
    assert weights(cells) == {
        (node("44109"), node("44001")): 2,
        (node("44109"), node("75056")): 1,
        (node("44109"), node("44109")): 1,  # 44110 merged into 44109
        (node("@BE"), node("01001")): 1,
    }
    assert reading.account.unplaced == {"siège absent du fichier ou fermé": Decimal(2)}
    assert (reading.account.rows, reading.account.total) == (12, 7)
    assert reading.account.moved == 1
    assert reading.account.closes
    assert cells.meta.mean_weight == 1  # a full count: nothing was sampled


def test_size_bands_and_activities_are_kept_apart(tmp_path: Path) -> None:
    cells = cells_of(read_mirror(mirror_of(tmp_path, STOCK), tmp_path / "work"))
    assert by_category(cells, "size") == {"NN": 3, "12": 2}
    assert by_category(cells, "sector") == {"C": 2, "G": 1, "NR": 2}


def test_text_booleans_are_read_as_words(tmp_path: Path) -> None:
    stock = [establishment(1, 1, "44109", seat="True"), establishment(1, 2, "44001", seat="FALSE")]
    cells = cells_of(read_mirror(mirror_of(tmp_path, stock), tmp_path / "work"))
    assert weights(cells) == {(node("44109"), node("44001")): 1}


def test_parquet_and_zip_give_the_same_cells(tmp_path: Path) -> None:
    mirror = mirror_of(tmp_path, STOCK)
    expected = cells_of(read_mirror(mirror, tmp_path / "work"))
    path = mirror / "StockEtablissement_utf8.csv"
    text = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(HEADER.strip().split(","), pa.string())
    )
    table = pyarrow.csv.read_csv(path, convert_options=text)
    seats = pa.array([value == "true" for value in table["etablissementSiege"].to_pylist()])
    at = table.column_names.index("etablissementSiege")
    (tmp_path / "parquet").mkdir()
    typed = table.set_column(at, "etablissementSiege", seats)
    pq.write_table(typed, tmp_path / "parquet" / "StockEtablissement_utf8.parquet")
    (tmp_path / "zip").mkdir()
    with zipfile.ZipFile(tmp_path / "zip" / "StockEtablissement_utf8.zip", "w") as archive:
        archive.write(path, "StockEtablissement_utf8.csv")
    for kind in ("parquet", "zip"):
        found = cells_of(read_mirror(tmp_path / kind, tmp_path / f"work-{kind}"))
        assert weights(found) == weights(expected)


@pytest.mark.parametrize(
    ("stock", "message"),
    [
        (
            [*STOCK, "1,1,A,O,NN,2025,false,V,44109,,A,47.11F,NAFRev2\n".replace("1,", "X,", 1)],
            "ligne 14, colonne siren, valeur « X »",
        ),
        ([*STOCK, "1,2,3\n"], "ligne 14.* 3.cellules au lieu de 13"),
        ([establishment(1, 1, "44109", seat="oui")], "ligne 2, colonne etablissementSiege"),
        ([establishment(1, 1, "44109", seat="true")], "aucun établissement secondaire actif"),
    ],
)
def test_a_stock_that_is_none_is_refused(tmp_path: Path, stock: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_mirror(mirror_of(tmp_path, stock), tmp_path / "work")


def link(
    old: tuple[int, int],
    new: tuple[int, int],
    date: str = "2023-05-01",
    seat: str = "true",
    continuity: str = "true",
    processed: str = "2024-01-01T00:00:00",
) -> str:
    return f"{siret(*old)},{siret(*new)},{date},{seat},{continuity},{processed}\n"


PLACES = (
    establishment(1, 1, "44001", state="F", size="21"),
    establishment(1, 2, "44109", seat="true", activity="62.01Z"),
    establishment(1, 3, "44109"),
    establishment(1, 4, "44002", size="11"),
    establishment(2, 1, "75101", state="F"),
    establishment(2, 2, "75102", seat="true"),
    establishment(3, 1, "44110", state="F"),
)


def transfers(folder: Path, *links: str) -> Reading:
    return read_mirror(mirror_of(folder, PLACES, links), folder / "work", card="sirene_succession")


def test_a_link_is_a_transfer_only_between_two_communes(tmp_path: Path) -> None:
    reading = transfers(
        tmp_path,
        link((1, 1), (1, 2), processed="2019-01-01T00:00:00"),
        link((1, 2), (1, 3)),  # same commune
        link((2, 1), (2, 2)),  # two arrondissements of Paris
        link((3, 1), (1, 2)),  # two communes then, one today
        link((1, 1), (9, 9)),  # unknown establishment
        link((1, 3), (1, 4), date="2007-01-01"),  # before the years the card speaks of
        link((1, 3), (1, 4), date=""),
    )
    cells = cells_of(reading, 2023)
    assert weights(cells) == {
        (node("44001"), node("44109")): 0.5,
        (node("44109"), node("44109")): 1.0,
    }
    assert reading.account.unplaced == {
        "lien sans date d’effet": Decimal(1),
        "établissement absent du stock Sirene": Decimal("0.5"),
    }
    assert reading.account.total == 3
    assert reading.account.moved == 1
    assert reading.account.closes
    assert reading.account.rows == 7
    assert any("2\u00a0établissements sans changement" in note for note in reading.account.notes)


def test_many_predecessors_and_successors_never_multiply(tmp_path: Path) -> None:
    pairs = [*product([(1, 1), (2, 1), (3, 1)], [(1, 2), (1, 3), (1, 4)])]
    links = [link(old, new) for old, new in pairs]
    reading = transfers(tmp_path, *links, *links)  # every link published twice
    assert reading.account.total == 3  # three predecessors, once each, to the last millionth
    assert sum(weights(cells_of(reading)).values()) == pytest.approx(3)


def test_flags_and_size_are_breakdowns(tmp_path: Path) -> None:
    reading = transfers(
        tmp_path,
        link((1, 1), (1, 2), seat="true", continuity="false"),
        link((2, 1), (1, 4), seat="false", continuity="true"),
    )
    cells = cells_of(reading)
    assert by_category(cells, "seat_moved") == {"true": 1, "false": 1}
    assert by_category(cells, "continuity") == {"false": 1, "true": 1}
    assert by_category(cells, "size") == {"21": 1, "11": 1}  # the predecessor's where need be
    assert by_category(cells, "sector") == {"J": 1, "G": 1}


def test_years_are_those_of_the_effect(tmp_path: Path) -> None:
    reading = transfers(
        tmp_path, link((1, 1), (1, 2), date="2021-12-31"), link((2, 1), (1, 4), date="2022-01-01")
    )
    years = [values.meta.year for values in reading.values if isinstance(values, FlowCells)]
    assert years == [2021, 2022]
    assert cells_of(reading, 2021).meta.census is False


def test_without_the_stock_links_are_refused(tmp_path: Path) -> None:
    mirror = mirror_of(tmp_path, PLACES, [link((1, 1), (1, 2))])
    (mirror / "StockEtablissement_utf8.csv").unlink()
    with pytest.raises(InputError, match="ajoutez au miroir le stock des établissements"):
        read_mirror(mirror, tmp_path / "work")


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    good = link((1, 1), (1, 2))
    with pytest.raises(InputError, match="ligne 3, colonne siretEtablissementSuccesseur"):
        transfers(tmp_path, good, good.replace(siret(1, 2), "1,2E+13".replace(",", ".")))


def test_a_flag_that_is_no_boolean_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ligne 2, colonne transfertSiege, valeur « oui »"):
        transfers(tmp_path, link((1, 1), (1, 2), seat="Oui"))


branches = st.lists(
    st.tuples(
        st.integers(1, 5),  # unit
        st.sampled_from([*CODES, "44110", "75101", ""]),
        st.booleans(),  # seat
        st.sampled_from("AF"),
    ),
    min_size=1,
    max_size=25,
)


@given(branches)
def test_control_equals_a_naive_count(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, str, bool, str]]
) -> None:
    """One seat a unit at most, the first drawn; the oracle loops over rows."""
    seats: dict[int, str] = {}
    rows, kept = [], []
    for number, (unit, commune, wants_seat, state) in enumerate(drawn):
        is_seat = wants_seat and unit not in seats and state == "A"
        if is_seat:
            seats[unit] = commune
        rows.append(establishment(unit, number, commune, seat=str(is_seat).lower(), state=state))
        kept.append((unit, commune, is_seat, state))
    folded = {"44110": "44109", "75101": "75056", "": "@INC"}
    expected: dict[tuple[int, int], float] = {}
    for unit, commune, is_seat, state in kept:
        if state == "A" and not is_seat and unit in seats:
            ends = [node(folded.get(code, code)) for code in (seats[unit], commune)]
            expected[ends[0], ends[1]] = expected.get((ends[0], ends[1]), 0) + 1
    folder = tmp_path_factory.mktemp("sirene")
    mirror = mirror_of(folder, rows)
    if not any(state == "A" and not is_seat for _, _, is_seat, state in kept):
        return
    reading = read_mirror(mirror, folder / "work")
    assert weights(cells_of(reading)) == expected
    assert reading.account.closes
    assert (np.diff(cells_of(reading).origin) >= 0).all()
    assert bundle().geography.n_nodes > max((o for o, _ in expected), default=0)
