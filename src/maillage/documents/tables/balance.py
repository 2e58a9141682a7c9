"""« balance » as tables: a row a partner, then the territory's own figures."""

from collections.abc import Iterator

from maillage.common.french import euros, number
from maillage.documents.tables.facts import (
    PRECISION,
    SECRECY,
    amount,
    answer_facts,
    cited_notes,
    is_outside,
)
from maillage.documents.tables.names import stem
from maillage.documents.tables.values import Cell, Column, Fact, Kind, Row, Table, Workbook
from maillage.engine.dataset import Coverage
from maillage.engine.edition import Edition
from maillage.engine.precision import Precision, PrecisionMethod
from maillage.engine.secrecy import Secrecy
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.wording.figures import Figure, absent, figure

KINDS = {
    "territory": "territoire",
    "without": "communes hors maille",
    "abroad": "étranger",
    "overseas_collectivity": "collectivité d’outre-mer",
    "unknown": "inconnu",
}
PARTNER_COLUMNS = (
    Column("partner", "Partenaire", Kind.CODE, short=True),
    Column("name", "Nom", short=True),
    Column("kind", "Nature"),
    Column("outgoing", "Sortants", Kind.NUMBER, short=True),
    Column("incoming", "Entrants", Kind.NUMBER, short=True),
    Column("net", "Solde", Kind.NUMBER, short=True),
    *(
        column
        for key, label in (("outgoing", "Sortants"), ("incoming", "Entrants"))
        for column in (
            Column(f"{key}_status", f"{label} : état"),
            Column(f"{key}_grade", f"{label} : précision"),
            Column(f"{key}_error", f"{label} : erreur type", Kind.NUMBER),
        )
    ),
    Column("net_status", "Solde : état"),
    Column("flow", "Flux"),
    Column("year", "Année", Kind.YEAR),
    Column("unit", "Unité"),
)
FIGURE_COLUMNS = (
    Column("figure", "Chiffre"),
    Column("value", "Valeur", Kind.NUMBER),
    Column("status", "État"),
    Column("grade", "Précision"),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("low", "Au moins", Kind.NUMBER),
    Column("high", "Au plus", Kind.NUMBER),
    Column("unit", "Unité"),
)
FIGURES = (
    ("internal", "Stables"),
    ("internal_same", "dont dans la même commune"),
    ("internal_moved", "dont d’une commune à l’autre"),
    ("incoming", "Entrants"),
    ("outgoing", "Sortants"),
)


def balance_workbook(answer: Balance, edition: Edition) -> Workbook:
    """A row a partner; no row at all for a territory that the files do not cover."""
    card = edition.catalog.flows[answer.flow]
    title = f"{answer.territory_name} : {card.title.lower()}, {answer.year}"
    partners = () if is_outside(answer.universe) else answer.partners
    rows = tuple(_partner(answer, partner, card.title) for partner in partners)
    return Workbook(
        stem=stem(f"flux-{card.slug}", answer.territory, answer.year),
        title=title,
        tables=(
            Table("partners", title, PARTNER_COLUMNS, rows, _total(answer, card.title)),
            Table("figures", "Chiffres d’ensemble", FIGURE_COLUMNS, tuple(_figures(answer))),
        ),
        facts=balance_facts(answer),
        notes=tuple(line for line in _notes(answer) if line),
    )


def balance_facts(answer: Balance) -> tuple[Fact, ...]:
    method = PRECISION[answer.precision.outgoing.method]
    secret = " ".join(t for t in (SECRECY[answer.secrecy.status], answer.secrecy.reference) if t)
    name, id = answer.territory_name, answer.territory
    facts = (
        *answer_facts(name, id, answer.cog, answer.universe, answer.source),
        Fact("mesh", "Maille des partenaires", answer.mesh),
        Fact("precision", "Précision", method),
        Fact("secrecy", "Secret statistique", secret or "Aucune case n’est couverte."),
    )
    return tuple(fact for fact in facts if fact.value)


def state(shown: Figure) -> str:
    """Why a figure is absent, or what it leaves out; empty for one that is whole."""
    if not shown.known:
        return f"{shown.text} ({shown.note})" if shown.note else shown.text
    return shown.note or ("au moins" if shown.minimum else "")


def _partner(answer: Balance, partner: PartnerBalance, flow: str) -> Row:
    unit = answer.unit
    figures = (amount(value, unit) for value in (partner.outgoing, partner.incoming, partner.net))
    net = "" if partner.net is not None else absent(Coverage.PARTIAL).text
    return (
        partner.code,
        partner.name,
        KINDS[partner.kind.value],
        *figures,
        *_told(answer, partner, "outgoing"),
        *_told(answer, partner, "incoming"),
        net,
        flow,
        answer.year,
        unit.label,
    )


def _told(answer: Balance, partner: PartnerBalance, way: str) -> tuple[Cell, ...]:
    precision: Precision = getattr(partner.precision, way)
    value: float | None = getattr(partner, way)
    secrecy: Secrecy = getattr(partner.secrecy, way)
    shown = figure(value, answer.unit.id, precision, partner.coverage, secrecy)
    return (state(shown), *_precision(value, precision))


def _precision(value: float | None, precision: Precision) -> tuple[Cell, Cell]:
    """Nothing is said of a figure that is not there."""
    if value is None or precision.method is PrecisionMethod.UNKNOWN:
        return None, None
    return precision.grade, precision.standard_error


def _total(answer: Balance, flow: str) -> Row | None:
    if is_outside(answer.universe):
        return None
    unit = answer.unit
    figures = (amount(value, unit) for value in (answer.outgoing, answer.incoming, answer.net))
    blank = (None,) * 7
    return ("", "Total", "", *figures, *blank, flow, answer.year, unit.label)


def _figures(answer: Balance) -> Iterator[Row]:
    coverage = {name: answer.universe.coverage.internal for name, _ in FIGURES[:3]}
    coverage |= {n: getattr(answer.universe.coverage, n) for n in ("incoming", "outgoing")}
    for name, label in FIGURES:
        value, secrecy = getattr(answer, name), getattr(answer.secrecy, name)
        precision = getattr(answer.precision, name)
        shown = figure(value, answer.unit.id, precision, coverage[name], secrecy)
        bounds = (secrecy.low, secrecy.high) if secrecy.hidden_cells else (None, None)
        yield (
            label,
            amount(value, answer.unit),
            state(shown),
            *_precision(value, precision),
            *bounds,
            answer.unit.label,
        )
    yield from _nets(answer)


def _nets(answer: Balance) -> Iterator[Row]:
    unit, error = answer.unit, answer.precision.net.standard_error
    missing = "" if answer.net is not None else absent(Coverage.PARTIAL).text
    known = None if answer.net is None else error
    blank = (None, None)
    yield ("Solde", amount(answer.net, unit), missing, None, known, *blank, unit.label)
    if answer.net is None and answer.net_in_universe is not None:
        inside = amount(answer.net_in_universe, unit)
        yield ("Solde à l’intérieur du champ", inside, "", None, None, *blank, unit.label)


def _notes(answer: Balance) -> Iterator[str]:
    if is_outside(answer.universe):
        yield from cited_notes(answer.universe, answer.source)
        return
    written = euros if answer.unit.id == "eur" else number
    yield (
        f"Stables : {written(answer.internal)}, dont {written(answer.internal_same)} dans la même "
        f"commune et {written(answer.internal_moved)} d’une commune à l’autre."
    )
    if answer.net is None and answer.net_in_universe is not None:
        yield f"Solde à l’intérieur du champ : {written(answer.net_in_universe)}."
    out, into = answer.precision.outgoing.grade, answer.precision.incoming.grade
    if out and into:
        yield f"Précision : sortants {out}, entrants {into} (A la meilleure, D la moindre)."
    yield f"Unité : {answer.unit.label}."
    yield SECRECY[answer.secrecy.status]
    yield from cited_notes(answer.universe, answer.source)
