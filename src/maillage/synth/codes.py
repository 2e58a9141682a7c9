"""Codes in official forms. Commune numbers start from 999 downwards, SIREN of groupements with
299: ranges that no real commune of the départements used, and no real groupement, occupies."""

import numpy as np

from maillage.synth.graph import Index
from maillage.synth.names import Name

#: Two-digit régions that no longer exist or never did.
REGIONS = (
    *("21", "22", "23", "25", "26", "31", "41", "42"),
    *("43", "54", "72", "73", "74", "82", "83", "91"),
)
#: Drawn from first; their real communes stop well before the numbers used here.
FIRST_DEPARTEMENTS = ("09", "2A", "46", "58", "87", "05", "23", "36", "43", "53", "66", "90")
ALL_DEPARTEMENTS = (*(f"{n:02d}" for n in range(1, 96) if n != 20), "2A", "2B")


def departement_codes(count: int) -> tuple[str, ...]:
    """Codes of ``count`` départements, in the order in which they are numbered here."""
    rest = tuple(code for code in ALL_DEPARTEMENTS if code not in FIRST_DEPARTEMENTS)
    return (*FIRST_DEPARTEMENTS, *rest)[:count]


def place_codes(departement: Index, departements: tuple[str, ...], names: list[Name]) -> list[str]:
    """Code of each place: its département, then its alphabetical rank in it, ending at 999."""
    codes = [""] * len(names)
    for unit, prefix in enumerate(departements):
        inside = sorted(np.flatnonzero(departement == unit), key=lambda node: names[node].plain)
        for number, node in enumerate(inside, start=1000 - len(inside)):
            codes[node] = f"{prefix}{number:03d}"
    return codes


def commune_siren(code: str) -> str:
    """SIREN of a commune as the official ones are built: 21, département, number, key."""
    departement = "20" if code[:2] in ("2A", "2B") else code[:2]
    return with_key(f"21{departement}0{code[2:]}")


def groupement_siren(number: int) -> str:
    return with_key(f"299{number:05d}")


def with_key(body: str) -> str:
    """Appends the Luhn key of a SIREN or SIRET body."""
    digits = [int(c) for c in reversed(body)]
    doubled = [d * 2 - 9 * (d > 4) for d in digits[::2]]
    return body + str(-(sum(doubled) + sum(digits[1::2])) % 10)
