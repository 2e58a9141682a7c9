"""A cooperation on two pages: the link it answers, between whom; then the operation, its money,
how it is judged."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.common.french import counted, listing, long_date, typeset
from maillage.documents.pages.dossier import figure_text
from maillage.documents.pages.pictures import pair_svg
from maillage.documents.pages.printer import pdf
from maillage.drawing.pair_map import PairMap
from maillage.observatory.answers.pair import Pair
from maillage.operations.maquette.taxes import NO_TOTAL
from maillage.operations.models import FundingLine
from maillage.operations.money import money
from maillage.operations.portfolio import Reviewed
from maillage.operations.readiness import Condition
from maillage.operations.vocabulary import label
from maillage.wording.pairs import flow_rows, key_sentences

PAGES = 2
#: Sentences on the two territories, and families of flows, that the second page has room for.
SENTENCES = 4
#: Questions of indicators, the one nearest to the effect first.
_CLOSEST = ("impact", "results", "pace")
STAGES = {"project": "Fiche projet", "action": "Fiche action"}
KINDS = {"draft": "brouillon", "simulation": "simulation de l’État"}


@dataclass(frozen=True)
class Note:
    """What the document says. ``pair`` is None when the partner is no territory of the edition;
    ``missing``: what keeps a fiche projet from being ready. ``row`` holds only the lines of money
    that the reader may see."""

    row: Reviewed
    contract: str
    pair: Pair | None
    drawing: PairMap | None
    missing: tuple[Condition, ...]
    address: str
    printed_on: date
    fictional: bool


def cooperation_pdf(note: Note) -> bytes:
    """A tagged PDF of two pages."""
    return pdf("cooperation", cooperation_content(note), most=PAGES)


def cooperation_content(note: Note) -> dict[str, Any]:
    """What the template lays out: every text as people read it."""
    operation, row = note.row.operation, note.row
    return {
        "title": typeset(operation.title),
        "running": typeset(f"{operation.title} – {note.contract}, {long_date(note.printed_on)}"),
        "fictional": note.fictional,
        "contract": typeset(note.contract),
        "stage": STAGES[operation.stage],
        "owners": typeset(listing(list(row.owners))) or "Sans maître d’ouvrage",
        "owners_title": "Maîtres d’ouvrage" if len(row.owners) > 1 else "Maître d’ouvrage",
        "description": typeset(operation.description),
        "ecology": typeset(operation.ecology),
        "thread": _thread(note),
        "facts": _facts(row),
        "ties": [_tie(tie) for tie in operation.interdependencies.all()],
        "plan": [_line(line) for line in row.lines],
        "sums": _sums(row),
        "shares": _shares(row),
        "findings": [typeset(f"{item.what} {item.remedy}") for item in row.standing],
        "indicators": [_indicator(link) for link in operation.indicators.all()],
        "missing": [typeset(item.message) for item in note.missing],
        "pair_title": typeset(_between(note.pair)),
        "sentences": [typeset(text) for text in key_sentences(note.pair)[:SENTENCES]]
        if note.pair
        else [],
        "flows": _flows(note.pair) if note.pair else [],
        "map": pair_svg(note.drawing) if note.drawing else "",
        "map_alt": typeset(f"Carte : {_between(note.pair)} parmi leurs voisins."),
        "here": typeset(note.pair.territory.name) if note.pair else "",
        "other": typeset(note.pair.other.name) if note.pair else "",
        "address": note.address,
    }


def _thread(note: Note) -> list[list[str]]:
    """From the figure to the effect, a word each: what the two pages then tell."""
    operation, row = note.row.operation, note.row
    tie = next(iter(operation.interdependencies.all()), None)
    aims = [link for link in operation.indicators.all() if link.target]
    goal = min(aims, key=lambda link: _CLOSEST.index(link.question), default=None)
    owners = len(row.owners)
    found = f"dont {money(row.found)} trouvés" if row.whole and row.found is not None else ""
    known = [
        ("Le lien", tie.value if tie else "", tie.unit if tie else ""),
        ("Le partenaire", note.pair.other.name if note.pair else "", ""),
        ("L’opération", counted(owners, "maître d’ouvrage", "maîtres d’ouvrage"),
         label("status", operation.status).lower()),
        ("Son coût", money(row.cost) if row.cost is not None else "", found),
        ("Son effet attendu", f"{goal.target} {goal.unit}".strip() if goal else "",
         goal.name if goal else ""),
    ]  # fmt: skip
    return [[title, typeset(text), typeset(detail)] for title, text, detail in known if text]


def _shares(row: Reviewed) -> list[list[Any]]:
    """Parts of the cost, in hundredths: granted, asked, still to find; nothing where a line is
    not shown, the cost unknown, or more found than it costs."""
    cost, found, granted = row.cost, row.found, row.granted
    if not cost or found is None or granted is None or found > cost:
        return []
    parts = (
        ("Accordé", granted, "granted"),
        ("Demandé, sans réponse", found - granted, "asked"),
        ("Reste à trouver", cost - found, "gap"),
    )
    return [
        [typeset(f"{name} : {money(euros)}"), float(100 * euros / cost), tone]
        for name, euros, tone in parts
        if euros
    ]


def _facts(row: Reviewed) -> list[list[str]]:
    """Title and text of what is known of it."""
    operation = row.operation
    state = f"{label('phase', operation.phase)}, {label('status', operation.status).lower()}"
    known = [
        ("Avancement", state),
        ("Calendrier", _calendar(operation.starts_on, operation.ends_on)),
        ("Prochaine étape", operation.next_step),
        ("Orientation", str(operation.orientation.title) if operation.orientation else ""),
        ("Référent", operation.referent),
    ]
    return [[title, typeset(text)] for title, text in known if text]


def _calendar(start: date | None, end: date | None) -> str:
    said = [f"du {long_date(start)}" if start else "", f"au {long_date(end)}" if end else ""]
    return " ".join(filter(None, said))


def _tie(tie: Any) -> dict[str, str]:
    detail = f"{tie.value} ({tie.unit}). {tie.source}, millésime {tie.vintage}."
    return {
        "statement": typeset(tie.statement),
        "detail": typeset(f"{detail} Relevé le {long_date(tie.noted_on)}."),
    }


def _line(line: FundingLine) -> list[str]:
    """Source, stage and amount; a private line says whose it is."""
    stages = (("conventionné", line.agreed), ("notifié", line.notified), ("demandé", line.asked))
    stage, amount = next(((name, euros) for name, euros in stages if euros is not None), ("", None))
    state = "refusé" if line.refused_on else "caduc" if line.lapsed_on else stage
    told = ", ".join(filter(None, (state, KINDS.get(line.kind, ""))))
    named = line.funder.name if line.funder else ""
    source = named if named.startswith(line.source_label) else line.source_label
    funder = f" ({named})" if named and source != named else ""
    paid = money(line.paid_total) if line.paid_total else "–"
    return [typeset(f"{source}{funder}"), told, money(amount), paid]


def _sums(row: Reviewed) -> list[list[str]]:
    """No sum of the lines where some are not shown, or are not in one tax basis."""
    sums = [["Coût", money(row.cost)]]
    if row.whole and not row.adds:
        sums.append(["Financements", typeset(NO_TOTAL)])
    elif row.whole:
        sums += [["Financements", money(row.found)], ["Reste à trouver", money(row.gap)]]
    return sums


def _indicator(link: Any) -> list[str]:
    due = long_date(link.due_on) if link.due_on else "–"
    return [
        typeset(link.name),
        label("question", link.question),
        typeset(f"{link.target} {link.unit}".strip()) or "–",
        due,
    ]


def _between(pair: Pair | None) -> str:
    return f"{pair.territory.name} et {pair.other.name}" if pair else ""


def _flows(pair: Pair) -> list[list[str]]:
    """Family, with its year and unit; what goes there, what comes back."""
    return [
        [
            typeset(row.flow.title),
            typeset(f"{row.flow.year}, {row.unit}"),
            figure_text(row.out),
            figure_text(row.into),
        ]
        for row in flow_rows(pair)
        if not row.why
    ]
