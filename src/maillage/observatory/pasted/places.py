"""One text: the territory that it names, or why none."""

import re
from dataclasses import dataclass
from functools import lru_cache

from maillage.common.errors import InputError
from maillage.common.french import of
from maillage.engine.edition import Edition
from maillage.observatory.search import STATISTICAL, Hit, search_index
from maillage.observatory.search_text import plain
from maillage.territory.codes import fold_arrondissement
from maillage.territory.former import FormerCommune
from maillage.territory.perimeter import parse_perimeter
from maillage.territory.units import COMMUNE, KnownUnit, unit_index

#: Longest text that may be a name.
MAX_TEXT = 120
CHOICES = 6  # territories proposed for a text that names none or several
_SPACED = re.compile(r"\d{3}[\s\u202f\u00a0]\d{3}[\s\u202f\u00a0]\d{3}")
_ADDRESS = re.compile(r"https?://\S*?/territoires/([0-9A-Za-z@+._-]+)/\S*|(\S+\+\S+|z\d\d\.\S+)")
_ID = re.compile(r"[0-9A-Za-z]+(?:[-_.][0-9A-Za-z]+)*(?:@\d{4})?")
_NUMBER = re.compile(r"\d+|2[AB]\d*", re.I)
_ASK = "cherchez-le par son nom, ou retirez-le."


@dataclass(frozen=True)
class Found:
    """A territory of today; ``note`` is a French sentence where it is not what was written."""

    id: str
    name: str
    level: str
    note: str = ""


@dataclass(frozen=True)
class Unclear:
    """What cannot be taken as it stands; ``choices`` are the territories it may be."""

    problem: str
    remedy: str
    choices: tuple[Hit, ...] = ()


Place = Found | Unclear


def place(edition: Edition, text: str, prefix: str = "") -> Place:
    """What a text names: a code, a SIREN, an id, an address of this site, else a whole name.

    ``prefix`` comes before bare numbers: ``dep-`` in a column of départements.
    """
    cleaned = bare(text)
    return (
        code_place(edition, cleaned, prefix)
        or _linked(edition, cleaned)
        or _called(edition, cleaned)
    )


def bare(text: str) -> str:
    """Without blanks, quotes, spreadsheet armour (``="01004"``), nor the « .0 » of numbers."""
    code = " ".join(text.split()).removeprefix("=")
    code = re.sub(r"^[\"'“”«»\s]+|[\"'“”«»\s]+$", "", code)
    if code.endswith(".0") and code[:-2].isdecimal():
        return code[:-2]
    return code.replace(" ", "").replace("\u202f", "") if _SPACED.fullmatch(code) else code


def code_place(edition: Edition, code: str, prefix: str = "") -> Place | None:
    """None when the text has not the form of a code."""
    if len(code) > MAX_TEXT or not code.isascii() or not _ID.fullmatch(code):
        return None
    index = unit_index(edition.geography)
    for spelt in _spellings(code, prefix):
        if (unit := index.named(spelt)) is not None:
            return _found(unit)
    if not _NUMBER.fullmatch(code):
        return None
    return _changed_commune(edition, code.upper()) or _no_code(edition, code.upper())


def _spellings(code: str, prefix: str) -> tuple[str, ...]:
    """As ids are written: « dep-2A », whatever the case, and « dep-01 » in a column of numbers."""
    kind, dash, number = code.partition("-")
    own = f"{kind.lower()}-{number.upper()}" if dash else code.upper()
    return (f"{prefix}{code.upper().zfill(2)}", code, own) if prefix else (code, own)


def proposed(edition: Edition, text: str) -> tuple[Hit, ...]:
    """Territories whose name looks like this one: takes some time, so not for thousands."""
    return tuple(search_index(edition.geography).find(text[:MAX_TEXT], CHOICES))


def _found(unit: KnownUnit, note: str = "") -> Found:
    return Found(unit.id, unit.name, unit.level, note)


def _changed_commune(edition: Edition, code: str) -> Place | None:
    """A code without its leading zero, of an arrondissement, or of a commune that is no more."""
    full = f"0{code}" if len(code) == 4 and code.isdecimal() else code
    restored = f"« {code} » se lit {full} : son zéro de tête est rétabli. " if full != code else ""
    index = unit_index(edition.geography)
    whole = fold_arrondissement(full)
    if (unit := index.named(whole)) is not None:
        note = "" if whole == full else _arrondissement(full, unit)
        return _found(unit, (restored + note).strip())
    former = edition.former_communes.get(full)
    if former is None:
        return None
    if len(former.lies) > 1:
        return _split(edition, former)
    unit = index.named(former.lies[0][0])
    return None if unit is None else _found(unit, restored + _joined(former, unit))


def _arrondissement(code: str, unit: KnownUnit) -> str:
    return (
        f"{code} est un arrondissement municipal : la commune entière, {unit.name} ({unit.id}), "
        "est prise."
    )


def _joined(former: FormerCommune, unit: KnownUnit) -> str:
    called = f"{former.name} ({former.code})" if former.name else former.code
    return (
        f"{called} n’est plus une commune : elle fait partie {of(unit.name)} ({unit.id}), "
        "qui est prise entière."
    )


def _split(edition: Edition, former: FormerCommune) -> Unclear:
    hits = (proposed(edition, code)[:1] for code, _ in former.lies)
    return Unclear(
        problem=f"{former.name or former.code} n’est plus une commune : ses terres sont partagées "
        "entre plusieurs.",
        remedy="gardez celles que vous voulez.",
        choices=tuple(hit for found in hits for hit in found),
    )


def _no_code(edition: Edition, code: str) -> Unclear:
    year = edition.geography.cog
    if len(code) <= 3:
        return Unclear(
            problem="ce numéro peut être celui d’un département ou d’une région.",
            remedy=f"écrivez « dep-{code} » ou « reg-{code} ».",
        )
    if len(code) == 9:
        return Unclear(f"aucun groupement connu en {year} n’a ce numéro SIREN.", _ASK)
    if len(code) == 14:
        return Unclear(
            "c’est un numéro SIRET, qui désigne un établissement.",
            "gardez les neuf premiers chiffres : le SIREN du groupement.",
        )
    if len(code) in (4, 5):
        return Unclear(f"aucune commune n’a ce code en {year}, ni ne l’a eu avant.", _ASK)
    return Unclear("ce n’est ni un code de commune ni un numéro SIREN.", _ASK)


def _linked(edition: Edition, text: str) -> Place | None:
    """An address of a territory, or an id that joins several."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    try:
        perimeter = parse_perimeter(match[1] or match[2], edition.geography)
    except InputError as error:
        return Unclear(error.problem, error.remedy)
    return Found(perimeter.id, perimeter.name, perimeter.level)


def _called(edition: Edition, text: str) -> Place:
    hits = search_index(edition.geography).called(text[:MAX_TEXT]) if plain(text) else []
    elected = [hit for hit in hits if hit.level not in STATISTICAL] or hits
    communes = [hit for hit in elected if hit.level == COMMUNE]
    if len(elected) == 1:
        return Found(elected[0].id, elected[0].name, elected[0].level)
    if elected:
        several = "plusieurs communes" if len(communes) > 1 else "plusieurs territoires"
        return Unclear(
            f"{several} portent ce nom.",
            "choisissez, ou écrivez un code.",
            tuple(elected[:CHOICES]),
        )
    return _formerly_called(edition, text) or Unclear(
        "aucun territoire ne porte ce nom.", "corrigez-le, écrivez son code ou retirez-le."
    )


def _formerly_called(edition: Edition, text: str) -> Place | None:
    codes = _former_names(edition).get(plain(text), ())
    if len(codes) > 1:
        listed = ", ".join(codes)
        return Unclear(
            "plusieurs communes disparues portaient ce nom.", f"écrivez son code : {listed}."
        )
    return _changed_commune(edition, codes[0]) if codes else None


@lru_cache(maxsize=2)
def _former_names(edition: Edition) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for former in edition.former_communes.values():
        if name := plain(former.name):
            names[name] = (*names.get(name, ()), former.code)
    return names
