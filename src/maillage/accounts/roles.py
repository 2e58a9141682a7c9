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
    given_by: tuple[str, ...] = ()


def table(name: str) -> Any:
    """A table of this room, as plain values."""
    return yaml.safe_load(files("maillage.accounts").joinpath(f"data/{name}.yaml").read_bytes())


def _role(id: str, entry: dict[str, Any]) -> Role:
    return Role(id=id, **{**entry, "given_by": tuple(entry.get("given_by", ()))})


ROLES: Mapping[str, Role] = {id: _role(id, entry) for id, entry in table("roles").items()}
#: Legal natures of organisations, id -> French label.
NATURES: Mapping[str, str] = table("natures")
