"""The portfolio in the layout that « Importer » reads back without losing anything; its template.

Headings are those of ``operations.intake``. A column that is not there changes nothing when the
file comes back, nor does a cell left blank.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from maillage.contracts.models import StrategyNode
from maillage.documents.sheets.further import (
    indicators_sheet,
    lines_sheet,
    payments_sheet,
    programmed,
    typed,
    yes,
)
from maillage.documents.sheets.values import Book, Cell, Column, Explained, Sheet, Shown
from maillage.documents.standing import PROGRAMMED, Standing
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.choices import CHOICES, told_cells
from maillage.operations.intake.fields import fields, guess
from maillage.operations.intake.stages import FUNDING, STAGES, Stage, staged
from maillage.operations.intake.targets import OWN
from maillage.operations.models import Operation
from maillage.operations.money import total
from maillage.operations.portfolio import Reviewed
from maillage.operations.vocabulary import choices, label

#: Sources that the empty template has a column for; the others may be added by their name.
USUAL = (
    *("detr", "dsil", "fnadt", "fonds_vert", "region", "departement", "epci", "commune"),
    OWN,
)
_SHOWN = {"money": Shown.EUROS, "start": Shown.DATE, "end": Shown.DATE}
_WIDE = {"title": 42, "description": 60, "owner": 30, "orientation": 30, "goal": 30, "axis": 26}

DETAIL = (
    "La feuille « Lignes de financement » porte chaque ligne entière : dates, montants notifiés "
    "et versés, références."
)
VERSED = (
    "Une ligne par versement, dans la feuille « Versements » ; la colonne du même nom, dans les "
    "lignes de financement, dit les mêmes. Un versement écrit dans l’une ou l’autre est ajouté."
)
_WORDS = (
    *(("stage", "Natures de fiche"), ("opinion", "Avis du cotech"), ("section", "Sections")),
    *(("level", "Qui voit une ligne"), ("question", "Questions d’un indicateur")),
)

Told = Callable[[Operation], Cell]
#: Fields of the layout, in its order, and what each says of an operation.
TOLD: Mapping[str, Told] = {
    "key": lambda row: str(row.key),
    "number": lambda row: row.number,
    "axis": lambda row: _node(row, "axe"),
    "orientation": lambda row: _node(row, "orientation"),
    "goal": lambda row: _node(row, "objectif"),
    "title": lambda row: row.title,
    "description": lambda row: row.description,
    "owner": lambda row: " ; ".join(item.organisation.name for item in row.pilots.all()),
    "referent": lambda row: row.referent,
    "elected": lambda row: row.elected_referent,
    "partners": lambda row: row.partners,
    "programmes": lambda row: " ; ".join(row.programmes),
    "beneficiaries": lambda row: row.beneficiaries,
    "commune_codes": lambda row: " ".join(row.communes),
    "phase": lambda row: label("phase", row.phase),
    "status": lambda row: label("status", row.status),
    "blocked_reason": lambda row: row.blocked_reason,
    "dropped_reason": lambda row: row.dropped_reason,
    "maturity": lambda row: label("maturity", row.maturity),
    "priority": lambda row: label("priority", row.priority),
    "starts": lambda row: row.starts_on,
    "ends": lambda row: row.ends_on,
    "next_step": lambda row: row.next_step,
    "next_step_on": lambda row: row.next_step_on,
    "risks": lambda row: row.risks,
    "ecology": lambda row: row.ecology,
    "tax": lambda row: row.tax.upper(),
    "cost": lambda row: typed(row.investment_cost),
    "running_cost": lambda row: typed(row.running_cost),
    "stage": lambda row: CHOICES["stage"][row.stage],
    "ready_on": lambda row: row.ready_on,
    "outside": lambda row: yes(row.outside),
    "early": lambda row: yes(row.early),
    "lead_competence": lambda row: yes(row.lead_competence),
    "opinion": lambda row: CHOICES["opinion"].get(row.cotech_opinion, ""),
    "opinion_on": lambda row: row.cotech_on,
    "opinion_reference": lambda row: row.cotech_reference,
    "cells": lambda row: told_cells(row.cells),
}


def portfolio_book(rows: Iterable[Reviewed], standing: Standing) -> Book:
    """What the viewer sees of each operation, amounts as asked, source by source."""
    rows = tuple(rows)
    held = {line.source for row in rows for line in programmed(row)}
    sources = [id for id in funding_sources() if id in held or id in USUAL]
    sheet = Sheet(
        "Portefeuille",
        _columns(sources, "asked"),
        tuple(
            (*(told(row.operation) for told in TOLD.values()), *(_asked(row, s) for s in sources))
            for row in rows
        ),
        fixed=2,
    )
    further = (lines_sheet(rows), payments_sheet(rows), indicators_sheet(rows))
    return Book(standing.stem, standing.title, (sheet, *further, _manual(standing)))


def template_book() -> Book:
    """The same without a row: to be filled in an office."""
    sheet = Sheet("Portefeuille", _columns(list(USUAL), "draft"), (), fixed=2)
    standing = Standing("", "", "Modèle de tableau", "", "modele-de-tableau")
    further = (lines_sheet(()), payments_sheet(()), indicators_sheet(()))
    sheets = (sheet, *further, _manual(standing))
    return Book("maillage_modele-de-tableau", standing.title, sheets)


def _columns(sources: list[str], stage: Stage) -> tuple[Column, ...]:
    known = fields()
    told = (
        Column(known[id].title, _SHOWN.get(known[id].kind, Shown.CODE), _WIDE.get(id, 16))
        if id in {"key", "number", "commune_codes"} or known[id].kind in _SHOWN
        else Column(known[id].title, width=_WIDE.get(id, 20))
        for id in TOLD
    )
    return (*told, *(Column(heading_of(source, stage), Shown.EUROS, 17) for source in sources))


@cache
def heading_of(source: str, stage: Stage) -> str:
    """The name of a source that no other column could be taken for, and what its amounts are."""
    word = f", {STAGES[stage]}" if stage != "draft" else ""
    if source == OWN:
        return f"{fields()[OWN].title}{', inscrit' if word else ''}"
    card = funding_sources()[source]
    known = tuple(funding_sources().values())
    names = (f"{name}{word}" for name in (card.short, card.title, f"Financement {card.short}"))
    meant = staged(FUNDING + source, stage)
    return next(name for name in names if guess(name, known).field == meant)


def _asked(row: Reviewed, source: str) -> Cell:
    known = [line.asked for line in programmed(row) if line.source == source]
    asked = [amount for amount in known if amount is not None]
    return typed(total(asked) if asked else None)


def _node(row: Operation, kind: str) -> str:
    node: StrategyNode | None = row.orientation
    while node is not None and node.kind != kind:
        node = node.parent
    return f"{node.number} {node.title}" if node else ""


def _manual(standing: Standing) -> Explained:
    """« Mode d’emploi », so that the file explains itself where it is filled."""
    words = [(fields()[id].title, fields()[id].description) for id in TOLD]
    lists = (("phase", "Phases"), ("status", "Statuts"), ("maturity", "Maturités"))
    said = [(name, ", ".join(title for _, title in choices(kind))) for kind, name in lists]  # type: ignore[arg-type]
    priorities = ", ".join(title for _, title in choices("priority"))
    lines = [
        ("Contrat", standing.contract),
        ("Ce que montre ce tableau", standing.moment),
        ("Lignes comptées", PROGRAMMED if standing.contract else ""),
        ("Pour ajouter", "Écrivez une ligne et laissez vide la colonne « Identifiant Maillage »."),
        ("Pour modifier", "Changez la cellule, gardez l’identifiant, puis importez le fichier."),
        ("Case vidée", "Elle ne change rien : on efface une valeur sur le site, pas ici."),
        ("Montants", "En euros ; « 150 k€ » se lit aussi. Une colonne par financeur."),
        (
            "Demandé, notifié, versé",
            "« DETR » seul est un brouillon, que l’État ne voit pas ; « DETR, demandé », "
            "« DETR, notifié », « DETR, conventionné » et « DETR, versé » se lisent aussi.",
        ),
        ("Autres financeurs", "Ajoutez une colonne au nom de la source : FEDER, Ademe…"),
        (
            "Le détail des financements",
            DETAIL,
        ),
        ("Les indicateurs", "Une ligne par indicateur, dans la feuille « Indicateurs »."),
        ("Les versements", VERSED),
        (
            "Les formats CSV",
            "« CSV » ne garde que la première feuille ; « Tableaux CSV » les a toutes, un fichier "
            "par feuille dans une archive qui se réimporte telle quelle.",
        ),
        ("Dates", "jj/mm/aaaa ; « mars 2026 » et « T2 2026 » se lisent aussi."),
        ("Maîtres d’ouvrage", "Le chef de file d’abord, les autres après un point-virgule."),
        ("", ""),
        *said,
        ("Priorités", priorities),
        *((name, " ; ".join(CHOICES[kind].values())) for kind, name in _WORDS),
        ("", ""),
        *((name, words) for name, words in words if words),
    ]
    kept = tuple((name, words) for name, words in lines if words or not name)
    return Explained("Mode d’emploi", standing.title, kept)
