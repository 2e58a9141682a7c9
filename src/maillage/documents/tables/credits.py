"""A split of credits as tables: a row a territory, how the total closes, years, criteria."""

from collections.abc import Iterator
from decimal import Decimal

from maillage.common.french import listing
from maillage.documents.tables.facts import FICTIONAL, file_text, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Cell, Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.steering.credits.answer import CreditSplit, TerritoryShare
from maillage.wording.credits import WARNING, formula_text, missing_text, notes, weighed

COLUMNS = (
    Column("territory", "Code", Kind.CODE),
    Column("name", "Territoire", short=True),
    Column("inhabitants", "Habitants dans le périmètre", Kind.NUMBER, short=True),
    Column("within", "Part de ses habitants dans le périmètre", Kind.NUMBER),
    Column("projects", "Projets", Kind.NUMBER, short=True),
    Column("subsidy", "Reçu (€)", Kind.NUMBER, short=True),
    Column("per_inhabitant", "Reçu par habitant (€)", Kind.NUMBER, short=True),
    Column("share", "Part des crédits répartis", Kind.NUMBER),
    Column("cost", "Coûts connus (€)", Kind.NUMBER),
    Column("unpriced", "Projets sans coût connu", Kind.NUMBER),
    Column("aid_rate", "Taux d’aide", Kind.NUMBER),
    Column("index", "Indice", Kind.NUMBER),
    Column("simulated", "Simulé (€)", Kind.NUMBER, short=True),
    Column("gap", "Écart (€)", Kind.NUMBER, short=True),
    Column("gap_per_inhabitant", "Écart par habitant (€)", Kind.NUMBER, short=True),
    Column("missing", "Pourquoi il n’y a pas de simulation"),
    Column("year", "Année", Kind.YEAR),
    Column("programmes", "Dotations"),
)
SUM_COLUMNS = (
    Column("part", "Part"),
    Column("projects", "Projets", Kind.NUMBER),
    Column("subsidy", "Montant (€)", Kind.NUMBER),
)
YEAR_COLUMNS = (
    Column("year", "Année", Kind.YEAR),
    Column("projects", "Projets", Kind.NUMBER),
    Column("total", "Total de la liste (€)", Kind.NUMBER),
    Column("placed", "Réparti entre les territoires (€)", Kind.NUMBER),
    Column("per_inhabitant", "Par habitant (€)", Kind.NUMBER),
    Column("gini", "Indice de Gini", Kind.NUMBER),
    Column("empty", "Territoires sans subvention", Kind.NUMBER),
)
CRITERIA_COLUMNS = (
    Column("criterion", "Critère"),
    Column("weight", "Poids", Kind.NUMBER),
    Column("ratio", "Rapport"),
    Column("unit", "Unité"),
    Column("reason", "Pourquoi"),
    Column("origin", "Source"),
)


def credits_workbook(split: CreditSplit) -> Workbook:
    """Territories in the order of their mesh; what none of them holds is in the second table."""
    told = listing(split.programmes)
    title = f"{split.scope.name} : répartition des crédits ({told}), {split.year}"
    values = tuple(
        Column(f"value_{one.id}", f"{one.title} ({one.unit_label})", Kind.NUMBER)
        for one in split.criteria
        if one.unit
    )
    return Workbook(
        stem=stem(f"credits-{split.level}", split.scope.id, split.year),
        title=title,
        tables=(
            Table("credits", title, (*COLUMNS, *values), tuple(_rows(split))),
            Table("total", "Du total aux territoires", SUM_COLUMNS, tuple(_sums(split))),
            Table("years", "Au fil des ans", YEAR_COLUMNS, tuple(_years(split))),
            Table("criteria", "Critères", CRITERIA_COLUMNS, tuple(_criteria(split))),
        ),
        facts=(
            *territory_facts(split.scope.name, split.scope.id, split.cog),
            Fact("source", "Source", file_text(split.source), repeated=True),
        ),
        notes=(*notes(split), *[FICTIONAL] * split.fictional),
    ).told(
        Fact("licence", "Licence", split.source.licence, repeated=True),
        Fact("status", "Statut", FICTIONAL if split.fictional else "", repeated=True),
        Fact("simulation", "Simulation", WARNING, repeated=True),
        Fact("formula", "Indice", formula_text(split)),
        *(Fact("caveat", "Précaution", caveat) for caveat in split.caveats),
        Fact("checksum", "Empreinte SHA-256", f"{split.source.file} : {split.source.sha256}"),
        Fact("edition", "Millésime de Maillage", split.edition, repeated=True),
    )


def _rows(split: CreditSplit) -> Iterator[Row]:
    told = listing(split.programmes)
    for one in split.territories:
        yield (
            *_received(one),
            one.index,
            _euros(one.simulated),
            _euros(one.gap),
            _each(one.gap_per_inhabitant),
            missing_text(one) if one.missing else "",
            split.year,
            told,
            *(
                Measure(value, criterion.unit, criterion.decimals)
                for value, criterion in zip(one.values, split.criteria, strict=True)
                if criterion.unit
            ),
        )


def _received(one: TerritoryShare) -> tuple[Cell, ...]:
    """Costs that nobody knows are no zero."""
    unknown = one.count and one.unpriced == one.count
    return (
        one.id,
        one.name,
        one.inhabitants,
        Measure(one.within, "share"),
        one.count,
        _euros(one.subsidy),
        _each(one.per_inhabitant),
        Measure(one.share, "share"),
        _euros(None if unknown else one.cost),
        one.unpriced,
        Measure(one.aid_rate, "share"),
    )


def _euros(amount: Decimal | None) -> Measure:
    return Measure(None if amount is None else float(amount), "eur")


def _each(amount: float | None) -> Measure:
    """Euros per inhabitant, to the cent."""
    return Measure(None if amount is None else round(amount, 2), "index", 2)


def _sums(split: CreditSplit) -> Iterator[Row]:
    placed = sum(one.count for one in split.territories)
    yield ("Répartis entre les territoires", placed, _euros(split.placed))
    yield from ((one.title, one.count, _euros(one.subsidy)) for one in split.apart)
    yield ("Total", split.count, _euros(split.total))


def _years(split: CreditSplit) -> Iterator[Row]:
    for one in split.years:
        yield (
            one.year,
            one.count,
            _euros(one.total),
            _euros(one.placed),
            _each(one.per_inhabitant),
            None if one.gini is None else round(one.gini, 4),
            one.empty,
        )


def _criteria(split: CreditSplit) -> Iterator[Row]:
    for one, weight in zip(weighed(split), split.weights, strict=True):
        criterion = one.criterion
        yield (
            criterion.title,
            Measure(weight, "share"),
            one.ratio,
            criterion.unit_label,
            criterion.reason,
            one.origin,
        )
