"""Calls for projects: of a contract, or national ones that the site’s operator brings in."""

from django.db import models
from django.db.models import F, Q

from maillage.contracts.models import Contract


class ProjectCall(models.Model):
    """``contract`` is None for a national one. ``source`` is an id of ``funding_sources``.

    ``owners`` are natures of organisations, ``themes`` issues of the ISO 37101 grid; empty: any.
    Amounts are euros, ``rate`` a share of the cost from 0 to 1.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, null=True, related_name="project_calls")
    name = models.CharField(max_length=250)
    funder = models.CharField(max_length=200)
    source = models.CharField(max_length=40, default="ministry")
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    link = models.CharField(max_length=400, blank=True)
    owners = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    minimum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    maximum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    class Meta:
        ordering = (F("closes_on").asc(nulls_last=True), "id")
        constraints = (
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
            ),
        )

    def __str__(self) -> str:
        return self.name
