"""Stock tables by card: official ones, a user's own, and the faults that refuse them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.engine.dataset import StockValues
from maillage.sources.layouts import Reading

from .world import CODES, bundle, node, only_file, read_mirror, with_card


def drop(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    mirror = folder / "mirror"
    mirror.mkdir(exist_ok=True)
    (mirror / name).write_bytes(text.encode(encoding))
    return mirror


def stock(reading: Reading, name: str, year: int | None = None) -> StockValues:
    (found,) = [
        values
        for values in reading.values
        if isinstance(values, StockValues) and values.stock == name and year in (None, values.year)
    ]
    return found


def value(values: StockValues, code: str) -> float:
    return float(values.values[node(code)])


POPULATION = """REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT
84;ARA;01;1;01;001;01001;L'Abergement;860;16;876
11;IDF;75;1;;101;75101;Paris 1er;15000;100;15100
11;IDF;75;1;;102;75102;Paris 2e;20000;100;20100
01;Guadeloupe;971;1;01;101;97101;Les Abymes;53491;10;53501
52;PDL;44;1;01;110;44110;Fusionnée;400;0;400
52;PDL;44;1;01;109;44109;Nantes;327734;4781;332515
"""


def test_legal_populations_fold_arrondissements_and_merged_communes(tmp_path: Path) -> None:
    reading = read_mirror(drop(tmp_path, "donnees_communes.csv", POPULATION), tmp_path / "work")
    municipal = stock(reading, "population")
    assert (municipal.year, municipal.level, municipal.level_year) == (2023, "commune", 2025)
    assert value(municipal, "75056") == 35000
    assert value(municipal, "44109") == 328134
    assert value(municipal, "97101") == 53491
    assert np.isnan(value(municipal, "44001"))  # absent from the file: unknown, not zero
    assert municipal.fictional
    assert reading.account.closes
    assert reading.account.rows == 6


def test_establishments_lost_zeros_are_put_back_and_counted(tmp_path: Path) -> None:
    text = (
        "CODGEO;LIBGEO;REG;DEP;E14TST;E14TS0ND;E14TS1\r\n"
        "1001;L'Abergement;82;1;25;22;1\r\n"
        "75056;Paris;11;75;509 123;380 000;100\r\n"
        "2A004;Ajaccio;94;2A;6328;4245;1520\r\n"
    )
    reading = read_mirror(drop(tmp_path, "anything.csv", text, "cp1252"), tmp_path / "work")
    total = stock(reading, "establishments")
    assert (total.year, value(total, "01001"), value(total, "75056")) == (2014, 25, 509123)
    assert value(total, "2A004") == 6328
    assert "Zéro de tête rétabli pour 1\u00a0code." in reading.account.notes
    assert value(stock(reading, "establishments_size_0"), "01001") == 22


def test_a_commune_and_its_arrondissements_are_not_counted_twice(tmp_path: Path) -> None:
    text = "CODGEO;E14TST;E14TS0ND\n75056;30;10\n75101;10;5\n75102;20;5\n44001;7;1\n"
    reading = read_mirror(drop(tmp_path, "e.csv", text), tmp_path / "work")
    assert value(stock(reading, "establishments"), "75056") == 30
    assert reading.account.unplaced["arrondissement déjà compté dans sa commune"] == 2
    assert reading.account.closes


INDICATORS = """"CODGEO";"ID_1";"ID_2";"ID_3";"ID_4";"ID_5";"ID_6";"ID_7";"ID_8";"ID_9"
"01001";49,5626822157434;2,021;0;18,8;7;74,0;7,0;84,6;22228
"44002";10;1,0;0;18,8;7;74,0;7,0;84,6;NA
"44003";30;2,0;0;18,8;7;74,0;7,0;84,6;22000
"44109";5;2,0;0;18,8;7;74,0;7,0;84,6;22000
"44110";6;2,0;0;18,8;7;74,0;7,0;84,6;22000
"""


def test_rates_are_averaged_by_population_never_summed(tmp_path: Path) -> None:
    mirror = drop(tmp_path, "kitscarto_datacom2018.csv", INDICATORS)
    reading = read_mirror(mirror, tmp_path / "work")
    commutes = stock(reading, "long_commutes")
    assert commutes.year == 2014  # its own, not the file's
    assert value(commutes, "01001") == pytest.approx(49.5626822157434, abs=1e-6)
    assert value(commutes, "44002") == pytest.approx((10 * 3000 + 30 * 1000) / 4000)
    assert np.isnan(value(commutes, "44109"))  # the population of 44110 is unknown
    income = stock(reading, "median_income")
    assert np.isnan(value(income, "44002"))  # one of its parts is unknown
    assert reading.account.closes


def test_an_epci_table_keeps_its_own_mesh_and_says_its_composition(tmp_path: Path) -> None:
    text = INDICATORS.replace("CODGEO", "epci2018").split("\n")
    rows = [text[0], '"244400404"' + text[1][7:], '"240000000"' + text[2][7:], '"ZZ"' + text[3][7:]]
    mirror = drop(tmp_path, "kitscarto_dataepci2018.csv", "\n".join(rows))
    reading = read_mirror(mirror, tmp_path / "work")
    found = stock(reading, "long_commutes")
    assert (found.level, found.level_year) == ("epci", 2025)
    assert found.values[1] == pytest.approx(49.5626822157434, abs=1e-6)
    assert np.isnan(found.values[0])
    assert found.notes == ("Valeur publiée pour la composition de 2018.",)
    assert reading.account.unplaced == {"unité inconnue de cette maille": 2}
    assert reading.account.closes


BILAN = "CODGEO;ANNEE;PROD_ELEC_RENOUV;PROD_BIOMETHANE;CONSO_ELEC;CONSO_GAZ\n"


def test_rows_may_hold_several_years_and_blanks_are_unknown(tmp_path: Path) -> None:
    text = BILAN + "44001;2020;1;0;5;2\n44001;2021;2;;6,5;s\n44002;2021;3;0;7;4\n"
    reading = read_mirror(drop(tmp_path, "bilan-energie-2021.csv", text), tmp_path / "work")
    produced = stock(reading, "energy_supply_electricity", 2021)
    assert value(produced, "44001") == 2
    assert np.isnan(value(stock(reading, "energy_supply_gas", 2021), "44001"))
    gas = stock(reading, "energy_need_gas", 2021)
    assert np.isnan(value(gas, "44001"))
    assert gas.suppressed.tolist() == [node("44001")]
    assert value(stock(reading, "energy_need_electricity", 2021), "44001") == 6.5
    assert reading.account.suppressed == 1
    assert reading.account.total == 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("44001;2021;1;0;cinq;2\n", r"ligne 2, colonne CONSO_ELEC, valeur « cinq »"),
        ("44001;2021;1;0;5;2\n44002;2021;1;0;5;inf\n", r"ligne 3, colonne CONSO_GAZ"),
        ("44001;2021;1;0;5;2\n44002;bientôt;1;0;5;2\n", r"ligne 3, colonne ANNEE"),
        (
            "44001;2021;1;0;5;2\n44001;2021;1;0;5;2\n",
            r"ligne 3, colonne CODGEO",
        ),
    ],
)
def test_a_faulty_cell_refuses_the_table_and_says_where(
    tmp_path: Path, rows: str, message: str
) -> None:
    mirror = drop(tmp_path, "bilan-energie.csv", BILAN + rows)
    with pytest.raises(InputError, match=message):
        read_mirror(mirror, tmp_path / "work")


USER_CARD = {
    "id": "places_de_creche",
    "title": "Places de crèche",
    "kind": "stock",
    "layout": "stock_table",
    "producer": "CAF",
    "names": ["creches*"],
    "columns": {"place": "^(INSEE|code)$"},
    "vintage": {"where": "fixed", "year": 2022},
    "constants": {"rows": "sum"},
}
USER_STOCK = {
    "id": "creche_places",
    "title": "Places de crèche",
    "source": "places_de_creche",
    "unit": "places",
    "unit_label": "places",
    "column": "^(COLLECTIF|FAMILIAL)$",
    "theme": "childhood",
    "additive": True,
}


def test_a_user_table_may_sum_columns_and_rows(tmp_path: Path) -> None:
    text = "code\tCOLLECTIF\tFAMILIAL\n44001\t10\t1 000,5\n44001\t3\t\n99999\t4\t0\nx\t1\t1\n"
    reading = read_mirror(
        drop(tmp_path, "creches.tsv", text),
        tmp_path / "work",
        catalog=with_card(USER_CARD, (USER_STOCK,)),
    )
    found = stock(reading, "creche_places")
    assert value(found, "44001") == 1013.5
    assert found.lower_bound is not None
    assert found.lower_bound.tolist() == [node("44001")]  # one of its cells is blank
    assert reading.account.closes
    assert sum(reading.account.unplaced.values()) == 2


def test_a_workbook_is_read_from_its_header_line(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Données"
    for row in (["Places de crèche en 2022"], [], ["code", "COLLECTIF"], ["01001", 12], [1002, 3]):
        sheet.append(row)
    book.create_sheet("Notes")
    (tmp_path / "mirror").mkdir()
    book.save(tmp_path / "mirror" / "creches.xlsx")
    card = USER_CARD | {"constants": {"sheet": "Données", "header_line": "3"}}
    catalog = with_card(card, (USER_STOCK,))
    found = stock(
        read_mirror(tmp_path / "mirror", tmp_path / "work", catalog=catalog), "creche_places"
    )
    assert value(found, "01001") == 12
    assert value(found, "01002") == 3
    absent = with_card(card | {"constants": {"sheet": "Autre"}}, (USER_STOCK,))
    with pytest.raises(InputError, match="pas de feuille « Autre »"):
        read_mirror(tmp_path / "mirror", tmp_path / "work", catalog=absent)


def test_a_table_without_its_quantities_is_refused(tmp_path: Path) -> None:
    mirror = drop(tmp_path, "creches.csv", "code;AUTRE\n44001;1\n")
    with pytest.raises(InputError, match="aucune des quantités"):
        read_mirror(mirror, tmp_path / "work", catalog=with_card(USER_CARD, (USER_STOCK,)))


def test_bilan_tables_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    header = {
        "bilan_eau": "BESOIN_POTABLE",
        "bilan_dechets": "TONNAGE_RESIDUEL",
        "bilan_scolaire": "PLACES_ELEMENTAIRE",
    }
    for card, column in header.items():
        folder = tmp_path / card
        folder.mkdir()
        (folder / "table.csv").write_text(f"CODGEO;ANNEE;{column}\n44001;2021;1\n")
        assert only_file(folder).card.id == card


@given(
    st.dictionaries(
        st.sampled_from([*CODES, "44003", "44110", "75101", "75102"]).filter(
            lambda code: code != "75056"
        ),
        st.integers(0, 10**6),
        min_size=1,
    )
)
def test_totals_are_kept_through_folding_and_mergers(
    tmp_path_factory: pytest.TempPathFactory, held: dict[str, int]
) -> None:
    folder = tmp_path_factory.mktemp("stock")
    rows = "".join(f"{code};{count};0\n" for code, count in held.items())
    mirror = drop(folder, "e.csv", "CODGEO;E14TST;E14TS0ND\n" + rows)
    found = stock(read_mirror(mirror, folder / "work"), "establishments")
    assert np.nansum(found.values) == sum(held.values())
    assert len(found.values) == bundle().geography.n_communes


LOANS = {
    "id": "mediatheques",
    "title": "Prêts",
    "kind": "stock",
    "layout": "stock_table",
    "producer": "Réseau",
    "names": ["prets*"],
    "columns": {"place": "^commune$"},
    "vintage": {"where": "filename", "pattern": r"(?P<year>20\d\d)"},
}


def loans(folder: Path, text: str, name: str = "prets_2023.csv") -> Reading:
    from maillage.catalog.cards import StockCard

    book_loans = StockCard.model_validate(
        {
            "id": "book_loans",
            "title": "Prêts",
            "source": "mediatheques",
            "column": "^prets$",
            "unit": "loans",
            "unit_label": "prêts",
            "theme": "culture",
            "additive": True,
        }
    )
    catalog = with_card(LOANS)
    catalog = replace(catalog, stocks={**catalog.stocks, "book_loans": book_loans})
    return read_mirror(drop(folder, name, text), folder / "work", catalog=catalog)


def test_a_comma_that_may_part_thousands_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ligne 3, .*« 1,204 ».*des milliers comme des décimales"):
        loans(tmp_path, 'commune,prets\n44001,12\n44109,"1,204"\n')
    french = stock(loans(tmp_path, "commune;prets\n44109;1,204\n"), "book_loans")
    assert value(french, "44109") == 1.204


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="aucune ligne"):
        loans(tmp_path, "commune;prets\n")


def test_a_year_that_nothing_tells_is_asked_in_the_name_of_that_very_file(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"« prets_2020\.csv »"):
        loans(tmp_path, "commune;prets\n44109;1\n", "prets.csv")
