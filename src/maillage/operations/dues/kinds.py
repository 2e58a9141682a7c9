"""The kinds of things that wait, how far ahead each is told, and the delays they are counted by."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Case, CharField, Q, Value, When

from maillage.operations.money_rules import money_rules

KINDS: Mapping[str, str] = {
    "lapse": "Subvention près de la caducité",
    "step": "Prochaine étape",
    "missing": "Pièces manquantes",
    "term": "Échéance du contrat",
    "lost": "Fiche action à reprendre",
    "proposal": "Fiche proposée",
    "request": "Demande de financement",
    "answered": "Le financeur a répondu",
    "call": "Clôture d’un appel à projets",
    "meeting": "Réunion",
    "convene": "Convocation à envoyer",
    "minutes": "Compte rendu à consigner",
    "decision": "Décisions à consigner",
}
#: In how long: id in the address -> French label. Undated things come last.
DELAYS: Mapping[str, str] = {
    "retard": "En retard",
    "30-jours": "Sous 30 jours",
    "90-jours": "Sous 90 jours",
    "plus-tard": "Plus tard",
    "sans-date": "Sans date",
}
STEP_DAYS, START_DAYS, TERM_DAYS = 45, 120, 365
CALL_DAYS = 90
MEETING_DAYS = 60
#: Kinds that are urgent once their day is past.
LATE = ("step", "term", "call", "convene", "minutes", "decision")
#: An answer is news for that many days.
ANSWERED_DAYS = 30
#: A grant lost within that many days comes before everything else.
URGENT_DAYS = 60


def ahead() -> Mapping[str, int]:
    """Days ahead from which each dated kind is told; a grant as its rule says."""
    watched = int(money_rules()["lapse"].value("watch_days"))
    dated = {"step": STEP_DAYS, "missing": START_DAYS, "term": TERM_DAYS, "call": CALL_DAYS}
    return {"lapse": watched, **dated, "meeting": MEETING_DAYS, "convene": MEETING_DAYS}


def told(today: date) -> Q:
    """Rows near enough to be told; what has no day always is."""
    days_of = ahead()
    near = ~Q(kind__in=[*days_of])
    for kind, days in days_of.items():
        near |= Q(kind=kind, day__lte=today + timedelta(days=days))
    return near


def within(delay: str, today: date) -> Q:
    """Rows of one of ``DELAYS``, that overlap nowhere."""
    month, quarter = today + timedelta(days=30), today + timedelta(days=90)
    return {
        "retard": Q(day__lt=today),
        "30-jours": Q(day__gte=today, day__lte=month),
        "90-jours": Q(day__gt=month, day__lte=quarter),
        "plus-tard": Q(day__gt=quarter),
        "sans-date": Q(day=None),
    }[delay]


def delay_of(today: date) -> Case:
    """The same, as a column."""
    cases = (When(within(delay, today), then=Value(delay)) for delay in DELAYS)
    return Case(*cases, output_field=CharField())


def urgent(today: date) -> Q:
    """A grant about to be lost, what is late."""
    return at_risk(today) | Q(kind__in=LATE, day__lt=today)


def at_risk(today: date) -> Q:
    """Grants about to be lost, or lost already."""
    return Q(kind="lapse", day__lte=today + timedelta(days=URGENT_DAYS))
