"""The numbers people give operations, in the order people read them."""


def rank_of(number: str) -> tuple[tuple[int, int, str], ...]:
    """« 2.10 » comes after « 2.9 », figures before letters."""
    parts = number.replace("-", ".").split(".")
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
