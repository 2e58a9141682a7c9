"""One column a zoning: zones of study, grids, arrondissements."""

from .mirrors import members, read

ZONINGS = """\
DEPCOM,ARR,LIB_ARR,ZE2020,LIB_ZE2020,UU2020,LIB_UU2020,AAV2020,LIB_AAV2020,BV2022,LIB_BV2022
44036,441,Châteaubriant,5203,Châteaubriant,44000,Hors UU,000,Hors attraction,44036,Châteaubriant
44109,443,Nantes,5207,Nantes,44701,Nantes,009,Nantes,44109,Nantes
44060,441,Châteaubriant,5203,Châteaubriant,44000,Hors UU,009,Nantes,44036,Châteaubriant
44163,441,Châteaubriant,5203,Châteaubriant,44000,Hors UU,009,Nantes,44036,Châteaubriant
"""
DENSITY = (
    "\ufeffinsee_com,lib_com,niveau_densite\n"
    "44036,Châteaubriant, Petites villes\n44109,Nantes,Grands centres urbains\n"
)
MOUNTAIN = "\ufeffinsee_com,lib_com,niveau_montagne\n01004,Ambérieu,02 - Massif du Jura\n"


def test_each_column_is_a_mesh_on_the_communes_of_today(tmp_path):
    bundle = read(tmp_path, {"zonings/communes_zonages_2015.csv": ZONINGS})
    assert members(bundle, "zone_emploi") == {"5203": ["44036", "44213"], "5207": ["44109"]}
    assert members(bundle, "aav") == {"009": ["44109", "44213"]}
    assert members(bundle, "unite_urbaine") == {"44701": ["44109"]}
    zones = bundle.geography.mesh("zone_emploi")
    assert (zones.year, zones.prefix, zones.partition) == (2015, "ze-", True)


def test_arrondissements_of_the_zonings_have_names_and_replace_those_of_the_list(tmp_path):
    bundle = read(tmp_path, {"zonings/communes_zonages_2025.csv": ZONINGS})
    arrondissements = [m for m in bundle.geography.meshes if m.level == "arrondissement"]
    assert [mesh.source for mesh in arrondissements] == ["ref_zonings"]
    assert arrondissements[0].names == ("Châteaubriant", "Nantes")


def test_a_grid_is_cited_by_words_that_fit_in_an_address(tmp_path):
    files = {"g/anct_grille_densite.csv": DENSITY, "g/anct_grille_montagne.csv": MOUNTAIN}
    bundle = read(tmp_path, files)
    density = bundle.geography.mesh("densite")
    assert density.codes == ("grands-centres-urbains", "petites-villes")
    assert density.names == ("Grands centres urbains", "Petites villes")
    assert bundle.geography.mesh("montagne").names == ("Massif du Jura",)
