"""Names of files: what they hold, when, of whom; the same on every system."""

import re
import unicodedata
import zlib

LONGEST = 60  # characters that an identifier may take in a name


def stem(what: str, id: str = "", year: int | str = "") -> str:
    """« maillage_flux-domicile-travail_2021_244400404 ». A long identifier becomes its digest."""
    parts = ("maillage", what, str(year), _short(id))
    return "_".join(found for part in parts if (found := safe(part)))


def _short(id: str) -> str:
    return id if len(id) <= LONGEST else f"perimetre-{zlib.crc32(id.encode()):08x}"


def safe(text: str) -> str:
    """Letters without accents, digits, hyphens and plus signs: no path, no quote, no space."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9+.]+", "-", plain).strip("-.")
