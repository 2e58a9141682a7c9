"""Money: one line an operation, a source and a section; its years; what was really paid."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q

from maillage.accounts.models import Organisation, Revised
from maillage.operations.funding_sources import funding_sources
from maillage.operations.models.operations import Operation
from maillage.operations.models.project_calls import ProjectCall
from maillage.operations.money import total

#: ``programme``: counts. ``simulation``: the State tries it, unseen by others. ``draft``: the
#: collectivités prepare it, unseen by the State until sent.
KINDS = ("programme", "simulation", "draft")
#: Who may see a programmed line: parties of the contract, State services too, everyone.
LEVELS = ("parties", "state", "public")


def _euros() -> "models.DecimalField[object, object]":
    return models.DecimalField(max_digits=14, decimal_places=2, null=True)


class FundingLine(Revised):
    """``source`` is an id of ``funding_sources``; ``funder`` the organisation, when it is known.

    Amounts are euros, each stage with its day. ``author`` is the organisation of whoever wrote a
    draft or a simulation. ``call``: the call for projects it aims at.
    ``answer``: what the funder said, with its reference; ``answered_as``
    and ``answered_at``: what it answered last in place (« notify », « agree », « refuse »), when.
    """

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="lines")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, default="programme")
    level = models.CharField(max_length=10, default="parties")
    source = models.CharField(max_length=40)
    funder = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="funds")
    author = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    call = models.ForeignKey(ProjectCall, models.SET_NULL, null=True, related_name="lines")
    section = models.CharField(max_length=12, default="investment")
    purpose = models.CharField(max_length=250, blank=True)  # « poste de chef de projet »…
    tax = models.CharField(max_length=3, default="ht")
    eligible = _euros()

    asked = _euros()
    asked_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    opinion_on = models.DateField(null=True)
    notified = _euros()
    notified_on = models.DateField(null=True)
    agreed = _euros()
    agreed_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    lapsed_on = models.DateField(null=True)
    extended_start = models.BooleanField(default=False)
    extended_completion = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)

    file_number = models.CharField(max_length=120, blank=True)
    order = models.CharField(max_length=120, blank=True)
    envelope = models.CharField(max_length=120, blank=True)
    agreement = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    answered_as = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="line_kind_is_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="line_level_is_known", condition=Q(level__in=LEVELS)),
            models.CheckConstraint(
                name="line_section_is_known", condition=Q(section__in=("investment", "running"))
            ),
            models.CheckConstraint(
                name="line_amounts_are_positive",
                condition=(Q(asked=None) | Q(asked__gte=0))
                & (Q(notified=None) | Q(notified__gte=0))
                & (Q(agreed=None) | Q(agreed__gte=0))
                & (Q(eligible=None) | Q(eligible__gte=0)),
            ),
            models.CheckConstraint(
                name="line_private_work_is_never_open",
                condition=Q(kind="programme") | Q(level="parties"),
            ),
        )
        indexes = (
            models.Index(name="line_by_funder", fields=("funder", "kind")),
            models.Index(name="line_by_file_number", fields=("file_number", "kind")),
        )

    @property
    def source_label(self) -> str:
        return funding_sources()[self.source].short

    @property
    def paid_total(self) -> Decimal:
        return total(item.amount for item in self.payments.all())


class YearShare(models.Model):
    """What a line commits (AE) and pays (CP) in a year, as planned."""

    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    committed = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    payable = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(name="line_year_once", fields=("line", "year")),)


class Payment(models.Model):
    """Money that came in, on a day."""

    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="payments")
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ("paid_on", "id")
        constraints = (
            models.CheckConstraint(name="payment_is_positive", condition=Q(amount__gt=0)),
        )
