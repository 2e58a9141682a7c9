"""What a decision says of an operation."""

from django.db import models
from django.db.models import Q

from maillage.contracts.models import Decision
from maillage.operations.models.operations import Operation

#: What becomes of the operation: ids, and what people read.
OUTCOMES = {
    "ready": "Devient une fiche action",
    "reorient": "Réorientée",
    "reallocate": "Moyens réaffectés",
    "stop": "Arrêtée",
    "other": "Examinée",
}


class Outcome(models.Model):
    """``outcome`` is an id of ``OUTCOMES``."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outcomes")
    operation = models.ForeignKey(Operation, models.CASCADE, related_name="outcomes")
    outcome = models.CharField(max_length=12)

    class Meta:
        ordering = ("-decision__decided_on", "-id")
        constraints = (
            models.UniqueConstraint(name="outcome_once", fields=("decision", "operation")),
            models.CheckConstraint(
                name="outcome_is_known", condition=Q(outcome__in=tuple(OUTCOMES))
            ),
        )

    @property
    def label(self) -> str:
        return OUTCOMES[self.outcome]
