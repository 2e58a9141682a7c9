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
    *("votes_for", "votes_against", "abstentions", "rectifies_id", "reason"),
)


class Decision(models.Model):
    """``instance`` and ``kind`` are ids of ``data/decisions.yaml``; ``reference`` that of the
    minutes or of the délibération. ``cotech_opinion`` is empty when none was asked; votes are None
    when nobody counted them.

    One recorded wrongly is never rewritten: another ``rectifies`` it, for a ``reason``.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="decisions")
    instance = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    decided_on = models.DateField()
    reference = models.CharField(max_length=250)
    subject = models.CharField(max_length=400)
    cotech_opinion = models.CharField(max_length=20, blank=True)
    cotech_on = models.DateField(null=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    abstentions = models.PositiveSmallIntegerField(null=True)
    rectifies = models.OneToOneField("self", models.PROTECT, null=True, related_name="rectified_by")
    reason = models.CharField(max_length=400, blank=True)
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, related_name="decisions")
    document = models.FileField(upload_to="decisions/", blank=True)

    @property
    def votes(self) -> str:
        """« 12 pour, 1 contre, 2 abstentions », those that were counted."""
        counted = ((self.votes_for, "pour"), (self.votes_against, "contre"))
        said = [f"{count} {word}" for count, word in counted if count is not None]
        if self.abstentions is not None:
            said.append(f"{self.abstentions} abstention{'s' if self.abstentions > 1 else ''}")
        return ", ".join(said)

    class Meta:
        ordering = ("-decided_on", "-id")
        constraints = (
            models.CheckConstraint(name="decision_has_its_reference", condition=~Q(reference="")),
            models.CheckConstraint(
                name="decision_that_rectifies_says_why",
                condition=Q(rectifies=None, reason="") | Q(rectifies__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="decision_opinion_is_known_and_dated",
                condition=Q(cotech_opinion="")
                | Q(cotech_opinion__in=OPINIONS, cotech_on__isnull=False),
            ),
        )
