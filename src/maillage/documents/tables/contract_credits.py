"""The State’s credits in the contracts somebody follows, as a table: a row a contract."""

from collections.abc import Iterator
from decimal import Decimal

from maillage.documents.tables.facts import FICTIONAL
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.steering.credits.contracts import Followed

COLUMNS = (
    Column("contract", "Contrat", Kind.CODE),
    Column("name", "Nom", short=True),
    Column("inhabitants", "Habitants", Kind.NUMBER, short=True),
    Column("lines", "Lignes", Kind.NUMBER),
    Column("asked", "Demandé (€)", Kind.NUMBER, short=True),
    Column("notified", "Notifié (€)", Kind.NUMBER, short=True),
    Column("agreed", "Conventionné (€)", Kind.NUMBER, short=True),
    Column("paid", "Payé (€)", Kind.NUMBER, short=True),
    Column("per_inhabitant", "Notifié par habitant (€)", Kind.NUMBER, short=True),
    Column("status", "État des sommes"),
)
SHOWN = (
    "Lignes de l’État que votre rôle donne à lire, sans les demandes refusées ni caduques, sans "
    "les opérations abandonnées. Un même territoire peut être dans deux contrats."
)
LEAST = "au moins : les parties y ont des lignes qui ne sont pas ouvertes"


def contract_credits_workbook(answer: Followed, edition: Edition, source: str) -> Workbook:
    """``source``: the one fund asked for, as people call it; empty for all those of the State."""
    title = f"Crédits de l’État par contrat{f' : {source}' if source else ''}"
    return Workbook(
        stem=stem("credits-par-contrat", source),
        title=title,
        tables=(Table("contracts", title, COLUMNS, tuple(_rows(answer))),),
        facts=(
            Fact("geography", "Population", f"communes au 1er janvier {edition.geography.cog}"),
            Fact("shown", "Ce qui est compté", SHOWN, repeated=True),
        ),
        notes=(SHOWN, *[FICTIONAL] * edition.fictional),
    ).told(
        Fact("fiction", "Statut", FICTIONAL if edition.fictional else "", repeated=True),
        Fact("edition", "Millésime de Maillage", edition.id, repeated=True),
    )


def _rows(answer: Followed) -> Iterator[Row]:
    """Without any line read, amounts are unknown, not nil."""
    for one in answer.contracts:
        known = one.lines > 0
        amounts = (one.asked, one.notified, one.agreed, one.paid)
        yield (
            one.contract.slug,
            one.contract.name,
            one.inhabitants,
            one.lines,
            *(_euros(amount if known else None) for amount in amounts),
            None if one.per_inhabitant is None else round(one.per_inhabitant, 2),
            "" if one.whole else LEAST,
        )


def _euros(amount: Decimal | None) -> Measure:
    return Measure(None if amount is None else float(amount), "eur")
