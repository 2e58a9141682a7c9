"""Articles before the names of territories."""

import pytest

from maillage.common.names import of_the, the

CASES = [
    ("CC du Val", "epci", "la CC du Val", "de la CC du Val"),
    ("CA de l'Auxerrois", "epci", "la CA de l'Auxerrois", "de la CA de l'Auxerrois"),
    ("Métropole du Grand Paris", "epci", "la Métropole du Grand Paris", None),
    ("Nantes Métropole", "epci", "Nantes Métropole", "de Nantes Métropole"),
    ("Angers Loire Métropole", "epci", "Angers Loire Métropole", "d’Angers Loire Métropole"),
    ("Eurométropole de Strasbourg", "epci", "l’Eurométropole de Strasbourg", None),
    ("PETR du Pays d'Aure", "petr", "le PETR du Pays d'Aure", "du PETR du Pays d'Aure"),
    ("Ain", "departement", "l’Ain", "de l’Ain"),
    ("Landes", "departement", "les Landes", "des Landes"),
    ("Vienne", "departement", "la Vienne", "de la Vienne"),
    ("Vienne", "commune", "Vienne", "de Vienne"),
    ("Côtes-d'Armor", "departement", "les Côtes-d'Armor", "des Côtes-d'Armor"),
    ("Paris", "departement", "Paris", "de Paris"),
    ("La Réunion", "departement", "La Réunion", "de La Réunion"),
    ("Pays de la Loire", "region", "les Pays de la Loire", "des Pays de la Loire"),
    ("Le Mans", "commune", "Le Mans", "du Mans"),
    ("Les Sables-d’Olonne", "commune", "Les Sables-d’Olonne", "des Sables-d’Olonne"),
    ("Hœnheim", "", "Hœnheim", None),
    ("Préfecture de l’Ain", "", "la Préfecture de l’Ain", "de la Préfecture de l’Ain"),
    ("Agence d’urbanisme", "", "l’Agence d’urbanisme", "de l’Agence d’urbanisme"),
    ("Conseil départemental", "", "le Conseil départemental", "du Conseil départemental"),
]


@pytest.mark.parametrize(("name", "level", "expected", "contracted"), CASES)
def test_a_name_takes_its_article(name, level, expected, contracted):
    assert the(name, level) == expected
    if contracted is not None:
        assert of_the(name, level) == contracted


@pytest.mark.real
def test_every_real_departement_and_region_has_an_article_or_needs_none(real_edition):
    bare = {
        mesh.names[unit]
        for mesh in (real_edition.geography.mesh(level) for level in ("departement", "region"))
        for unit in range(len(mesh.names))
        if the(mesh.names[unit], mesh.level) == mesh.names[unit]
    }
    assert bare <= {"Paris", "Mayotte", "La Réunion", "Provence-Alpes-Côte d'Azur"}
