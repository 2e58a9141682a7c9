"""A text of another day prints the strategy of its day, whatever has become of it since."""

import io
import json
import zipfile

import pypdf
import pytest
from tests.operations import world
from tests.web.test_operations import signed_in

from maillage.contracts.actions.strategy import add_node, edit_node
from maillage.contracts.actions.texts import adopt_signed_text
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.inscribed import inscribed
from maillage.operations.models import Maquette

pytestmark = pytest.mark.django_db
OLD, NEW = "Se déplacer autrement", "Vivre sans pétrole"
GOAL = "Doubler les trajets à vélo"


@pytest.fixture
def contract(site, settings, tmp_path):
    settings.SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    made = world.contract()
    node = world.orientation(made, title=OLD)
    lead = world.viewer("project_lead", made)
    add_node(contract=made, parent=node, title=GOAL, by=lead, at=world.AT)
    world.operation(made, "Voie verte", [world.organisation("CC du Val")], number="1.1",
                    orientation_id=node.pk)  # fmt: skip
    freeze_maquette(
        contract=made, year=2026, decided_on=world.TODAY, instance="copil",
        reference="CR n° 4", by=lead, at=world.AT,
    )  # fmt: skip
    adopt_signed_text(contract=made, operations=inscribed(made), by=lead, at=world.AT)
    goal = made.strategy.get(kind="objectif")
    for each, title in ((node, NEW), (goal, "Autre but")):
        edit_node(node=each, revision=each.revision, changes={"title": title}, by=lead, at=world.AT)
    return made


def printed(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def lead(contract):
    return signed_in("project_lead", contract, world.organisation("CC du Val"))


def got(lead, contract, path):
    answer = lead.get(f"/contrats/{contract.slug}/{path}")
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def strategy_in(annexes):
    with zipfile.ZipFile(io.BytesIO(annexes)) as made:
        return printed(made.read("strategie/strategie.pdf"))


def test_annexes_of_a_maquette_hold_the_strategy_of_its_day(contract, lead):
    kept = strategy_in(got(lead, contract, "maquette/2026/1/annexes.zip"))
    assert OLD in kept
    assert GOAL in kept
    assert "Voie verte (CC du Val)" in kept
    assert "arrêtée le 1er juin 2026" in kept
    assert NEW not in kept
    today = strategy_in(got(lead, contract, "operations/annexes.zip"))
    assert NEW in today
    assert OLD not in today


def test_a_signed_version_prints_the_strategy_of_its_day(contract, lead):
    version = contract.versions.get()
    kept = printed(got(lead, contract, f"versions/{version.pk}/contrat.pdf"))
    assert OLD in kept
    assert GOAL in kept
    assert NEW not in kept


def test_a_maquette_kept_without_its_strategy_says_so(contract, lead):
    held = contract.maquettes.get()
    content = {name: part for name, part in held.content.items() if name != "strategy"}
    Maquette(
        **{name: getattr(held, name) for name in ("contract", "year", "decided_on", "instance")},
        **{name: getattr(held, name) for name in ("reference", "digest", "made_by", "made_at")},
        rank=2, text=json.dumps(content),
    ).save()  # fmt: skip
    text = strategy_in(got(lead, contract, "maquette/2026/2/annexes.zip"))
    assert "celle de la maquette n’a pas été gardée" in text
    assert NEW in text
