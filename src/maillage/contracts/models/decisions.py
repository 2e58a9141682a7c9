"""The authority behind an act: which body decided, when, and where it is written."""

from django.db import models
from django.db.models import Q

from maillage.contracts.models.contracts import Contract
from maillage.contracts.models.versions import Avenant

OPINIONS = ("", "favourable", "reserved", "unfavourable")

#: Columns of a decision that are written once; its minutes may be joined later, once.
RECORDED = (
    *("contract_id", "instance", "kind", "decided_on", "reference", "subject"),
    *("cotech_opinion", "cotech_on", "avenant_id"),
)


class Decision(models.Model):
    """``instance`` and ``kind`` are ids of ``data/decisions.yaml``; ``reference`` that of the
    minutes or of the délibération. ``cotech_opinion`` is empty when none was asked."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="decisions")
    instance = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    decided_on = models.DateField()
    reference = models.CharField(max_length=250)
    subject = models.CharField(max_length=400)
    cotech_opinion = models.CharField(max_length=20, blank=True)
    cotech_on = models.DateField(null=True)
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, related_name="decisions")
    document = models.FileField(upload_to="decisions/", blank=True)

    class Meta:
        ordering = ("-decided_on", "-id")
        constraints = (
            models.CheckConstraint(name="decision_has_its_reference", condition=~Q(reference="")),
            models.CheckConstraint(
                name="decision_opinion_is_known_and_dated",
                condition=Q(cotech_opinion="")
                | Q(cotech_opinion__in=OPINIONS, cotech_on__isnull=False),
            ),
        )
