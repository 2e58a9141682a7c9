"""All the contestants of a task must give the same answer, or the race proves nothing."""

import math
from collections.abc import Mapping
from typing import Any

CLOSE = 1e-6  # relative: some sum doubles, others exact millionths


def check_agreement(answers: Mapping[str, Any]) -> None:
    """ValueError naming the first contestant that differs. Keys that only some give are free."""
    (first, expected), *others = answers.items()
    for name, answer in others:
        if difference := _difference(expected, answer):
            raise ValueError(f"« {name} » and « {first} » disagree: {difference}")


def _difference(expected: Any, found: Any) -> str:
    if isinstance(expected, Mapping):
        pairs = {key: (expected[key], found[key]) for key in expected.keys() & found.keys()}
        return _first(pairs) if pairs else "nothing in common"
    if isinstance(expected, list | tuple):
        if len(expected) != len(found):
            return f"{len(expected)} items, then {len(found)}"
        return _first(dict(enumerate(zip(expected, found, strict=True))))
    if isinstance(expected, float):
        close = math.isclose(expected, found, rel_tol=CLOSE, abs_tol=CLOSE)
        return "" if close else f"{expected!r}, then {found!r}"
    return "" if expected == found else f"{expected!r}, then {found!r}"


def _first(pairs: Mapping[Any, tuple[Any, Any]]) -> str:
    found = ((key, _difference(*pair)) for key, pair in pairs.items())
    return next((f"{key}: {text}" for key, text in found if text), "")
