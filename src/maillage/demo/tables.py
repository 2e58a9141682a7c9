"""What the demonstration is made from, read from the tables of ``data/``."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Any:
    """A table of this room, as plain values."""
    return yaml.safe_load(files("maillage.demo").joinpath(f"data/{name}.yaml").read_bytes())
