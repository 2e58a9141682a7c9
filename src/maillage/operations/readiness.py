"""The gate from fiche projet to fiche action: everything that is missing, told at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maillage.operations.money_rules import Finding
from maillage.operations.vocabulary import words


@dataclass(frozen=True)
class Dossier:
    """What the gate looks at. ``questions`` are those that an indicator of the operation answers;
    ``opinion`` is the cotech’s: « favourable », « reserved », « unfavourable », or empty."""

    description: str = ""
    owners: int = 0
    referent: str = ""
    orientation: bool = False
    outside: bool = False
    communes: int = 0
    cost_known: bool = False
    lines: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    ecology: str = ""
    questions: frozenset[str] = frozenset()
    opinion: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One thing a fiche action has: how it is asked for, where it comes from, what it weighs."""

    code: str
    title: str
    message: str  # what to do when it is missing
    anchor: str  # part of the form where it is filled
    legal: str
    since: date
    severity: Literal["required", "advised"]
    holds: Callable[[Dossier], bool]


CIRCULAR = "Circulaire n° 6231/SG du 20 novembre 2020, II"
GUIDE = "Accompagnement des CRTE, ANCT : fiches action prêtes à démarrer"
_SINCE = date(2020, 11, 20)


def _asks_all(dossier: Dossier) -> bool:
    return dossier.questions >= set(words("question"))


def _balanced(dossier: Dossier) -> bool:
    errors = [item for item in dossier.findings if item.severity == "error" and item.stands]
    return dossier.cost_known and dossier.lines > 0 and not errors


READY: tuple[Condition, ...] = (
    Condition(
        "description", "Description", "Décrivez l’opération en quelques phrases.",
        "description", GUIDE, _SINCE, "required", lambda d: len(d.description.strip()) >= 40,
    ),
    Condition(
        "owner", "Maître d’ouvrage", "Nommez au moins un maître d’ouvrage.",
        "maitres-d-ouvrage", CIRCULAR, _SINCE, "required", lambda d: d.owners > 0,
    ),
    Condition(
        "referent", "Référent", "Dites qui suit l’opération.",
        "maitres-d-ouvrage", GUIDE, _SINCE, "required", lambda d: bool(d.referent.strip()),
    ),
    Condition(
        "orientation", "Lien avec la stratégie",
        "Rattachez l’opération à une orientation, ou marquez-la « hors contrat ».",
        "strategie", CIRCULAR, _SINCE, "required", lambda d: d.orientation or d.outside,
    ),
    Condition(
        "location", "Localisation", "Indiquez les communes où elle se déroule.",
        "strategie", GUIDE, _SINCE, "required", lambda d: d.communes > 0,
    ),
    Condition(
        "cost", "Coût", "Chiffrez l’opération, section par section.",
        "cout", CIRCULAR, _SINCE, "required", lambda d: d.cost_known,
    ),
    Condition(
        "plan", "Plan de financement équilibré",
        "Équilibrez le plan de financement et levez ses erreurs.",
        "financement", CIRCULAR, _SINCE, "required", _balanced,
    ),
    Condition(
        "calendar", "Calendrier", "Donnez une date de début et une date de fin.",
        "calendrier", GUIDE, _SINCE, "required",
        lambda d: d.starts_on is not None and d.ends_on is not None,
    ),
    Condition(
        "ecology", "Contribution écologique",
        "Dites ce qu’elle apporte à la transition écologique.",
        "description", CIRCULAR, _SINCE, "required", lambda d: bool(d.ecology.strip()),
    ),
    Condition(
        "indicators", "Indicateurs",
        "Associez un indicateur à chacune des trois questions : rythme, résultats, effets.",
        "indicateurs", "Accompagnement des CRTE, ANCT : suivi et évaluation", _SINCE, "required",
        _asks_all,
    ),
    Condition(
        "opinion", "Avis du cotech", "Recueillez l’avis technique du cotech, avec sa date.",
        "cotech", "Accompagnement des CRTE, ANCT : comité technique", _SINCE, "required",
        lambda d: d.opinion in {"favourable", "reserved"},
    ),
)  # fmt: skip


def checklist(dossier: Dossier, day: date) -> tuple[tuple[Condition, bool], ...]:
    """Every condition in force, and whether it holds."""
    return tuple((item, item.holds(dossier)) for item in READY if day >= item.since)


def missing(dossier: Dossier, day: date) -> tuple[Condition, ...]:
    """What stands between a fiche projet and a fiche action; empty when it may pass."""
    return tuple(
        item for item, holds in checklist(dossier, day) if not holds and item.severity == "required"
    )
