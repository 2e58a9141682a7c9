"""Which communes there are in a year, how it is known, and how many people live there."""

import numpy as np
import pytest

from maillage.common.errors import InputError

from .mirrors import COMMUNES, MOVEMENTS, members, read

POPULATIONS = """\
REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT
11;IdF;75;1;01;101;75101;Paris 1;16000;10;16010
11;IdF;75;1;01;102;75102;Paris 2;20 500;10;20510
52;PdL;44;1;01;109;44109;Nantes;320000;10;320010
"""


def population(bundle, code):
    return bundle.geography.population[bundle.geography.index[code]]


def test_the_list_of_an_earlier_year_is_found_by_undoing_movements(tmp_path):
    geography = read(tmp_path).geography
    assert geography.cog == 2025
    assert geography.names[geography.index["44036"]] == "Châteaubriant-Ville"
    then = read(tmp_path, cog=2015).geography
    assert {"44060", "44163"} <= set(then.codes)
    assert "44213" not in then.codes
    assert list(then.codes) == sorted(then.codes)


def test_the_report_says_how_the_list_was_found(tmp_path):
    notes = read(tmp_path, cog=2015).report.notes
    assert notes[0] == (
        "Liste au 1er janvier 2015 obtenue de celle de 2026 (cog/v_commune_2026.csv) en remontant "
        "les mouvements de communes (rétablies : 2, retirées : 1, noms d’époque : 1)."
    )
    assert read(tmp_path, cog=2026).report.notes[0] == (
        "Liste publiée au 1er janvier 2026 (cog/v_commune_2026.csv)."
    )


@pytest.mark.parametrize(("cog", "movements"), [(2027, MOVEMENTS), (2015, None)])
def test_a_year_out_of_reach_is_refused(tmp_path, cog, movements):
    with pytest.raises(InputError, match=f"la liste des communes de {cog}"):
        read(tmp_path, {"cog/v_mvtcommune_2026.csv": movements}, cog=cog)


def test_delegated_communes_and_arrondissements_are_no_communes(tmp_path):
    geography = read(tmp_path).geography
    assert "44060" not in geography.index
    assert "75101" not in geography.index
    assert geography.n_communes == 8


def test_populations_come_from_the_legal_file_then_from_the_composition(tmp_path):
    bundle = read(tmp_path, {"cog/donnees_communes.csv": POPULATIONS})
    assert population(bundle, "75056") == 36_500  # arrondissements summed
    assert population(bundle, "44109") == 320_000
    assert population(bundle, "01004") == 14_500  # of the composition
    assert np.isnan(population(bundle, "22016"))  # unknown, not zero
    assert "Population inconnue pour 1\u00a0commune." in bundle.report.notes


def test_a_population_that_is_no_number_is_refused_with_its_place(tmp_path):
    broken = POPULATIONS.replace("20 500", "vingt mille")
    with pytest.raises(InputError) as refusal:
        read(tmp_path, {"cog/donnees_communes.csv": broken})
    assert (refusal.value.line, refusal.value.value) == (3, "vingt mille")


def test_departements_and_regions_come_with_the_communes(tmp_path):
    bundle = read(tmp_path)
    assert members(bundle, "departement")["44"] == ["44036", "44109", "44213"]
    assert members(bundle, "region")["11"] == ["75056", "93008", "93066"]
    departements = bundle.geography.mesh("departement")
    assert departements.names[departements.index["44"]] == "Loire-Atlantique"
    assert departements.names[departements.index["93"]] == "93"  # no list names it


def test_a_commune_that_vanished_keeps_its_departement_and_its_region(tmp_path):
    bundle = read(tmp_path, cog=2015)
    assert {"44060", "44163"} <= set(members(bundle, "departement")["44"])
    assert {"44060", "44163"} <= set(members(bundle, "region")["52"])


def test_the_passage_table_completes_movements(tmp_path):
    table = "DEPCOM_HIST,DEPCOM\n44109,44109\n44777,44109\n44060,44213\n"
    bundle = read(tmp_path, {"cog/table_passage_com_historique_2025.csv": table})
    assert bundle.passages.of(None).shares("44777") == (("44109", 1.0),)
    assert bundle.passages.of(2014).shares("44163") == (("44213", 1.0),)
    assert "Table de passage vers 2025 : 6\u00a0communes de différence." in bundle.report.notes


def test_the_year_of_a_passage_table_is_the_last_its_name_says(tmp_path):
    table = "CODGEO_INI,CODGEO_2025\n44777,44109\n"
    bundle = read(tmp_path, {"cog/table_passage_geo2003_geo2025.csv": table})
    assert bundle.passages.of(None).shares("44777") == (("44109", 1.0),)


def test_a_passage_table_of_another_year_is_not_used(tmp_path):
    table = "DEPCOM_HIST,DEPCOM\n44777,44109\n"
    bundle = read(tmp_path, {"cog/table_passage_com_historique_2024.csv": table})
    assert bundle.passages.of(None).shares("44777") == ()


def test_a_damaged_list_is_refused_with_its_reason(tmp_path):
    cut = COMMUNES.replace("TYPECOM,COM,", "TYPECOM,")
    with pytest.raises(InputError, match="ni liste de communes"):
        read(tmp_path, {"cog/v_commune_2026.csv": cut})


def test_a_half_downloaded_archive_is_told_and_the_others_read(tmp_path):
    bundle = read(tmp_path, {"programmes/liste-crte-com2025.zip": b"PK\x03\x04 cut"})
    assert len(bundle.report.refused) == 1
    assert "liste-crte-com2025.zip" in bundle.report.refused[0]
    assert bundle.geography.n_communes == 8
