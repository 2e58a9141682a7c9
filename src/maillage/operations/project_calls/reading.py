"""A table of calls for projects, read: a row each, its doubts beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from maillage.accounts.roles import NATURES
from maillage.common.errors import InputError
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.fields import source_named
from maillage.operations.intake.grids import Grid, Value
from maillage.operations.intake.values import Read, plain, read_date, read_money, shown
from maillage.operations.iso37101 import headings

#: Headings of each field: ours first, then those it is also read under.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("Nom de l’appel", "Nom", "Appel à projets", "Intitulé"),
    "funder": ("Financeur", "Porteur de l’aide", "Organisme"),
    "source": ("Source de financement", "Source"),
    "opens_on": ("Ouverture", "Date d’ouverture"),
    "closes_on": ("Clôture", "Date de clôture", "Échéance"),
    "link": ("Lien", "Adresse", "URL"),
    "owners": ("Porteurs éligibles", "Bénéficiaires"),
    "themes": ("Thèmes", "Domaines d’action"),
    "minimum": ("Minimum", "Montant minimum"),
    "maximum": ("Maximum", "Montant maximum"),
    "rate": ("Taux", "Taux maximum"),
}
MOST = 500
_LONGEST = {"name": 250, "funder": 200, "link": 400}


@dataclass(frozen=True)
class CallRow:
    """``values`` of one call; ``problems`` keep it out, each with what to do."""

    row: int
    values: Mapping[str, Any]
    problems: tuple[str, ...]


def read_calls(grids: Sequence[Grid]) -> tuple[CallRow, ...]:
    """Of the first sheet that has the headings. InputError when none has, or beyond ``MOST``."""
    for grid in grids:
        columns = _columns(grid)
        if {"name", "funder"} <= columns.keys():
            rows = tuple(_rows(grid, columns))
            if len(rows) > MOST:
                raise InputError(
                    problem=f"ce tableau a plus de {MOST} appels.",
                    remedy="gardez ceux de votre territoire.",
                )
            return rows
    raise InputError(
        problem="ce tableau n’a pas les colonnes « Nom de l’appel » et « Financeur ».",
        remedy="partez du modèle.",
    )


def _columns(grid: Grid) -> dict[str, int]:
    heads = [plain(shown(value)) for value in grid.rows[0]]
    found: dict[str, int] = {}
    for field, names in COLUMNS.items():
        place = next((heads.index(plain(name)) for name in names if plain(name) in heads), None)
        if place is not None:
            found[field] = place
    return found


def _rows(grid: Grid, columns: Mapping[str, int]) -> Iterator[CallRow]:
    for number, cells in enumerate(grid.rows[1:], start=2):
        if all(value is None for value in cells):
            continue
        values: dict[str, Any] = {}
        problems = []
        for field, place in columns.items():
            read = _read(field, cells[place])
            if read.problem:
                problems.append(f"{COLUMNS[field][0]} : {read.problem} ; {read.remedy}")
            elif read.value is not None:
                values[field] = read.value
        problems += checked(values)
        yield CallRow(number, values, tuple(problems))


def _read(field: str, cell: Value) -> Read:
    text = shown(cell).strip()
    match field:
        case "opens_on" | "closes_on":
            return read_date(cell, end=field == "closes_on")
        case "minimum" | "maximum":
            return read_money(cell)
        case "rate":
            return _rate(cell)
        case "owners":
            return _several(text, NATURES)
        case "themes":
            return _several(text, {id: card.title for id, card in headings("issue").items()})
        case "source":
            found = source_named(text)
            if text and found not in funding_sources():
                return Read(problem="source inconnue", remedy="reprenez un nom de la page Sources.")
            return Read(found or None)
    if len(text) > _LONGEST[field]:
        return Read(problem="texte trop long", remedy="raccourcissez-le.")
    return Read(text or None)


def _rate(cell: Value) -> Read:
    """« 80 % », 80 or 0,8: a share from 0 to 1."""
    text = shown(cell).replace("%", "").replace(",", ".").strip()
    if not text:
        return Read()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Read(problem="taux illisible", remedy="écrivez « 80 % ».")
    share = number / 100 if number > 1 else number
    if not 0 < share <= 1:
        return Read(problem="taux hors de 0 à 100 %", remedy="corrigez-le.")
    return Read(share)


def _several(text: str, known: Mapping[str, str]) -> Read:
    named = {plain(title): id for id, title in known.items()} | {id: id for id in known}
    parts = [part.strip() for part in text.split(";") if part.strip()]
    wrong = [part for part in parts if plain(part) not in named and part not in named]
    if wrong:
        told = " ; ".join(known.values())
        return Read(problem=f"« {wrong[0]} » inconnu", remedy=f"choisissez parmi : {told}.")
    return Read([named.get(part) or named[plain(part)] for part in parts] or None)


def checked(values: Mapping[str, Any]) -> list[str]:
    """What is wrong with a call, whoever wrote it."""
    found = [
        f"{COLUMNS[name][0]} : à remplir" for name in ("name", "funder") if not values.get(name)
    ]
    opens, closes = values.get("opens_on"), values.get("closes_on")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        found.append("la clôture précède l’ouverture : corrigez l’une des dates")
    least, most = values.get("minimum"), values.get("maximum")
    if least is not None and most is not None and most < least:
        found.append("le maximum est inférieur au minimum : corrigez l’un des montants")
    link = values.get("link")
    if link and not str(link).startswith(("https://", "http://")):
        found.append("le lien ne commence pas par « https:// » : copiez l’adresse entière")
    return found
