"""The strategy of the projet de territoire, and the contracts and programmes it gathers."""

import uuid

from django.db import models
from django.db.models import Q

from maillage.accounts.models import Revised
from maillage.accounts.models.filed import filed_as
from maillage.contracts.models.contracts import Contract

KINDS = ("axe", "orientation", "objectif")


class StrategyNode(Revised):
    """An axe holds orientations, which hold objectifs. ``number`` is what people cite: 1, 1.2,
    1.2.3. ``key`` stays the same through versions."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="strategy")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.CheckConstraint(name="strategy_kind_is_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="strategy_only_an_axe_stands_alone",
                condition=Q(kind="axe", parent=None) | (~Q(kind="axe") & Q(parent__isnull=False)),
            ),
            models.UniqueConstraint(name="strategy_number_once", fields=("contract", "number")),
        )


class ProgrammeLink(Revised):
    """Another contract or a national programme: referenced first, integrated later.

    ``programme`` is an id of ``data/programmes.yaml``, empty for one it does not list.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="programmes")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=250)
    filed = filed_as("name")
    reference = models.CharField(max_length=250, blank=True)
    stage = models.CharField(max_length=20, default="referenced")
    referenced_on = models.DateField()
    integrated_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("filed", "id")
        constraints = (
            models.CheckConstraint(
                name="programme_integrated_has_a_date",
                condition=Q(stage="referenced", integrated_on=None)
                | Q(stage="integrated", integrated_on__isnull=False),
            ),
        )
