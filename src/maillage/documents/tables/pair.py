"""« pair » as tables: a row a family of flows, then ties, themes and what both are already in."""

from collections.abc import Iterator

from maillage.common.french import counted, number
from maillage.documents.tables.balance import state
from maillage.documents.tables.facts import FICTIONAL, amount, file_text, territory_facts
from maillage.documents.tables.names import stem
from maillage.documents.tables.supply_need import THEORETICAL
from maillage.documents.tables.values import Column, Fact, Kind, Measure, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.balance import PartnerBalance
from maillage.observatory.answers.pair import Pair, PairFlow, PairTheme
from maillage.wording.figures import figure

FLOW_COLUMNS = (
    Column("flow", "Flux", short=True),
    Column("year", "Année", Kind.YEAR, short=True),
    Column("outgoing", "Sortants", Kind.NUMBER, short=True),
    Column("incoming", "Entrants", Kind.NUMBER, short=True),
    Column("unit", "Unité", short=True),
    Column("outgoing_status", "État des sortants"),
    Column("outgoing_grade", "Précision des sortants"),
    Column("incoming_status", "État des entrants"),
    Column("incoming_grade", "Précision des entrants"),
    Column("of_departures", "Part de ce qui sort d’ici", Kind.NUMBER, short=True),
    Column("of_arrivals", "Part de ce qui entre ici", Kind.NUMBER, short=True),
    Column("of_other_departures", "Part de ce qui sort de chez l’autre", Kind.NUMBER),
    Column("of_other_arrivals", "Part de ce qui entre chez l’autre", Kind.NUMBER),
    Column("expected_outgoing", "Sortants attendus", Kind.NUMBER),
    Column("expected_incoming", "Entrants attendus", Kind.NUMBER),
    Column("missing", "Ce qui manque", short=True),
    Column("universe", "Champ"),
    Column("source", "Source"),
)
TIE_COLUMNS = (
    Column("flow", "Flux"),
    Column("indicator_id", "Code de l’indicateur", Kind.CODE),
    Column("indicator", "Indicateur"),
    Column("value", "Valeur", Kind.NUMBER),
    Column("unit", "Unité"),
    Column("grade", "Précision"),
    Column("error", "Erreur type", Kind.NUMBER),
    Column("unmeasured", "Pourquoi la précision manque"),
    Column("reading", "Lecture"),
)
THEME_COLUMNS = (
    Column("theme", "Thème"),
    Column("coverage_here", "Couverture ici", Kind.NUMBER),
    Column("coverage_other", "Couverture chez l’autre", Kind.NUMBER),
    Column("apart", "Chacun de son côté", Kind.NUMBER),
    Column("together", "Réunis", Kind.NUMBER),
    Column("gain", "Gain", Kind.NUMBER),
    Column("to_other", "Part de ses besoins que nous couvririons", Kind.NUMBER),
    Column("from_other", "Part de nos besoins que l’autre couvrirait", Kind.NUMBER),
    Column("missing", "Ce qui manque"),
    Column("source", "Source"),
)
COMMON_COLUMNS = (
    Column("level", "Nature"),
    Column("id", "Code", Kind.CODE),
    Column("name", "Nom"),
    Column("whole", "Contient les deux en entier"),
)


def pair_workbook(answer: Pair, edition: Edition) -> Workbook:
    """Everything seen from the first territory: « sortants » go from it to the other."""
    here, other = answer.territory, answer.other
    title = f"{here.name} et {other.name} : ce qui les lie"
    tables = (
        Table("flows", title, FLOW_COLUMNS, tuple(map(_flow, answer.flows))),
        Table("ties", "Indicateurs du lien", TIE_COLUMNS, tuple(_ties(answer))),
        Table("themes", "Thèmes", THEME_COLUMNS, tuple(map(_theme, answer.themes))),
        Table("common", "Périmètres communs", COMMON_COLUMNS, tuple(_common(answer))),
    )
    away = None if answer.distance_km is None else f"{number(answer.distance_km)} km"
    return Workbook(
        stem=stem("paire", f"{here.id}_{other.id}"),
        title=title,
        tables=tables,
        facts=(
            *territory_facts(here.name, here.id, answer.cog),
            Fact("other", "L’autre territoire", other.name, repeated=True),
            Fact("other_id", "Identifiant de l’autre", other.id, repeated=True),
        ),
        notes=tuple(_notes(answer, away)),
    ).told(
        Fact("distance", "Distance", away or ""),
        Fact("shared", "Communes des deux", number(answer.shared) if answer.shared else ""),
        Fact("warning", "Avertissement", THEORETICAL),
        *(Fact("reading", theme.title, theme.reading) for theme in answer.themes),
        *(Fact("caveat", t.title, caveat) for t in answer.themes for caveat in t.caveats),
        Fact("status", "Statut", FICTIONAL if answer.fictional else "", repeated=True),
        Fact("edition", "Millésime de Maillage", answer.edition, repeated=True),
    )


def _flow(flow: PairFlow) -> Row:
    if flow.exchange is None or flow.unit is None or flow.source is None:
        return (flow.title, flow.year, *(None,) * 13, flow.missing, None, None)
    exchange, shares, expected = flow.exchange, flow.shares, flow.expected
    ways = (amount(value, flow.unit) for value in (exchange.outgoing, exchange.incoming))
    parts = (
        (None,) * 4
        if shares is None
        else (
            shares.of_departures,
            shares.of_arrivals,
            shares.of_other_departures,
            shares.of_other_arrivals,
        )
    )
    awaited = (None, None) if expected is None else (expected.outgoing, expected.incoming)
    return (
        flow.title,
        flow.year,
        *ways,
        flow.unit.label,
        *_told(exchange, flow.unit.id, "outgoing"),
        *_told(exchange, flow.unit.id, "incoming"),
        *(Measure(part, "share") for part in parts),
        *(amount(value, flow.unit) for value in awaited),
        flow.missing,
        flow.universe.label if flow.universe else None,
        " ; ".join(map(file_text, flow.source.files)),
    )


def _told(exchange: PartnerBalance, unit: str, way: str) -> tuple[str, str | None]:
    """Why a way is absent or partial, and how sure it is."""
    value, precision = getattr(exchange, way), getattr(exchange.precision, way)
    secrecy = getattr(exchange.secrecy, way)
    shown = figure(value, unit, precision, exchange.coverage, secrecy)
    return state(shown), None if value is None else precision.grade


def _ties(answer: Pair) -> Iterator[Row]:
    for flow in answer.flows:
        for tie in flow.ties:
            value = Measure(tie.value, tie.unit, tie.decimals)
            sure = (tie.precision.grade, tie.precision.standard_error, tie.precision.why_label)
            yield (flow.title, tie.id, tie.title, value, tie.unit_label, *sure, tie.reading)


def _theme(theme: PairTheme) -> Row:
    shares = (
        theme.coverage_here,
        theme.coverage_other,
        theme.apart,
        theme.together,
        theme.gain,
        theme.to_other,
        theme.from_other,
    )
    source = " ; ".join(map(file_text, theme.sources))
    return (theme.title, *(Measure(share, "share") for share in shares), theme.missing, source)


def _common(answer: Pair) -> Iterator[Row]:
    for unit in answer.common.perimeters:
        yield (unit.label, unit.id, unit.name, "oui" if unit.whole else "non")
    for programme in answer.common.programmes:
        yield (programme.label, None, " ; ".join((*programme.here, *programme.other)), None)


def _notes(answer: Pair, away: str | None) -> Iterator[str]:
    if away:
        yield f"Distance : {away}, entre les lieux où vivent les habitants."
    if answer.shared:
        shared = counted(answer.shared, "commune commune", "communes communes")
        yield f"{shared} aux deux : comptées dans {answer.territory.name} seulement."
    yield from [FICTIONAL] * answer.fictional
