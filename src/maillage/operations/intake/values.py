"""What a cell of an office's spreadsheet means: a date as people type it, a status, a share."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from unicodedata import combining, normalize

from maillage.common.errors import InputError
from maillage.operations.intake.grids import Value
from maillage.operations.money import cents, parse_amount

#: What people write when they do not know yet, plain: read as unknown, never as zero.
UNKNOWN = frozenset(
    (
        "",
        "nc",
        "n c",
        "nd",
        "n d",
        "so",
        "s o",
        "tbd",
        "x",
        "a definir",
        "a preciser",
        "a chiffrer",
        "en cours",
        "neant",
        "sans objet",
        "inconnu",
    )
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv", "jan"),
            ("fevrier", "fevr", "fev"),
            ("mars",),
            ("avril", "avr"),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("aout",),
            ("septembre", "sept", "sep"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_MONTH = re.compile(r"(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{4}|\d{2})")
_NUMERIC_MONTH = re.compile(r"(\d{1,2})[/-](\d{4})")
_PART = re.compile(
    r"(?:(\d)(?:er|e|eme|nd)? ?(trimestre|trim|semestre|sem|t|s)\.?|(t|s) ?(\d)) ?/?(?:de )?(\d{4})"
)
_CODE = re.compile(r"\d[\dAB]\d{3}")
_YEAR = re.compile(r"(?:courant |debut |fin |mi )?((?:19|20)\d\d)")
_ENDS = {"debut": (1, 1), "mi": (7, 1), "courant": (1, 1), "fin": (12, 31)}
_FIRST_YEAR, _LAST_YEAR = 1990, 2060


@dataclass(frozen=True)
class Read:
    """What was understood. ``note`` tells a reading that is not to the letter; ``problem`` and
    ``remedy`` say why nothing was."""

    value: object = None
    note: str = ""
    problem: str = ""
    remedy: str = ""


def plain(text: str) -> str:
    """Lower case, without accents nor doubled spaces: what comparisons use."""
    bare = "".join(c for c in normalize("NFKD", text.replace("’", "'")) if not combining(c))
    return re.sub(r"[^a-z0-9%€]+", " ", bare.lower()).strip()


def shown(value: Value) -> str:
    """The cell as a person sees it."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
    return value or ""


def read_names(value: Value) -> Read:
    """« Petites villes de demain ; France services » in its parts, each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]", shown(value)))
    return Read(list(dict.fromkeys(part for part in parts if part)) or None)


def read_text(value: Value) -> Read:
    return Read(shown(value) or None)


def read_money(value: Value) -> Read:
    """Euros to the cent. A typed « 150 k€ » is read and said; words are not a number."""
    if value is None or plain(shown(value)) in UNKNOWN:
        return Read(note=f"« {value} » lu comme inconnu" if value else "")
    if isinstance(value, float):
        return _checked_amount(cents(Decimal(repr(value))), value)
    if isinstance(value, date):
        return Read(
            problem="une date à la place d’un montant", remedy="écrivez le montant en euros."
        )
    text = re.sub(r"(?i)\b(?:ht|ttc|euros?)\b|€(?= *(?:ht|ttc))", " ", value)
    text = re.sub(
        r"(?i)(?<=\d) *(k|m) *€?$",
        lambda unit: f" {unit[1].lower() if unit[1] in 'kK' else 'M'}€",
        text.strip(),
    )
    try:
        amount = parse_amount(text)
    except InputError as error:
        return Read(problem="montant illisible", remedy=error.remedy)
    note = f"« {value} » lu comme un montant" if re.search(r"[^\d\s,.€]", value) else ""
    return Read(amount, note)


def _checked_amount(amount: Decimal, value: float) -> Read:
    if amount < 0:
        return Read(problem="montant négatif", remedy="un financement s’écrit sans signe.")
    if 0 < value <= 1:
        return Read(
            problem="une part à la place d’un montant", remedy="écrivez le montant en euros."
        )
    return Read(amount)


def read_date(value: Value, *, end: bool = False) -> Read:
    """A day; of a month, a quarter or a year, its first day, or its last when ``end``."""
    if value is None or plain(shown(value)) in UNKNOWN:
        return Read(note=f"« {value} » lu comme inconnu" if value else "")
    if isinstance(value, date):
        return _in_range(value)
    if isinstance(value, float):
        if value.is_integer() and _FIRST_YEAR <= value <= _LAST_YEAR:
            return _said(date(int(value), 12, 31) if end else date(int(value), 1, 1), shown(value))
        return Read(problem="date illisible", remedy="écrivez-la jj/mm/aaaa.")
    found = _typed_date(plain(value).replace("'", " "), value.strip(), end)
    if found is None:
        return Read(problem="date illisible", remedy="écrivez-la jj/mm/aaaa, ou « mars 2026 ».")
    return found


def _typed_date(text: str, raw: str, end: bool) -> Read | None:
    if match := _ISO.fullmatch(raw.lower()):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY.fullmatch(raw):
        return _day(_century(match[3]), int(match[2]), int(match[1]))
    if (match := _PART.fullmatch(text)) and (months := _part(match)):
        return _said(_edge(int(match[5]), months, end), raw)
    if match := _NUMERIC_MONTH.fullmatch(raw):
        number = int(match[1])
        if not 1 <= number <= 12:
            return None
        return _said(_edge(int(match[2]), (number, number), end), raw)
    if (match := _MONTH.fullmatch(text)) and (month := _MONTHS.get(match[2])):
        year = _century(match[3])
        if match[1]:
            return _day(year, month, int(match[1]))
        return _said(_edge(year, (month, month), end), raw)
    if match := _YEAR.fullmatch(text):
        word = text.split(" ")[0]
        month, day = _ENDS.get(word, (12, 31) if end else (1, 1))
        return _said(date(int(match[1]), month, day), raw)
    return None


def _part(match: re.Match[str]) -> tuple[int, int] | None:
    """First and last months of a quarter or a half-year."""
    number = int(match[1] or match[4])
    length = 3 if (match[2] or match[3]).startswith("t") else 6
    last = number * length
    return (last - length + 1, last) if 1 <= number <= 12 // length else None


def _edge(year: int, months: tuple[int, int], end: bool) -> date:
    if not end:
        return date(year, months[0], 1)
    following = date(year + months[1] // 12, months[1] % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _day(year: int, month: int, day: int) -> Read:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return Read(problem="ce jour n’existe pas", remedy="vérifiez le jour et le mois.")


def _in_range(day: date) -> Read:
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return Read(day)
    return Read(problem=f"année {day.year} hors de portée", remedy="vérifiez l’année.")


def _said(day: date, raw: str) -> Read:
    return Read(day, note=f"« {raw} » lu comme le {day:%d/%m/%Y}")


def _century(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def read_tax(value: Value) -> Read:
    """« HT » or « TTC »."""
    text = plain(shown(value))
    if text in UNKNOWN:
        return Read()
    known = {"ht": "ht", "hors taxes": "ht", "ttc": "ttc", "toutes taxes comprises": "ttc"}
    if text in known:
        return Read(known[text])
    return Read(problem="mot inconnu", remedy="écrivez « HT » ou « TTC ».")


def read_codes(value: Value) -> Read:
    """Official codes of communes: five characters each, apart."""
    text = shown(value).upper()
    found = [part for part in re.split(r"[^0-9AB]+", text) if part]
    if not found:
        return Read()
    if all(_CODE.fullmatch(code) for code in found) and not re.search(r"[C-Z]", text):
        return Read(found)
    return Read(
        problem="code de commune illisible",
        remedy="écrivez les codes Insee de cinq caractères, séparés par une espace.",
    )
