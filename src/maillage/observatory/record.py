"""An answer as plain values, for JSON: the same figures whatever the face that shows them."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np


def record(answer: Any) -> Any:
    """Dataclasses become objects, enums their value, unknown figures null; exact otherwise.

    An amount of money becomes a number, as every other figure: a double gives any amount below
    ten million million euros back to the cent.
    """
    match answer:
        case Enum():
            return answer.value
        case str() | bool() | int() | None:
            return answer
        case float():
            return None if math.isnan(answer) else float(answer)
        case Decimal():
            return float(answer)
        case np.generic():
            return record(answer.item())
        case np.ndarray():
            return [record(item) for item in answer.tolist()]
        case Mapping():
            return {str(record(key)): record(item) for key, item in answer.items()}
        case list() | tuple():
            return [record(item) for item in answer]
    if is_dataclass(answer):
        return {f.name: record(getattr(answer, f.name)) for f in fields(answer)}
    raise TypeError(f"{type(answer).__name__} has no plain form")
