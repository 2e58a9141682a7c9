"""Long tables: Insee's catalogue (Melodi) and energy deliveries (Agence ORE)."""

from pathlib import Path

import numpy as np
import pytest

from maillage.common.errors import InputError

from .test_stock_table import drop, stock, value
from .world import node, read_mirror

FLORES = (
    '"GEO";"GEO_OBJECT";"ACTIVITY";"NUMBER_EMPL";"LEGAL_FORM_WITH_PUBLIC";"FLORES_MEASURE";'
    '"OBS_STATUS";"TIME_PERIOD";"OBS_VALUE"\n'
)


def flores(*rows: str) -> str:
    return FLORES + "".join(f"{row}\n" for row in rows)


def test_melodi_keeps_totals_of_each_kind_of_place(tmp_path: Path) -> None:
    text = flores(
        '"44001";"COM";"_T";"_T";"_T";"EMPL3112";"A";"2024";"120"',
        '"44001";"COM";"C";"_T";"_T";"EMPL3112";"A";"2024";"100"',
        '"44001";"COM";"_T";"_T";"_T";"UNIT_LOC";"A";"2024";"12"',
        '"44002";"COM";"_T";"_T";"_T";"EMPL3112";"C";"2024";""',
        '"2025-COM-44109";"COM";"_T";"_T";"_T";"EMPL3112";"A";"2024";"9"',
        '"244400404";"EPCI";"_T";"_T";"_T";"EMPL3112";"A";"2024";"150"',
        '"1";"DEP";"_T";"_T";"_T";"EMPL3112";"A";"2023";"7"',
        '"F";"FRANCE";"_T";"_T";"_T";"EMPL3112";"A";"2024";"999"',
    )
    reading = read_mirror(drop(tmp_path, "DS_FLORES_2024.csv", text), tmp_path / "work")
    by_level = {
        (v.level, v.year): v for v in reading.values if getattr(v, "stock", "") == "salaried_jobs"
    }
    assert set(by_level) == {("commune", 2024), ("epci", 2024), ("departement", 2023)}
    communes = by_level["commune", 2024]
    assert value(communes, "44001") == 120
    assert value(communes, "44109") == 9
    assert np.isnan(value(communes, "44002"))
    assert communes.suppressed.tolist() == [node("44002")]
    assert by_level["epci", 2024].values.tolist()[1] == 150
    assert by_level["departement", 2023].values[0] == 7  # « 1 » is « 01 »
    assert value(stock(reading, "employer_establishments"), "44001") == 12
    unused = {"ligne d’un détail qui ne sert à aucune quantité": 2}  # activity C, and France
    assert reading.account.unplaced == unused
    assert (reading.account.total, reading.account.suppressed) == (8, 1)
    assert reading.account.closes


def test_melodi_without_a_dimension_is_refused(tmp_path: Path) -> None:
    text = flores('"44001";"COM";"_T";"_T";"_T";"EMPL3112";"A";"2024";"120"')
    mirror = drop(tmp_path, "DS_FLORES.csv", text.replace("LEGAL_FORM_WITH_PUBLIC", "AUTRE"))
    with pytest.raises(InputError, match="LEGAL_FORM_WITH_PUBLIC"):
        read_mirror(mirror, tmp_path / "work")


ORE = (
    "operateur;annee;filiere;code_categorie_consommation;libelle_categorie_consommation;"
    "code_grand_secteur;libelle_grand_secteur;code_naf;libelle_secteur_naf2;conso;pdl;indqual;"
    "nombre_mailles_secretisees;code_region;libelle_region\n"
)


def ore(*rows: tuple[str, str, str, str, str, str, str]) -> str:
    return ORE + "".join(
        f"{operator};{year};{carrier};ENT;Entreprises;{sector};;;0;{use};5;1.0;{hidden};{region};\n"
        for operator, year, carrier, sector, use, hidden, region in rows
    )


def test_energy_counts_the_cells_secrecy_hides_and_gives_a_minimum(tmp_path: Path) -> None:
    text = ore(
        ("Enedis", "2021", "Electricité", "I", "100.25", "0", "52"),
        ("SRD", "2021", "Electricité", "I", "50", "3", "52"),
        ("Enedis", "2021", "Electricité", "R", "10", "0", "52"),
        ("Enedis", "2021", "Electricité", "R", "", "1", "11"),
        ("GRDF", "2021", "Gaz", "R", "7", "0", "52"),
        ("Enedis", "2020", "Electricité", "R", "1", "0", "52"),
        ("Enedis", "2021", "Electricité", "R", "5", "0", "99"),
    )
    mirror = drop(tmp_path, "conso-elec-gaz-annuelle-par-naf-agregee-region.csv", text)
    reading = read_mirror(mirror, tmp_path / "work")
    industry = stock(reading, "electricity_use_industry", 2021)
    assert (industry.level, industry.values[0]) == ("region", 150.25)
    assert industry.lower_bound is not None
    assert industry.lower_bound.tolist() == [0]
    homes = stock(reading, "electricity_use_homes", 2021)
    assert homes.values[0] == 10
    assert homes.lower_bound is not None
    assert homes.lower_bound.tolist() == []
    assert np.isnan(homes.values[1])  # blank in Île-de-France: unknown, not zero
    assert stock(reading, "gas_use", 2021).values[0] == 7
    assert stock(reading, "electricity_use", 2020).values[0] == 1
    assert reading.account.unplaced == {"unité inconnue de cette maille": 1}
    assert reading.account.suppressed == 4
    assert reading.account.closes


def test_the_edition_by_epci_is_known_by_its_columns(tmp_path: Path) -> None:
    text = ore(("Enedis", "2021", "Electricité", "I", "1.5", "0", "244400404"))
    mirror = drop(tmp_path, "conso.csv", text.replace("code_region", "code_epci"))
    found = stock(read_mirror(mirror, tmp_path / "work"), "electricity_use")
    assert (found.level, found.values[1]) == ("epci", 1.5)
