"""What the room knows as data: kinds of committees, what an agenda may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


def _table(name: str) -> Any:
    return yaml.safe_load(files("maillage.governance").joinpath(f"data/{name}.yaml").read_bytes())


@dataclass(frozen=True)
class Kind:
    """``article``: « du copil ». ``instance`` is an id of the table of decisions."""

    label: str
    short: str
    article: str
    instance: str
    meaning: str


@dataclass(frozen=True)
class ItemKind:
    """``about``: operation, avenant, year or nothing; ``kind``: of the decision it calls for."""

    label: str
    about: str
    kind: str


_COMMITTEES = _table("committees")
KINDS: Mapping[str, Kind] = {id: Kind(**line) for id, line in _COMMITTEES["kinds"].items()}
LEVELS: Mapping[str, str] = _COMMITTEES["levels"]
QUALITIES: Mapping[str, str] = _COMMITTEES["qualities"]
FORMATIONS: Mapping[str, str] = _COMMITTEES["formations"]
STATUSES: Mapping[str, str] = _COMMITTEES["statuses"]
PRESENCES: Mapping[str, str] = _COMMITTEES["presences"]
ITEMS: Mapping[str, ItemKind] = {id: ItemKind(**line) for id, line in _table("agenda").items()}
