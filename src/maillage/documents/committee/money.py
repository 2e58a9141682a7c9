"""The slides of money: what it costs, what is found, what is missing, at risk, changed."""

from collections.abc import Iterator
from decimal import Decimal

from maillage.common.french import counted, long_date, typeset
from maillage.documents.committee.slides import Bars, Figure, Series, Slide, Table, pages, short
from maillage.operations.committee import Meeting
from maillage.operations.funding_sources import FAMILIES
from maillage.operations.maquette.comparison import COMPARED, Change
from maillage.operations.maquette.taxes import added_words, costs_words, left_out_words
from maillage.operations.money import ZERO, money, total
from maillage.operations.money_rules import SEVERITIES
from maillage.operations.plan import PlanLine, brought
from maillage.operations.portfolio import Reviewed

_ROWS = 7
#: Characters of a cell that is alone with few others on its slide.
_ALONE = 260


def money_slides(meeting: Meeting) -> Iterator[Slide]:
    """For those who see every programmed line."""
    yield _sums(meeting)
    yield from _missing(meeting)
    yield from _lapsing(meeting)
    yield from _alerts(meeting)
    if meeting.changes is not None:
        yield _changes(meeting)


def _named(row: Reviewed) -> str:
    return typeset(short(f"{row.operation.number} {row.operation.title}".strip(), 70))


def _sums(meeting: Meeting) -> Slide:
    told = meeting.summary
    gap = total(gap for _, gap in meeting.missing)
    figures = (
        Figure("Coût", _thousands(told.cost)),
        Figure("Trouvé", _thousands(told.found or ZERO)),
        Figure("dont accordé", _thousands(told.granted or ZERO)),
        Figure("dont versé", _thousands(told.paid or ZERO)),
        Figure("Reste à trouver", _thousands(gap)),
    )
    families = [*_by_family(meeting)]
    heads = ("Financeurs", "Trouvé", "Accordé", "Versé")
    rows = [(n, money(a), money(b), money(c)) for n, a, b, c in families]
    names = tuple(name for name, *_ in families)
    granted = Series("Accordé", tuple(float(g) for *_, g, _ in families), "done")
    asked = Series("Demandé, sans réponse", tuple(float(f - g) for _, f, g, _ in families), "other")
    chart = Bars(names, (granted, asked), "Financements accordés et demandés, par financeur, en €.")
    table = Table((heads, *rows), (3, 2, 2, 2), "Financements par famille.", (1, 2, 3))
    words = (left_out_words(told.mixed), costs_words(told.after_tax))
    note = " ".join(filter(None, words))
    return Slide("L’argent", figures, (chart, table) if families else (), note=note)


def _thousands(amount: Decimal) -> str:
    """« 1,25 M€ », « 480 k€ »: what one reads from afar."""
    for unit, scale in (("M€", 1_000_000), ("k€", 1_000)):
        if abs(amount) >= scale:
            decimals = 2 if unit == "M€" else 0
            text = f"{amount / scale:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")
            return f"{text}\u00a0{unit}"
    return money(amount)


def _by_family(meeting: Meeting) -> Iterator[tuple[str, Decimal, Decimal, Decimal]]:
    """Own funds are the owners’ own, whatever their family."""
    rows = [row for row in meeting.rows if row.group != "dropped" and not row.plan.mixed()]
    rows = [row for row in rows if not row.operation.outside] or rows
    lines = [line for row in rows for line in row.plan.lines]
    names = [*FAMILIES.items(), ("own", "Maîtres d’ouvrage")]
    for family, name in names:
        held = [line for line in lines if _family(line) == family]
        if found := brought(held):
            granted = brought(line for line in held if line.granted)
            yield name, found, granted, total(line.paid for line in held)


def _family(line: PlanLine) -> str:
    return "own" if line.source.nature == "own" else line.source.family


def _missing(meeting: Meeting) -> Iterator[Slide]:
    rows = [
        (_named(row), ", ".join(row.owners) or "–", money(row.cost), money(row.found), money(gap))
        for row, gap in meeting.missing
    ]
    for part in pages(rows, _ROWS, 1):
        heads = ("Opération", "Maître d’ouvrage", "Coût", "Trouvé", "Reste à trouver")
        said = "Opérations dont le financement n’est pas bouclé."
        table = Table((heads, *part), (4, 3, 1.6, 1.6, 1.7), said, (2, 3, 4))
        count = counted(len(rows), "opération n’est pas bouclée", "opérations ne sont pas bouclées")
        yield Slide("Ce qui reste à trouver", parts=(table,), note=f"{count}.")


def _lapsing(meeting: Meeting) -> Iterator[Slide]:
    rows = [
        (
            _named(row),
            typeset(short(f.what, _ALONE)),
            long_date(f.due) if f.due else "",
            typeset(short(f.remedy, _ALONE)),
        )
        for row, f in meeting.lapsing
    ]
    for part in pages(rows, 5, 1):
        heads = ("Opération", "Ce qui menace", "Avant le", "Que faire")
        table = Table((heads, *part), (2.6, 3.4, 1.5, 3.6), "Aides proches de la caducité.")
        yield Slide("Aides menacées de caducité", parts=(table,))


def _alerts(meeting: Meeting) -> Iterator[Slide]:
    rows = [
        (_named(row), SEVERITIES[f.severity], typeset(short(f.what)), typeset(short(f.remedy)))
        for row, f in meeting.alerts
    ]
    for part in pages(rows, 6, 1):
        heads = ("Opération", "Nature", "Constat", "Que faire")
        table = Table((heads, *part), (2.6, 1.1, 3.8, 3.4), "Constats des règles de financement.")
        left = len(rows) - len(part)
        note = f"Et {counted(left, 'autre constat', 'autres constats')}." if left else ""
        yield Slide("Ce que disent les règles", parts=(table,), note=note)


def _changes(meeting: Meeting) -> Slide:
    told, last = meeting.changes, meeting.last
    assert told is not None
    assert last is not None
    figures = (
        Figure(f"Arrêté en {last.year}", _thousands(told.before)),
        Figure("Aujourd’hui", _thousands(told.after)),
        Figure("Écart", ("+" if told.difference > 0 else "") + _thousands(told.difference)),
        Figure("Lignes changées", str(len(told.changes)), f"{told.unchanged} inchangées"),
    )
    note = added_words(told.bases)
    title = typeset(f"Depuis la maquette du {long_date(last.decided_on)}")
    ordered = sorted(told.changes, key=lambda change: -abs(change.difference))
    rows = [_change(change) for change in ordered[:5]]
    if not rows:
        return Slide(title, figures, lines=("Aucune ligne n’a changé.",), note=note)
    heads = ("Opération", "Ligne", "Changement", "Écart")
    table = Table(
        (heads, *rows), (4, 2.4, 3.4, 1.6), "Lignes changées, la plus forte d’abord.", (3,)
    )
    return Slide(title, figures, (table,), note=note)


def _change(change: Change) -> tuple[str, str, str, str]:
    entry = change.shown
    what = {"added": "ligne ajoutée", "removed": "ligne retirée"}.get(change.kind) or ", ".join(
        COMPARED[name].lower() for name, *_ in change.fields
    )
    sign = "+" if change.difference > 0 else ""
    name = typeset(short(f"{entry.number} {entry.operation}".strip(), 70))
    gap = sign + money(change.difference) if change.difference else "–"
    return name, typeset(entry.source), what, gap
