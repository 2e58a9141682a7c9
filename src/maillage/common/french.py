"""French typography for everything a person reads: numbers, percentages, dates, lists, articles.

Rules: Lexique des règles typographiques en usage à l’Imprimerie nationale (thousands by narrow
no-break spaces, decimal comma, no-break space before a unit, spaces inside « guillemets »).
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
#: What stands in place of a figure that is not known. Never a zero.
UNKNOWN = f"n.{NO_BREAK}d."

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)
#: Names that start with a mute h or a vowel take an elision; these aspirated ones do not.
_ASPIRATED = re.compile(r"h(?:a(?:gue|guenau|lluin|ut|ye|zebrouck)|autes?|énin|érouville)\b", re.I)
_VOWELS = "aeiouyàâäéèêëîïôöûüœæh"
_ARTICLES = {"le ": "du ", "les ": "des "}


def number(value: float | None, decimals: int = 0) -> str:
    """``12345.6`` with one decimal: « 12 345,6 ». ``UNKNOWN`` when there is no figure."""
    if value is None or math.isnan(value):
        return UNKNOWN
    text = f"{abs(value):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    is_zero = not text.strip(f"0,{NARROW}")
    return text if value >= 0 or is_zero else MINUS + text


def signed(value: float | None, decimals: int = 0) -> str:
    """As ``number``, with its plus sign: a balance says which way it leans."""
    text = number(value, decimals)
    gains = value is not None and value > 0 and text.strip(f"0,{NARROW}")
    return f"+{text}" if gains else text


def percent(share: float | None, decimals: int = 1) -> str:
    """``0.384``: « 38,4 % »."""
    return quantity(None if share is None else 100 * share, "%", decimals)


def quantity(value: float | None, unit: str, decimals: int = 0) -> str:
    """A number and its unit, never parted by the end of a line."""
    text = number(value, decimals)
    return text if text == UNKNOWN else f"{text}{NO_BREAK}{unit}"


def euros(value: float | None) -> str:
    """An amount in euros, as one says it: « 845 € », « 12,3 M€ », « 1,2 Md€ »."""
    for unit, scale in (("Md€", 1e9), ("M€", 1e6)):
        if value is not None and abs(value) >= scale:
            return quantity(value / scale, unit, 1)
    return quantity(value, "€")


def measure(value: float | None, unit: str, decimals: int = 1) -> str:
    """The value of an indicator, with the unit its card names: a share is shown in percent."""
    match unit:
        case "share":
            return percent(value, decimals)
        case "gap":
            return quantity(None if value is None else 100 * value, "points", decimals)
        case "percent":
            return quantity(value, "%", decimals)
        case "permil":
            return quantity(value, "‰", decimals)
        case "km":
            return quantity(value, "km", decimals)
        case "eur":
            return euros(value)
        case _:
            return number(value, decimals)


def plural(count: float, singular: str, several: str | None = None) -> str:
    """The word that agrees with the count; French is singular below two, zero included."""
    return singular if abs(count) < 2 else several or f"{singular}s"


def counted(count: float, singular: str, several: str | None = None) -> str:
    """« 1 commune », « 1 255 communes »: agrees with the number as shown."""
    return quantity(count, plural(round(count), singular, several))


def long_date(day: date) -> str:
    """« 1er janvier 2025 »."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal}{NO_BREAK}{MONTHS[day.month - 1]} {day.year}"


def listing(items: Sequence[str], link: str = "et") -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {link} {items[-1]}"


def of(name: str) -> str:
    """« de Nantes », « d’Angers », « du Mans », « des Sables-d’Olonne »."""
    for article, contracted in _ARTICLES.items():
        if name.lower().startswith(article):
            return contracted + name[len(article) :]
    elides = name[:1].lower() in _VOWELS and not _ASPIRATED.match(name)
    return f"d’{name}" if elides else f"de {name}"


def lowered(label: str) -> str:
    """A label inside a sentence: « commune associée », but « État » and « SCoT »."""
    kept = label.startswith("État") or not label[1:2].islower()
    return label if kept else label[:1].lower() + label[1:]


#: What counts are of, here: a line never ends between a number and one of these.
_COUNTED = (
    "actifs|ans|communautés|communes|comparables|départements|élèves|établissements|habitants|"
    "intercommunalités|métropoles|personnes|régions|territoires|voisins"
)
_COUNT = re.compile(rf"(?<=\d) (?=(?:{_COUNTED})\b)")
_AFTER_NUMBER, _THOUSANDS = re.compile(r"\d "), re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
#: In order: a quotation mark takes the place of its own space, then brings a no-break one.
_SPACED = (
    *(("« ", "«"), ("«", f"«{NO_BREAK}"), (" »", "»"), ("»", f"{NO_BREAK}»")),
    *((f" {sign}", f"{NO_BREAK}{sign}") for sign in ":%€"),
    *((f" {sign}", f"{NARROW}{sign}") for sign in ";!?"),
)


def typeset(text: str) -> str:
    """Running text with the apostrophes and no-break spaces French wants.

    Plain replacements wherever they do: a page may hold five thousand lines of such text.
    """
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    for told, wanted in _SPACED:
        text = text.replace(told, wanted)
    if not _AFTER_NUMBER.search(text):
        return text
    return _THOUSANDS.sub(NARROW, _COUNT.sub(NO_BREAK, text))


#: Letter -> what it is filed under: « Île » among the I, « œuvre » as « oeuvre », « Nuñez » as
#: « nunez »; an apostrophe or a hyphen as a space. Every accented Latin letter of one’s neighbours.
FILED: Mapping[str, str] = {
    letter: plain
    for letters, plain in (
        *(("àáâãäåÀÁÂÃÄÅ", "a"), ("çÇ", "c"), ("èéêëÈÉÊË", "e"), ("ìíîïÌÍÎÏ", "i"), ("ñÑ", "n")),
        *(("òóôõöøÒÓÔÕÖØ", "o"), ("ùúûüÙÚÛÜ", "u"), ("ýÿÝŸ", "y"), ("œŒ", "oe"), ("æÆ", "ae")),
        *(("ß", "ss"), ("’'-", " ")),
    )
    for letter in letters
}
_FILED = str.maketrans(dict(FILED))


def filed(text: str) -> str:
    """What a list in French order sorts a text by: no accent, no capital."""
    return text.translate(_FILED).lower()
