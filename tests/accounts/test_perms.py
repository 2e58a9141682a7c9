"""The table of rights: whole, closed by default, and read the same way for every role."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from maillage.accounts.perms import (
    ONLY,
    RIGHTS,
    SCOPES,
    Subject,
    UnknownActionError,
    can,
    givable,
    lacks_second_factor,
    scope,
    who_may,
)
from maillage.accounts.roles import ROLES
from maillage.accounts.viewers import ANONYMOUS, Capacity, Viewer

HERE = Subject(
    contract_id=7,
    places=frozenset({"pays", "dep-44"}),
    organisations=frozenset({3}),
    parties=frozenset({3}),
)
SOURCE = Path(__file__).parents[2] / "src/maillage"


def viewer(role, *, contract=None, places=(), organisation=1, strong=True):
    if role == "public":
        return ANONYMOUS
    if role == "link_reader":
        return Viewer(link_contract_id=contract, strong=strong)
    if role == "site_operator":
        return Viewer(person_id=1, is_operator=True, strong=strong)
    capacity = Capacity(role, organisation, "Organisme", frozenset(places), contract)
    return Viewer(person_id=1, capacities=(capacity,), strong=strong)


@pytest.mark.parametrize("action", RIGHTS)
def test_the_table_uses_its_own_words_only(action):
    right = RIGHTS[action]
    assert right.label
    assert set(right.roles) <= set(ROLES)
    assert set(right.roles.values()) <= set(SCOPES)
    assert right.only in ONLY
    assert not (right.writes and {"public", "link_reader"} & set(right.roles))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", RIGHTS)
def test_every_role_on_every_action(role, action):
    """Each cell of the matrix, against what its word means: here, elsewhere, published or not."""
    word = scope(role, action)
    reach = {"contract": 7} if role == "link_reader" else {}
    named = viewer(role, contract=7, organisation=3)
    around = viewer(role, places={"dep-44"}, organisation=3, **reach)
    elsewhere = viewer(role, contract=8, places={"dep-49"}, organisation=3)
    other_body = viewer(role, places={"dep-44"}, organisation=1, **reach)
    shown = replace(HERE, published=True)
    by_arrival = role in {"public", "link_reader", "site_operator"}
    everybody = RIGHTS[action].roles.get("public") == "always"
    expected = {
        "never": (False, False, False, False),
        "contract": (True, role == "link_reader", False, role == "link_reader"),
        "places": (True, True, False, True),
        "party": (True, True, False, False),
        "own": (True, True, False, False),
        "always": (True, True, True, True),
    }["always" if everybody else word]
    got = tuple(can(v, action, shown) for v in (named, around, elsewhere, other_body))
    assert got == expected, (role, action, word, by_arrival)
    if RIGHTS[action].only == "published":
        assert not can(named, action, HERE)


@pytest.mark.parametrize("action", [id for id, right in RIGHTS.items() if right.writes])
def test_nothing_is_written_without_a_second_factor(action):
    for role in RIGHTS[action].roles:
        strong, weak = (
            viewer(role, contract=7, organisation=3, strong=yes) for yes in (True, False)
        )
        assert can(strong, action, HERE)
        assert not can(weak, action, HERE)
        assert lacks_second_factor(weak, action, HERE)


def test_an_unknown_action_is_a_fault():
    with pytest.raises(UnknownActionError):
        can(viewer("prefecture"), "contract.burn", HERE)


def test_the_region_reads_and_never_leads():
    assert scope("region", "contract.read") == "places"
    assert scope("region", "contract.edit") == "never"


def test_nobody_outside_the_state_gives_a_role_of_the_state():
    state = {"sous_prefecture", "prefecture", "sgar", "state_service", "anct"}
    for role in ROLES.values():
        assert bool(role.given_by) == role.granted
        assert set(role.given_by) <= set(ROLES)
        if role.id in state:
            assert set(role.given_by) <= state | {"site_operator"}
    lead = viewer("project_lead", contract=7)
    assert "elected" in givable(lead, "access.invite", HERE)
    assert not state & set(givable(lead, "access.invite", HERE))
    assert givable(viewer("elected", contract=7), "access.invite", HERE) == []
    assert "prefecture" in givable(viewer("site_operator"), "site.invite")


def test_what_one_may_close_is_what_one_may_give():
    """A chef de projet closes no access of the State; nobody closes more than they give."""
    state = {"sous_prefecture", "prefecture", "sgar", "state_service", "anct"}
    assert not state & set(givable(viewer("project_lead", contract=7), "access.close", HERE))
    assert "prefecture" not in givable(viewer("sous_prefecture", contract=7), "access.close", HERE)
    assert "anct" in givable(viewer("sgar", contract=7), "access.close", HERE)
    for role in ROLES:
        closed = givable(viewer(role, contract=7), "access.close", HERE)
        assert all(role in ROLES[one].given_by for one in closed)


def test_who_may_is_said_in_french():
    assert who_may("strategy.edit") == ["Chef de projet", "Agence d’urbanisme"]


def test_every_action_asked_by_the_code_is_in_the_table():
    asked = re.compile(r"\b(?:can|may|allowed|require|who_may)\([^()\"]*\"([a-z_]+\.[a-z_]+)\"")
    found = {
        action
        for path in SOURCE.rglob("*.py")
        for action in asked.findall(path.read_text(encoding="utf-8"))
    }
    assert found
    assert found <= set(RIGHTS)
