"""The roles and the natures of organisations, read from the tables of ``data/``."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Role:
    """``granted`` roles are given by a membership; the others come from how one arrives."""

    id: str
    label: str
    meaning: str
    granted: bool


def table(name: str) -> Any:
    """A table of this room, as plain values."""
    return yaml.safe_load(files("maillage.accounts").joinpath(f"data/{name}.yaml").read_bytes())


ROLES: Mapping[str, Role] = {id: Role(id=id, **entry) for id, entry in table("roles").items()}
#: Legal natures of organisations, id -> French label.
NATURES: Mapping[str, str] = table("natures")
