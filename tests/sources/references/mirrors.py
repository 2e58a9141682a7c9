"""Small mirrors in the official layouts, written line by line."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import Catalog, load_catalog
from maillage.sources.references import read_geography

COMMUNES = """\
TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT
COM,01004,84,01,01D,011,1,AMBERIEU,Ambérieu,Ambérieu-en-Bugey,0101,
COM,22016,53,22,22D,222,5,ILE DE BREHAT,Île-de-Bréhat,Île-de-Bréhat,2213,
COM,44036,52,44,44D,441,0,CHATEAUBRIANT,Châteaubriant,Châteaubriant,4402,
COM,44109,52,44,44D,443,0,NANTES,Nantes,Nantes,4498,
COM,44213,52,44,44D,441,0,VAIR,Vair-sur-Loire,Vair-sur-Loire,4401,
COM,93008,11,93,93D,931,0,BOBIGNY,Bobigny,Bobigny,9301,
COM,93066,11,93,93D,931,0,SAINT DENIS,Saint-Denis,Saint-Denis,9302,
COM,75056,11,75,75C,751,0,PARIS,Paris,Paris,7599,
COMD,44060,,,,,0,ANETZ,Anetz,Anetz,,44213
ARM,75101,11,75,75C,,0,PARIS 1,Paris 1,Paris 1er Arrondissement,7599,75056
"""
MOVEMENTS = """\
MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP
10,2025-06-01,COM,44036,0,X,X,Châteaubriant-Ville,COM,44036,0,X,X,Châteaubriant
32,2016-01-01,COM,44060,0,X,X,Anetz,COM,44213,0,X,X,Vair-sur-Loire
32,2016-01-01,COM,44060,0,X,X,Anetz,COMD,44060,0,X,X,Anetz
32,2016-01-01,COM,44163,0,X,X,Saint-Herblon,COM,44213,0,X,X,Vair-sur-Loire
32,2016-01-01,COM,44163,0,X,X,Saint-Herblon,COMD,44163,0,X,X,Saint-Herblon
"""
DEPARTEMENTS = """\
DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE
01,84,01053,5,AIN,Ain,Ain
44,52,44109,3,LOIRE ATLANTIQUE,Loire-Atlantique,Loire-Atlantique
"""
EPCI = """\
dept;siren;raison_sociale;nature_juridique;mode_financ;nb_membres;total_pop_tot;total_pop_mun;dep_com;insee;siren_membre;nom_membre;ptot_2025;pmun_2025
44;244400404;Nantes Métropole;METRO;FPU;1;300 000;290 000;44;44109;214401093;Nantes;300 000;290 000
44;244400552;CC du Pays d'Ancenis;CC;FPU;1;5 000;4 900;44;44213;200056695;Vair-sur-Loire;5 000;4 900
44;200072726;CC Châteaubriant;CC;FPU;1;12 000;11 900;44;44036;214400368;Châteaubriant;12 000;11 900
01;240100883;CC Plaine de l'Ain;CC;FPU;1;15 000;14 500;01;01004;210100046;Ambérieu;15 000;14 500
75;200054781;Grand Paris;METRO;FPU;3;9 000;8 000;75;75056;217500016;Paris;7 000;6 000
75;200054781;Grand Paris;METRO;FPU;3;9 000;8 000;93;93008;219300084;Bobigny;1 000;1 000
75;200054781;Grand Paris;METRO;FPU;3;9 000;8 000;93;93066;219300662;Saint-Denis;1 000;1 000
;;;;;;;;;;;;;
"""
FILES = {
    "cog/v_commune_2026.csv": COMMUNES,
    "cog/v_mvtcommune_2026.csv": MOVEMENTS,
    "cog/v_departement_2026.csv": DEPARTEMENTS,
    "epci/perimetre-epci-a-fp_2025.csv": EPCI.encode("cp1252").replace(b"\n", b"\r\n"),
}


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path, files: dict[str, str | bytes] | None = None, cards=(), **target):
    """The bundle of the small mirror with these files added (None removes one)."""
    kept = {name: text for name, text in (FILES | (files or {})).items() if text is not None}
    return read_geography(write(folder, kept), catalog_with(*cards), **target)


def catalog_with(*cards: dict[str, object]) -> Catalog:
    """The package's catalogue, and these cards as a user would write them."""
    catalog = load_catalog()
    own = {str(card["id"]): SourceCard.model_validate(card) for card in cards}
    return replace(catalog, sources=MappingProxyType({**catalog.sources, **own}))


def members(bundle, level, year=None):
    """Commune codes by unit code of a mesh."""
    geography = bundle.geography
    mesh = geography.mesh(level, year)
    return {
        code: [geography.codes[node] for node in mesh.unit_members(unit)]
        for unit, code in enumerate(mesh.codes)
    }
