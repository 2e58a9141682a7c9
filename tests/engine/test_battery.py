"""Cards and formulas answer each other, and each formula asks for what the battery knows."""

import importlib
import inspect
import pkgutil
from types import ModuleType

import numpy as np
import pytest

import maillage.engine.indicators
import maillage.engine.structure
from maillage.catalog.cards import IndicatorUnit
from maillage.catalog.load import load_catalog
from maillage.engine.battery import INPUTS, cards_of_flow, evaluate, formula

CARDS = load_catalog().indicators
TOOLS = {"maillage.engine.structure.network"}  # modules that hold no indicator


def indicator_modules() -> list[ModuleType]:
    packages = (maillage.engine.indicators, maillage.engine.structure)
    names = [
        f"{package.__name__}.{found.name}"
        for package in packages
        for found in pkgutil.iter_modules(package.__path__)
    ]
    names += [f"maillage.engine.{name}" for name in ("models", "balances", "complementarity")]
    return [importlib.import_module(name) for name in names if name not in TOOLS]


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_card_names_a_formula_whose_needs_are_known(card) -> None:
    needs = formula(card.function).required
    assert set(needs) <= {*INPUTS, *CARDS}
    assert card.reading.strip()
    assert card.question.endswith("?")
    assert (card.unit == IndicatorUnit.CODE) == bool(card.labels) or card.id == "dominant_partner"


def test_every_public_function_has_a_card() -> None:
    public = {
        f"{module.__name__}:{name}"
        for module in indicator_modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == {card.function for card in CARDS.values()}


def test_every_input_serves() -> None:
    asked = {
        name
        for card in CARDS.values()
        for name in (*formula(card.function).required, *formula(card.function).optional)
    }
    assert set(INPUTS) - asked == set()


@pytest.mark.parametrize("flow", load_catalog().flows)
def test_a_flow_has_its_words_and_no_two_indicators_share_a_name(flow: str) -> None:
    """« Autonomie des résidents » does not fit establishments that move."""
    worded = cards_of_flow(CARDS, flow)
    titles = [card.title for card in worded.values()]
    assert len(set(titles)) == len(titles)
    own = {id: card.words[flow] for id, card in CARDS.items() if flow in card.words}
    assert {id: worded[id].title for id in own} == {id: words.title for id, words in own.items()}
    assert all(words.question.endswith("?") for words in own.values())


def test_words_are_of_the_flows_of_the_card() -> None:
    assert all(set(card.words) <= set(card.flows) for card in CARDS.values())


def test_flows_of_cards_exist() -> None:
    assert {flow for card in CARDS.values() for flow in card.flows} <= set(load_catalog().flows)


def test_school_is_never_pooled() -> None:
    pooled = {"self_containment", "self_sufficiency", "in_rate", "out_rate"}
    assert pooled & set(cards_of_flow(CARDS, "school")) == set()


def test_what_lacks_an_input_is_absent_not_zero() -> None:
    found = evaluate(CARDS, {"first": np.array([2.0]), "last": np.array([3.0])})
    assert set(found) == {"absolute_change"}


def test_an_indicator_may_rest_on_another_given_or_computed() -> None:
    assert evaluate(CARDS, {"external_control": np.array([0.25])})["autonomy"] == [0.75]
    inputs = {"destination_entropy": np.log([2.0]), "destination_count": np.array([2.0])}
    found = evaluate(CARDS, inputs)
    assert found["destination_evenness"] == [1.0]
    assert "destination_entropy" not in found  # given, not found
