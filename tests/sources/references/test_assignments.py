"""Who belongs to what: EPCI, EPT, PETR, CRTE in their three shapes, programmes, any list."""

import json

import pytest

from .mirrors import EPCI, members, read

EPT = """\
CODGEO;LIBGEO;EPT;LIBEPT
93066;Saint-Denis;200057867;Plaine Commune
93008;Bobigny;200057875;Est Ensemble
44109;Nantes;ZZZZZZZZZ;Sans objet
"""
EPT_CARD = {
    "id": "ept_csv",
    "title": "EPT",
    "producer": "Essai",
    "kind": "reference",
    "layout": "assignment",
    "names": ["ept*.csv"],
    "columns": {"commune": "^CODGEO$", "unit": "^EPT$", "name": "^LIBEPT$"},
    "constants": {"level": "ept", "partition": "yes", "nature": "EPT"},
    "vintage": {"where": "fixed", "year": 2025},
}


def test_an_epci_has_its_members_its_name_and_its_nature(tmp_path):
    bundle = read(tmp_path)
    assert members(bundle, "epci")["200054781"] == ["75056", "93008", "93066"]
    epci = bundle.geography.mesh("epci")
    nantes = epci.index["244400404"]
    assert (epci.names[nantes], epci.natures[nantes]) == ("Nantes Métropole", "METRO")
    assert epci.partition
    assert "EPCI 2025 : 1\u00a0commune sans EPCI à fiscalité propre." in bundle.report.notes


def test_the_year_is_that_of_the_column_not_of_the_name(tmp_path):
    bundle = read(
        tmp_path,
        {"epci/perimetre-epci-a-fp_2025.csv": None, "epci/epcicom2031.csv": EPCI.encode("cp1252")},
    )
    assert bundle.geography.mesh("epci").year == 2025


def test_a_file_is_known_by_its_columns_under_any_name(tmp_path):
    files = {"epci/perimetre-epci-a-fp_2025.csv": None, "divers/tableau.csv": EPCI.encode("cp1252")}
    assert read(tmp_path, files).geography.mesh("epci").source == "ref_epci_dgcl"


OLD = """\
siren;nom;nature;fiscalite;nb_com;ptot;pmun;insee;siren_com;nom_com;ptot_com;pmun_com
244400552;CC A;CC;FPU;1;1;1;44060;214400600;Anetz;2000;1900
244400999;CC B;CC;FPU;2;1;1;44163;214401630;Saint-Herblon;2500;2400
244400999;CC B;CC;FPU;2;1;1;1004;210100046;Ambérieu;14000;13000
"""


def test_an_older_composition_is_carried_to_the_communes_of_today(tmp_path):
    """A commune merged across a border goes where most of its people were."""
    bundle = read(tmp_path, {"epci/epci_2014.csv": OLD})
    assert members(bundle, "epci", 2014) == {"244400999": ["01004", "44213"]}
    assert bundle.geography.mesh("epci").year == 2025


def test_the_composition_asked_for_is_the_one_meant(tmp_path):
    bundle = read(tmp_path, {"epci/epci_2014.csv": OLD}, epci_year=2014)
    assert bundle.geography.mesh("epci").year == 2014


def test_two_files_of_one_mesh_and_year_are_not_both_kept(tmp_path):
    bundle = read(tmp_path, {"epci/epcicom2026.csv": EPCI.encode("cp1252")})
    assert len([m for m in bundle.geography.meshes if m.level == "epci"]) == 1
    assert any("même maille et même année" in note for note in bundle.report.notes)


SYNDICATES = """\
dept,siren,raison_sociale,nature_juridique,mode_financ,arret_competences,siren_membre,nom_membre,type_membre
44,200090001,PETR du Nord,PETR,,01/01/2017,244400552,CC du Pays d'Ancenis,Groupement
44,200090001,PETR du Nord,PETR,,01/01/2017,214400368,Châteaubriant,Commune
44,200090002,Pôle Loire,POLEM,,01/01/2017,200090001,PETR du Nord,Groupement
44,200090002,Pôle Loire,POLEM,,01/01/2017,244400404,Nantes Métropole,Groupement
44,200090002,Pôle Loire,POLEM,,01/01/2017,184401251,Chambre d'agriculture,Autres
44,200090003,SIVU de l'eau,SIVU,,01/01/2017,244400404,Nantes Métropole,Groupement
44,200090004,Entente,ENT,,01/01/2017,244400404,Nantes Métropole,Groupement
"""


def test_petr_poles_and_syndicates_are_told_apart_by_nature(tmp_path):
    bundle = read(tmp_path, {"banatic/syndicats_2025.csv": SYNDICATES})
    assert members(bundle, "petr") == {"200090001": ["44036", "44213"]}
    assert members(bundle, "polem") == {"200090002": ["44036", "44109", "44213"]}
    assert members(bundle, "syndicat") == {"200090003": ["44109"]}
    assert not any("introuvable" in note for note in bundle.report.notes)


def test_a_list_without_members_makes_no_unit_but_names_those_of_others(tmp_path):
    groupements = (
        "siren;libelle;region_code;departement_code;nature;population\n"
        "200090001;PETR du Nord-Loire;52;44;PETR;10\n200090077;PETR sans membres;52;44;PETR;10\n"
    )
    nameless = SYNDICATES.replace("PETR du Nord,PETR", ",PETR")
    files = {"banatic/banatic_groupements_2021.csv": groupements}
    assert "petr" not in {mesh.level for mesh in read(tmp_path, files).geography.meshes}
    petr = read(tmp_path, files | {"banatic/syndicats_2025.csv": nameless}).geography.mesh("petr")
    assert (petr.codes, petr.names) == (("200090001",), ("PETR du Nord-Loire",))


CRTE_LIST = """\
id_crte,lib_crte,date_signature
crte-52-44-01,Contrat du Nord,2021-12-15
crte-52-44-2,Contrat de Nantes,
"""
CRTE_COMMUNES = """\
insee_com,lib_com,id_crte,lib_crte
44036,Châteaubriant,crte-52-44-1,CRTE Nord
44060,Anetz,crte-52-44-1 ; crte-52-44-2,CRTE Nord ; CRTE Nantes
44109,Nantes,crte-52-44-2,
"""
CRTE_2025 = """\
insee_reg,lib_reg,dep_chef_file,lib_dep,id_crte,lib_crte,type_grp_crte,siren_groupement,lib_groupement,nature_juridique,siren_epci,date_signature
52,PdL,44,LA,crte-52-44-1,CRTE Nord,pluri,244400552,Ancenis,CC,244400552,28-06-2021
52,PdL,44,LA,crte-52-44-2,CRTE Nantes,mono,244400552,Ancenis,CC,244400552,
53,Bretagne,22,CdA,crte-53-22-9,CRTE Bréhat,mono,212200166,Île-de-Bréhat,COM,,01-02-2022
11,IdF,75,Paris,crte-11-75-1,CRTE Paris,mono,217500016,Paris,COM,200054781,
11,IdF,93,SSD,crte-11-93-1,CRTE Plaine Commune,mono,200057867,Plaine Commune,EPT,200054781,
11,IdF,93,SSD,crte-11-93-2,CRTE Est Ensemble,mono,200054781,Est Ensemble,EPT,200054781,
"""
CRTE_2021 = """\
insee_reg,lib_reg,dep_chef_file,lib_dep,id_crte,lib_crte,type_grp_crte,crte_interreg,crte_interdep,siren_groupement,lib_groupement,nature_juridique,siren_grp_supra,lib_grp_supra,nat_jur_grp_supra
52,PdL,44,LA,crte-52-44-1,CRTE Nord,pluri,non,non,244400552,Ancenis,CC,200090001,PETR,PETR
"""


def test_communes_of_several_contracts_are_in_each(tmp_path):
    bundle = read(tmp_path, {"p/liste-crte-com2015-20150717.csv": CRTE_COMMUNES})
    assert members(bundle, "crte") == {
        "crte-52-44-1": ["44036", "44213"],
        "crte-52-44-2": ["44109", "44213"],
    }
    crte = bundle.geography.mesh("crte")
    assert not crte.partition
    assert crte.names == ("CRTE Nord", "CRTE Nantes")


def test_the_list_dates_the_contracts_however_their_numbers_are_padded(tmp_path):
    files = {
        "p/liste-crte-20250717.csv": CRTE_LIST,
        "p/liste-crte-com2015-20150717.csv": CRTE_COMMUNES,
    }
    crte = read(tmp_path, files).geography.mesh("crte")
    assert crte.signed == ("2021-12-15", "")
    assert crte.names == ("CRTE Nord", "CRTE Nantes")


def test_groupements_join_by_their_siren_communes_and_ept_by_theirs(tmp_path):
    files = {"p/liste-crte-grpt2025-20250717.csv": CRTE_2025, "epci/ept.csv": EPT}
    bundle = read(tmp_path, files, cards=[EPT_CARD])
    assert members(bundle, "ept") == {"200057867": ["93066"], "200057875": ["93008"]}
    assert members(bundle, "crte") == {
        "crte-11-75-1": ["75056"],
        "crte-11-93-1": ["93066"],
        "crte-52-44-1": ["44213"],
        "crte-52-44-2": ["44213"],
        "crte-53-22-9": ["22016"],
    }
    crte = bundle.geography.mesh("crte")
    assert dict(zip(crte.codes, crte.signed, strict=True))["crte-52-44-1"] == "2021-06-28"
    lost = [note for note in bundle.report.notes if "introuvable" in note]
    assert lost == ["p/liste-crte-grpt2025-20250717.csv : 1\u00a0membre introuvable (200054781)."]


def test_the_shape_of_2021_is_read_too(tmp_path):
    bundle = read(tmp_path, {"p/liste-crte-groupements-2021.csv": CRTE_2021})
    assert members(bundle, "crte", 2021) == {"crte-52-44-1": ["44213"]}


def test_of_two_shapes_of_one_year_the_finer_is_kept(tmp_path):
    files = {
        "p/liste-crte-com2025-20250717.csv": CRTE_COMMUNES,
        "p/liste-crte-grpt2025-20250717.csv": CRTE_2025,
    }
    assert set(members(read(tmp_path, files), "crte")) == {"crte-52-44-1", "crte-52-44-2"}


def programme(**properties):
    feature = {"type": "Feature", "geometry": None, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_a_programme_names_its_communes_in_a_sentence(tmp_path):
    content = programme(
        id_territoire="acv-044",
        lib_territoire="Châteaubriant - Nantes",
        date_signature=None,
        liste_geo="Châteaubriant (44036); Nantes (44109)",
    )
    bundle = read(tmp_path, {"programmes/anct_acv_2024.geojson": content})
    assert members(bundle, "acv") == {"acv-044": ["44036", "44109"]}
    assert bundle.geography.mesh("acv").signed == ()


def test_a_programme_whose_commune_was_split_covers_its_parts(tmp_path):
    content = programme(id_territoire="va-1", lib_territoire="Anetz", liste_geo="Anetz (44060)")
    files = {"programmes/anct_va_2015.geojson": content}
    assert members(read(tmp_path, files), "va") == {"va-1": ["44213"]}


def test_a_programme_in_csv_is_named_by_its_own_label(tmp_path):
    text = (
        "insee_com,lib_com,id_acv,lib_acv,date_signature\n"
        "44036,Châteaubriant,acv-044,Châteaubriant - Nantes,2018-09-28\n"
        "44109,Nantes,acv-044,Châteaubriant - Nantes,2018-09-28\n"
    )
    acv = read(tmp_path, {"p/liste-acv-com2025-20250704.csv": text}).geography.mesh("acv")
    assert (acv.names, acv.signed, acv.year) == (("Châteaubriant - Nantes",), ("2018-09-28",), 2025)


def test_any_list_is_read_by_a_card_of_a_few_lines(tmp_path):
    card = {
        "id": "parcs",
        "title": "Parcs",
        "producer": "Essai",
        "kind": "reference",
        "layout": "assignment",
        "names": ["parcs*.csv"],
        "columns": {"unit": "^parc$", "commune": "^commune$"},
        "constants": {"level": "parc", "label": "Parc régional"},
        "vintage": {"where": "fixed", "year": 2024},
    }
    bundle = read(tmp_path, {"parcs.csv": "parc,commune\nBrière,44109\nBrière,44036\n"}, [card])
    parc = bundle.geography.mesh("parc")
    assert members(bundle, "parc") == {"briere": ["44036", "44109"]}
    assert (parc.names, parc.label, parc.prefix) == (("Brière",), "Parc régional", "parc-")


@pytest.mark.parametrize("level", ["scot", "pnr", "gal", "aom"])
def test_planning_lists_are_read_by_commune_or_by_groupement(tmp_path, level):
    text = (
        f"id_{level},lib_{level},insee_com,siren_groupement\nx1,Nord,44036,\nx1,Nord,,244400552\n"
    )
    bundle = read(tmp_path, {f"{level}_2024.csv": text})
    assert members(bundle, level) == {"x1": ["44036", "44213"]}


def test_composition_in_json_is_read(tmp_path):
    unit = {
        "code": "244400404",
        "nom": "Nantes Métropole",
        "type": "METRO",
        "membres": [
            {"code": "44109", "siren": "214401093", "populationMunicipale": 320},
            {"code": "44036", "siren": "214400368", "populationMunicipale": 11},
        ],
    }
    files = {"epci/perimetre-epci-a-fp_2025.csv": None, "epci/epci-2025.json": json.dumps([unit])}
    bundle = read(tmp_path, files)
    assert members(bundle, "epci") == {"244400404": ["44036", "44109"]}
    assert bundle.geography.population[bundle.geography.index["44109"]] == 320


def test_a_workbook_with_titles_above_its_header_is_read(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "EPCI"
    composition = book.create_sheet("Composition_communale")
    for sheet in book.worksheets:
        sheet.append(["Intercommunalité – Métropole"])
        sheet.append(["France"])
        sheet.append(["Mise en ligne le 21/03/2025       Géographie au 01/01/2025"])
        sheet.append(["Source : Insee"])
        sheet.append([])
    book.active.append(["EPCI", "LIBEPCI", "NATURE_EPCI", "NB_COM"])
    book.active.append(["244400404", "Nantes Métropole", "ME", 1])
    composition.append(["CODGEO", "LIBGEO", "EPCI", "LIBEPCI", "DEP", "REG"])
    composition.append(["44109", "Nantes", "244400404", "Nantes Métropole", "44", "52"])
    composition.append(["22016", "Île-de-Bréhat", "ZZZZZZZZZ", "Sans objet", "22", "53"])
    path = tmp_path / "epci" / "EPCI_au_01-01-2025.xlsx"
    path.parent.mkdir()
    book.save(path)
    bundle = read(tmp_path, {"epci/perimetre-epci-a-fp_2025.csv": None})
    assert members(bundle, "epci") == {"244400404": ["44109"]}
    epci = bundle.geography.mesh("epci")
    assert (epci.year, epci.natures, epci.source) == (2025, ("METRO",), "ref_epci_insee")
