"""Where the money of a maquette goes, and what it makes per inhabitant.

A line goes to the commune of its operation, or to the EPCI of that commune. An operation that
spans several is in a row of its own: no share of it is guessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.db.models import Q

from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.engine.edition import Edition
from maillage.observatory.stocks import StockCited, cite_stock
from maillage.operations.maquette.content import Entry
from maillage.operations.maquette.tables import PLACES, By, Table
from maillage.operations.money import cents
from maillage.territory.perimeter import Perimeter, parse_perimeter

POPULATION = "population"


@dataclass(frozen=True)
class Located:
    """``within``: commune -> the place of the breakdown it is in; ``names``: place -> its name."""

    within: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True)
class PerInhabitant:
    """Euros an inhabitant by row of a table, and over the whole perimeter; None where the
    population is not wholly known. ``people`` is the population of the perimeter, its source and
    its year; None when the edition has none for all of it."""

    rows: Mapping[str, Decimal | None]
    total: Decimal | None
    people: StockCited | None


def located(edition: Edition, lines: Iterable[Entry], by: By) -> Located:
    """Empty unless ``by`` is a place; a commune unknown of the edition is named by its code."""
    if by not in PLACES:
        return Located({}, {})
    geography = edition.geography
    codes = {code for entry in lines for code in entry.communes}
    nodes = {code: geography.index[code] for code in codes if code in geography.index}
    if by == "commune":
        return Located(
            {code: code for code in codes},
            {code: geography.names[node] for code, node in nodes.items()},
        )
    try:
        mesh = geography.mesh("epci")
    except KeyError:
        return Located({}, {})
    owner = mesh.unit_of(geography.n_communes)
    units = {code: int(owner[node]) for code, node in nodes.items() if owner[node] >= 0}
    return Located(
        {code: mesh.codes[unit] for code, unit in units.items()},
        {mesh.codes[unit]: mesh.names[unit] for unit in units.values()},
    )


def per_inhabitant(
    edition: Edition, contract: Contract, table: Table, by: By, day: date
) -> PerInhabitant:
    """Of each place for a breakdown by place; else of the perimeter in force that day."""
    people = _people(edition, _perimeter(edition, contract, day))
    whole = _each(table.total, people)
    if by not in PLACES:
        return PerInhabitant(
            {row.key: _each(row.total, people) for row in table.rows}, whole, people
        )
    rows = {
        row.key: _each(row.total, _people(edition, _place(edition, row.key))) for row in table.rows
    }
    return PerInhabitant(rows, whole, people)


def _each(euros: Decimal, people: StockCited | None) -> Decimal | None:
    return None if people is None else cents(euros / Decimal(str(people.value)))


def _people(edition: Edition, perimeter: Perimeter | None) -> StockCited | None:
    """Only where every commune has its own."""
    if perimeter is None or POPULATION not in edition.stocks():
        return None
    found = cite_stock(edition, POPULATION, perimeter)
    return found if found.value and not found.partial else None


def _perimeter(edition: Edition, contract: Contract, day: date) -> Perimeter | None:
    """As the edition knows it: None when one of its communes has gone since."""
    held = contract.perimeters.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    row = held.order_by("since").last()
    codes = [] if row is None else [code for code, _ in row.communes]
    index = edition.geography.index
    if not codes or any(code not in index for code in codes):
        return None
    return Perimeter.of(edition.geography, np.array([index[code] for code in codes]))


def _place(edition: Edition, id: str) -> Perimeter | None:
    """None for what is several places, or none."""
    try:
        return parse_perimeter(id, edition.geography)
    except InputError:
        return None


def labels(table: Table, by: By, names: Mapping[str, str]) -> Mapping[str, str]:
    """French name of each row of a breakdown by place."""
    return {row.key: names.get(row.key, PLACES[by].get(row.key, row.key)) for row in table.rows}
