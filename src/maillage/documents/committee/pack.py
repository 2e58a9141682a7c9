"""The copil pack: progress, what is blocked, money, what is missing, alerts, decisions, changes."""

from collections.abc import Iterable, Iterator

from maillage.common.french import counted, long_date, typeset
from maillage.documents.committee.money import money_slides
from maillage.documents.committee.slides import (
    Bars,
    Figure,
    Pack,
    Series,
    Slide,
    Table,
    Tone,
    pages,
    short,
)
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.documents.tables.facts import FICTIONAL
from maillage.operations.committee import Meeting
from maillage.operations.maquette.taxes import costs_words, left_out_words
from maillage.operations.money import money
from maillage.operations.portfolio import GROUPS, Reviewed
from maillage.operations.vocabulary import label

_BLOCKED, _DONE, _STEPS, _DECISIONS = 6, 8, 9, 9
_TONES: tuple[tuple[str, Tone], ...] = (
    ("done", "done"),
    ("ongoing", "ongoing"),
    ("blocked", "blocked"),
)
LOOSE = "Sans orientation"


def committee_pack(meeting: Meeting, standing: Standing, opening: Iterable[Slide] = ()) -> Pack:
    """Between eight and thirteen slides after ``opening``; money is left out for whoever sees a
    part of it."""
    day = long_date(meeting.today)
    tag = "Données fictives" if standing.fictional else ""
    foot = " · ".join(p for p in (f"{standing.contract} – état au {day}", tag) if p)
    count = counted(len(meeting.rows), "opération")
    lead = (standing.contract, standing.kind, typeset(f"{count}, état au {day}"))
    slides = (
        *opening,
        _progress(meeting),
        *_done(meeting),
        *_blocked(meeting),
        *(money_slides(meeting) if meeting.whole else ()),
        *_decided(meeting),
        _decisions(meeting),
        *_steps(meeting),
        _method(meeting, standing),
    )
    return Pack("Comité de pilotage", lead, foot, slides, tag)


def named(row: Reviewed) -> str:
    """« 1.4 Halle des producteurs »."""
    return typeset(short(f"{row.operation.number} {row.operation.title}".strip(), 70))


def _progress(meeting: Meeting) -> Slide:
    groups = meeting.summary.counts
    figures = tuple(Figure(GROUPS[id], str(groups[id])) for id in GROUPS)
    by_node: dict[str, list[Reviewed]] = {}
    for row in meeting.rows:
        node = row.operation.orientation
        name = f"{node.number} {node.title}" if node else LOOSE
        by_node.setdefault(typeset(short(name, 44)), []).append(row)
    names = tuple(by_node)[:8]
    series = tuple(
        Series(GROUPS[id], tuple(float(_count(by_node[n], id)) for n in names), tone)
        for id, tone in _TONES
    )
    heads = ("Orientation", "Réalisées", "En cours", "À l’arrêt")
    rows = [(n, *(str(_count(by_node[n], id)) for id, _ in _TONES)) for n in names]
    chart = Bars(names, series, "Opérations par orientation : réalisées, en cours, bloquées.")
    table = Table((heads, *rows), (3.2, 1.7, 1.5, 1.6), "Opérations par orientation.", (1, 2, 3))
    return Slide("Où en est le contrat", figures, (chart, table))


def _count(rows: list[Reviewed], group: str) -> int:
    return sum(row.group == group for row in rows)


def _done(meeting: Meeting) -> Iterator[Slide]:
    rows = [
        (named(row), ", ".join(row.owners) or "–", money(row.cost)) for row in meeting.of("done")
    ]
    if not rows:
        yield Slide("Ce qui est réalisé", lines=("Aucune opération n’est encore réalisée.",))
    for part in pages(rows, _DONE, 1):
        heads = ("Opération", "Maître d’ouvrage", "Coût")
        table = Table((heads, *part), (5, 4, 1.6), "Opérations réalisées.", (2,))
        yield Slide("Ce qui est réalisé", parts=(table,), note=_rest(len(rows), len(part)))


def _blocked(meeting: Meeting) -> Iterator[Slide]:
    rows = []
    for row in meeting.of("blocked"):
        operation = row.operation
        word = label("status", operation.status)
        reason = operation.blocked_reason or f"{word}, motif non précisé"
        day = f" ({long_date(operation.next_step_on)})" if operation.next_step_on else ""
        step = f"{operation.next_step}{day}" if operation.next_step else "À décider en séance"
        rows.append((named(row), typeset(short(reason)), typeset(short(step, 80))))
    title = "Ce qui est bloqué ou en pause"
    if not rows:
        yield Slide(title, lines=("Aucune opération n’est bloquée.",))
    found = pages(rows, _BLOCKED, 2)
    for number, part in enumerate(found, 1):
        heads = ("Opération", "Pourquoi", "Prochaine étape")
        table = Table((heads, *part), (3.4, 4, 3.2), "Opérations bloquées, motif, étape suivante.")
        left = _rest(len(rows), _BLOCKED * 2) if number == len(found) else ""
        yield Slide(title if number == 1 else f"{title} (suite)", parts=(table,), note=left)


def _decided(meeting: Meeting) -> Iterator[Slide]:
    """What the last meetings said of operations; nothing when they said nothing."""
    rows = [
        (
            typeset(short(outcome.operation.title)),
            outcome.label,
            f"{long_date(outcome.decision.decided_on)}, {typeset(outcome.decision.reference)}",
            typeset(short(outcome.decision.subject)),
        )
        for outcome in meeting.outcomes[:_DECISIONS]
    ]
    if rows:
        heads = ("Opération", "Ce qu’elle devient", "Décision", "Motif")
        table = Table((heads, *rows), (3, 2, 3, 4), "Décisions prises sur des opérations.")
        note = _rest(len(meeting.outcomes), len(rows))
        yield Slide("Ce qui a été décidé", parts=(table,), note=note)


def _decisions(meeting: Meeting) -> Slide:
    lines = [typeset(short(line, 240)) for line in _asked(meeting)][:_DECISIONS]
    return Slide("Décisions à prendre", lines=tuple(lines) or ("Aucune décision n’est attendue.",))


def _asked(meeting: Meeting) -> Iterator[str]:
    """What the state of the portfolio calls for; the meeting stays master of its agenda."""
    if meeting.last is None:
        yield "Arrêter la première maquette du contrat."
    elif meeting.changes is not None and meeting.changes.changes:
        moved = counted(len(meeting.changes.changes), "ligne a changé", "lignes ont changé")
        since = long_date(meeting.last.decided_on)
        yield f"Arrêter une nouvelle maquette : {moved} depuis celle du {since}."
    for row, finding in meeting.lapsing[:3]:
        day = long_date(finding.due) if finding.due else ""
        yield f"{named(row)} : {finding.remedy} Échéance : {day}."
    for row in meeting.of("blocked")[:3]:
        yield f"{named(row)} : lever le blocage, réorienter l’opération ou y renoncer."
    for row, gap in meeting.missing[:2]:
        yield f"{named(row)} : trouver {money(gap)}, ou revoir l’ambition."
    bare = [row for row in meeting.of("ongoing") if not row.owners]
    if bare:
        yield f"Désigner un maître d’ouvrage pour {counted(len(bare), 'opération')}."
    if meeting.summary.uncosted:
        yield f"Chiffrer {counted(meeting.summary.uncosted, 'opération')} sans coût connu."


def _steps(meeting: Meeting) -> Iterator[Slide]:
    rows, late = [], 0
    for day, operation in meeting.steps:
        if day < meeting.today:
            late += 1
            continue
        name = short(f"{operation.number} {operation.title}".strip(), 70)
        step = short(operation.next_step or "étape à préciser", 80)
        rows.append((long_date(day), typeset(name), typeset(step)))
    past = counted(late, "étape a dépassé sa date", "étapes ont dépassé leur date")
    told = f"{past} : la revue de projets les montre." if late else ""
    if not rows:
        lines = ("Aucune étape n’est datée d’ici là.", *filter(None, (told,)))
        yield Slide("Les six mois qui viennent", lines=lines)
    for part in pages(rows, _STEPS, 1):
        heads = ("Date", "Opération", "Étape")
        table = Table((heads, *part), (2.6, 4, 4), "Prochaines étapes, par date.")
        note = " ".join(filter(None, (_rest(len(rows), len(part)), typeset(told))))
        yield Slide("Les six mois qui viennent", parts=(table,), note=note)


def _method(meeting: Meeting, standing: Standing) -> Slide:
    last = meeting.last
    held = (
        "Aucune maquette n’a encore été arrêtée."
        if last is None
        else f"Dernière maquette arrêtée le {long_date(last.decided_on)} ({last.reference})."
    )
    uncosted, mixed = meeting.summary.uncosted, meeting.summary.mixed
    after_tax, outside = meeting.summary.after_tax, meeting.summary.outside
    apart = f"{money(meeting.summary.outside_cost)} de coût"
    lines = (
        "Source : déclarations des parties au contrat, tenues à jour dans Maillage.",
        held,
        PROGRAMMED if meeting.whole else f"{PROGRAMMED} {PARTIAL}",
        "Trouvé : montants conventionnés, à défaut notifiés, à défaut demandés. Accordé : montants "
        "notifiés ou conventionnés. Versé : sommes encaissées.",
        "Les opérations abandonnées sont comptées, leur argent ne l’est pas.",
        f"Coût inconnu pour {counted(uncosted, 'opération')} : exclu des sommes." * bool(uncosted),
        left_out_words(mixed),
        f"Hors contrat, à part : {counted(outside, 'opération')}, {apart}." * bool(outside),
        costs_words(after_tax),
        FICTIONAL * standing.fictional,
        f"Page d’origine : {standing.address}" * bool(standing.address),
    )
    return Slide("Sources et méthode", lines=tuple(typeset(line) for line in lines if line))


def _rest(count: int, shown: int) -> str:
    left = count - shown
    return f"Et {counted(left, 'autre opération', 'autres opérations')}." if left > 0 else ""
