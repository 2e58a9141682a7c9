"""Names of territories inside a sentence: « la CC du Val », « l’Ain », « des Landes »."""

import re

from maillage.common.french import of

_FEMININE = ("CC", "CA", "CU", "Communauté", "Métropole", "Collectivité", "Ville", "Région")
_MASCULINE = ("PETR", "SCoT", "CRTE", "GAL", "Pôle", "Parc", "Pays", "Syndicat", "Territoire")
_MASCULINE_TOO = ("Canton", "Massif", "Contrat", "Bassin", "SIVOM", "SIVU", "Département")
_ELIDED = ("EPT", "EPCI", "Établissement", "Eurométropole", "Agglomération", "Aire", "Unité")
#: Bodies that are no territories.
_BODIES = {
    "la ": ("Préfecture", "Sous-préfecture", "Direction", "Caisse", "Chambre", "Banque", "Mission"),
    "le ": ("Conseil", "Secrétariat", "Comité", "Ministère", "Centre"),
    "l’": ("État", "Agence", "Association", "Office", "ANCT", "ADEME"),
}
_FIRST_WORDS = {
    **dict.fromkeys(_FEMININE, "la "),
    **dict.fromkeys((*_MASCULINE, *_MASCULINE_TOO), "le "),
    **dict.fromkeys(_ELIDED, "l’"),
    **{word: article for article, words in _BODIES.items() for word in words},
}
#: Levels whose units take the articles of usage; a commune may bear the same name without any.
_OLD_NAMES = ("departement", "region")
_USAGE = {
    "le ": (
        "Bas-Rhin|Haut-Rhin|Calvados|Cantal|Centre-Val de Loire|Cher|Doubs|Finistère|Gard|Gers|"
        "Grand Est|Jura|Loir-et-Cher|Loiret|Lot|Lot-et-Garonne|Maine-et-Loire|Morbihan|Nord|"
        "Pas-de-Calais|Puy-de-Dôme|Rhône|Tarn|Tarn-et-Garonne|Territoire de Belfort|Val-d’Oise|"
        "Val-de-Marne|Var|Vaucluse"
    ),
    "les ": (
        "Alpes-de-Haute-Provence|Hautes-Alpes|Alpes-Maritimes|Ardennes|Bouches-du-Rhône|"
        "Côtes-d’Armor|Landes|Hauts-de-Seine|Hauts-de-France|Pays de la Loire|Hautes-Pyrénées|"
        "Pyrénées-Atlantiques|Pyrénées-Orientales|Deux-Sèvres|Vosges|Yvelines"
    ),
    "la ": (
        "Bourgogne-Franche-Comté|Bretagne|Charente|Charente-Maritime|Corrèze|Corse|Corse-du-Sud|"
        "Côte-d’Or|Creuse|Dordogne|Drôme|Gironde|Guadeloupe|Guyane|Haute-Corse|Haute-Garonne|"
        "Haute-Loire|Haute-Marne|Haute-Saône|Haute-Savoie|Haute-Vienne|Loire|Loire-Atlantique|"
        "Lozère|Manche|Marne|Martinique|Mayenne|Meurthe-et-Moselle|Meuse|Moselle|Nièvre|"
        "Normandie|Nouvelle-Aquitaine|Saône-et-Loire|Sarthe|Savoie|Seine-Maritime|Seine-et-Marne|"
        "Seine-Saint-Denis|Somme|Vendée|Vienne"
    ),
    "l’": (
        "Ain|Aisne|Allier|Ardèche|Ariège|Aube|Aude|Auvergne-Rhône-Alpes|Aveyron|Essonne|Eure|"
        "Eure-et-Loir|Hérault|Île-de-France|Ille-et-Vilaine|Indre|Indre-et-Loire|Isère|"
        "Occitanie|Oise|Orne|Yonne"
    ),
}
_ARTICLES = {name: article for article, names in _USAGE.items() for name in names.split("|")}
_CONTRACTED = {"le ": "du ", "les ": "des ", "la ": "de la ", "l’": "de l’"}


def article(name: str, level: str = "") -> str:
    """What stands before a name, with its space: « la », « l’ », or nothing.

    Without its ``level``, a name is read by its first word only: « Vienne » is a commune too.
    """
    if level in _OLD_NAMES:
        return _ARTICLES.get(name.replace("'", "’"), "")
    return _FIRST_WORDS.get(re.split(r"[\s'’]", name, maxsplit=1)[0], "")


def the(name: str, level: str = "") -> str:
    """« la CC du Val », « les Landes », « Nantes Métropole »."""
    return article(name, level) + name


def of_the(name: str, level: str = "") -> str:
    """« de la CC du Val », « du PETR du Pays d’Aure », « des Landes », « d’Angers »."""
    found = article(name, level)
    return _CONTRACTED[found] + name if found else of(name)
