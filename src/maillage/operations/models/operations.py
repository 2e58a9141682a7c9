"""The operation: one model from the idea to the end, fiche projet then fiche action."""

import uuid

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import Organisation, Revised
from maillage.accounts.models.filed import filed_as
from maillage.contracts.models import Contract, StrategyNode

STAGES = ("project", "action")  # fiche projet, fiche action
PHASES = ("idea", "study", "operation")
STATUSES = ("on_track", "late", "paused", "blocked", "dropped", "finished")
OPINIONS = ("", "favourable", "reserved", "unfavourable")


class Operation(Revised):
    """``phase`` and ``status`` are ids of ``vocabulary``; costs are euros, before tax (``tax``
    « ht ») or with it. ``communes`` are codes, ``cells`` pairs of the ISO 37101 grid;
    ``programmes`` names of national programmes and contracts it belongs to, as referenced."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="operations")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=250)
    filed = filed_as("title")
    description = models.TextField(blank=True)
    stage = models.CharField(max_length=10, default="project")
    ready_on = models.DateField(null=True)
    phase = models.CharField(max_length=12, default="idea")
    status = models.CharField(max_length=12, default="on_track")
    blocked_reason = models.TextField(blank=True)
    dropped_reason = models.TextField(blank=True)
    next_step = models.CharField(max_length=250, blank=True)
    next_step_on = models.DateField(null=True)
    priority = models.CharField(max_length=10, default="medium")
    maturity = models.CharField(max_length=12, default="intention")
    outside = models.BooleanField(default=False)  # « hors CRTE »
    early = models.BooleanField(default=False)  # préfiguratrice
    lead_competence = models.BooleanField(default=False)  # compétence à chef de file

    orientation = models.ForeignKey(
        StrategyNode, models.SET_NULL, null=True, related_name="operations"
    )
    owners = models.ManyToManyField(Organisation, through="Pilot", related_name="+")
    partners = models.TextField(blank=True)
    referent = models.CharField(max_length=200, blank=True)
    elected_referent = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    beneficiaries = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    ecology = models.TextField(blank=True)
    communes = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    programmes = models.JSONField(default=list)

    tax = models.CharField(max_length=3, default="ht")
    investment_cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    running_cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    cotech_opinion = models.CharField(max_length=12, blank=True)
    cotech_on = models.DateField(null=True)
    cotech_reference = models.CharField(max_length=250, blank=True)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="continued_by"
    )  # that of the former contract
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("number", "filed", "id")
        constraints = (
            models.CheckConstraint(name="operation_stage_is_known", condition=Q(stage__in=STAGES)),
            models.CheckConstraint(name="operation_phase_is_known", condition=Q(phase__in=PHASES)),
            models.CheckConstraint(
                name="operation_status_is_known", condition=Q(status__in=STATUSES)
            ),
            models.CheckConstraint(
                name="operation_blocked_says_why",
                condition=~Q(status="blocked") | ~Q(blocked_reason=""),
            ),
            models.CheckConstraint(
                name="operation_ready_has_a_date",
                condition=~Q(stage="action") | Q(ready_on__isnull=False),
            ),
            models.CheckConstraint(
                name="operation_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="operation_costs_are_positive",
                condition=(Q(investment_cost=None) | Q(investment_cost__gte=0))
                & (Q(running_cost=None) | Q(running_cost__gte=0)),
            ),
            models.CheckConstraint(
                name="operation_opinion_is_known_and_dated",
                condition=Q(cotech_opinion="")
                | Q(cotech_opinion__in=OPINIONS, cotech_on__isnull=False),
            ),
        )
        indexes = (models.Index(name="operation_by_status", fields=("contract", "status")),)

    def __str__(self) -> str:
        return self.title


class Pilot(models.Model):
    """A maître d’ouvrage; the first by ``position`` is the lead pilot of several."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="pilots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="piloted")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                name="owner_once_of_an_operation", fields=("operation", "organisation")
            ),
        )


class IndicatorLink(models.Model):
    """An indicator an operation is judged on; ``question``: pace, results or impact.

    ``indicator`` is an id of the catalogue, or empty for one of the contract’s own, then named.
    """

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="indicators")
    indicator = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=250)
    question = models.CharField(max_length=10)
    target = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="indicator_answers_a_question",
                condition=Q(question__in=("pace", "results", "impact")),
            ),
        )
