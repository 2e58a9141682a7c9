"""Lists follow the order of French readers, on every base, however a name was written."""

import pytest
from tests.operations import world

from maillage.accounts.models import Organisation
from maillage.common.french import FILED, filed
from maillage.contracts.models import Contract

pytestmark = pytest.mark.django_db
ORDERED = (
    "Ain", "Échallon", "Eclans", "Élan d’ici", "Etrelles", "Haut-Pays", "Haut Rhin", "Île-d’Yeu",
    "Indre", "Münster", "Muy", "Nunez a", "Núñez b", "Nunez c", "Œuvre commune", "OFFICE",
    "Öland", "Olmeto", "Pays d’Ancenis", "Pays de Gex", "Zone",
)  # fmt: skip


def test_accents_and_capitals_do_not_move_a_name():
    Organisation.objects.bulk_create(
        Organisation(name=name, nature="cc") for name in reversed(ORDERED)
    )
    assert list(Organisation.objects.values_list("name", flat=True)) == list(ORDERED)
    assert sorted(ORDERED, key=filed) == list(ORDERED)


def test_memory_and_base_file_alike():
    name = "L’Haÿ - ÎLOT ÇÀ ET LÀ"
    Organisation.objects.create(name=name, nature="cc")
    assert Organisation.objects.get().filed == filed(name) == "l hay   ilot ca et la"


@pytest.mark.parametrize("letter", sorted(FILED))
def test_each_letter_is_filed_alike(letter):
    Organisation.objects.create(name=f"x{letter}y", nature="cc")
    assert Organisation.objects.get().filed == filed(f"x{letter}y") == f"x{FILED[letter]}y"


def test_a_name_that_changes_moves():
    contract = world.contract("a", "Zone")
    world.contract("b", "Étang")
    Contract.objects.filter(pk=contract.pk).update(name="Ébre")
    assert [row.slug for row in Contract.objects.all()] == ["a", "b"]


def test_operations_of_one_number_are_in_order_too():
    contract = world.contract()
    for title in ("Zone", "Étude", "Ferme"):
        world.operation(contract, title)
    assert [row.title for row in contract.operations.all()] == ["Étude", "Ferme", "Zone"]
