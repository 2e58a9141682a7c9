"""A contract in preparation."""

import pytest
from tests.contracts.world import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world()
