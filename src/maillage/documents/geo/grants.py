"""Grants of the State as a layer: a surface an owner, with what its projects received."""

from collections.abc import Iterable
from decimal import Decimal

from maillage.documents.geo.layers import PLACES, Atlas
from maillage.documents.geo.places import places_atlas
from maillage.documents.tables.grants import BEYOND, INSIDE
from maillage.documents.tables.values import Column, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.grants import GrantCited, Grants
from maillage.territory.perimeter import Perimeter, parse_perimeter

COLUMNS = (
    Column("territory", "Code du bénéficiaire", Kind.CODE),
    Column("name", "Bénéficiaire"),
    Column("count", "Projets", Kind.NUMBER),
    Column("subsidy", "Subventions (€)", Kind.NUMBER),
    Column("cost", "Coûts connus (€)", Kind.NUMBER),
    Column("unpriced", "Projets sans coût connu", Kind.NUMBER),
    Column("counted", "Compté"),
    Column("year", "Année", Kind.YEAR),
)


def grants_atlas(workbook: Workbook, answer: Grants, edition: Edition, here: Perimeter) -> Atlas:
    """Owners inside the territory and those that reach beyond, the larger ones underneath."""
    held = {grant.owner_id: INSIDE for grant in answer.grants}
    held |= {grant.owner_id: BEYOND for grant in answer.shared}
    owners = [parse_perimeter(id, edition.geography) for id in held]
    rows = [
        _row(id, owner, [g for g in (*answer.grants, *answer.shared) if g.owner_id == id], counted)
        for (id, counted), owner in zip(held.items(), owners, strict=True)
    ]
    order = sorted(range(len(rows)), key=lambda n: (-len(owners[n].communes), owners[n].id))
    lines = tuple((*rows[n], answer.year) for n in order)
    told = Table(PLACES, "Bénéficiaires", COLUMNS, lines)
    return places_atlas(workbook, edition, here, [owners[n] for n in order], told)


def _row(id: str, owner: Perimeter, grants: Iterable[GrantCited], counted: str) -> Row:
    """Rounded after summing; a cost that nobody knows is no zero."""
    held = list(grants)
    priced = [grant.cost for grant in held if grant.cost is not None]
    cost = _euros(sum(priced, Decimal(0))) if priced else _euros(None)
    subsidy = _euros(sum((grant.subsidy for grant in held), Decimal(0)))
    return (id, owner.name, len(held), subsidy, cost, len(held) - len(priced), counted)


def _euros(amount: Decimal | None) -> Measure:
    return Measure(None if amount is None else float(amount), "eur")
