"""Dates, labels and codes as the files write them."""

import re
import unicodedata

from maillage.common.french import MONTHS

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DAY_FIRST = re.compile(r"(\d\d?)[-/_](\d\d)[-/_](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/_](\d\d)[-/_](\d\d)")
_IN_WORDS = re.compile(rf"(\d\d?)(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})")

#: Insee's abbreviations where they differ.
_NATURES = {"ME": "METRO", "METLYON": "MET69", "MET": "METRO"}


def iso_date(text: str) -> str:
    """A date of the files (28-06-2021, 2021-06-28, 9 décembre 2016) in ISO; empty when none."""
    if found := _YEAR_FIRST.search(text):
        return "-".join(found.groups())
    if found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
        return f"{year}-{month}-{int(day):02d}"
    if found := _IN_WORDS.search(text):
        day, name, year = found.groups()
        return f"{year}-{MONTHS.index(name) + 1:02d}-{int(day):02d}"
    return ""


def nature(text: str) -> str:
    """A legal nature in the abbreviation of Banatic, whatever that of the file."""
    return _NATURES.get(text, text)


def label(text: str) -> str:
    """A label without the dash or the rank some files put before it."""
    return re.sub(r"^(\d\d )?- ", "", text.strip())


def unit_code(text: str) -> str:
    """The text itself when it can live in a URL, else its letters and digits joined by dashes."""
    if _SAFE.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
