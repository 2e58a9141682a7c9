"""The maquette « arrêtée le… »: a text that never changes, with its checksum."""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from maillage.contracts.models import Contract, Decision

#: Columns of a maquette: all of them, written once.
FROZEN = (
    *("contract_id", "year", "rank", "decided_on", "instance", "reference", "decision_id"),
    *("text", "digest", "made_by_id", "made_at"),
)


class FrozenError(TypeError):
    """Somebody tried to change a maquette arrêtée: a fault of the program."""


class Maquettes(models.QuerySet["Maquette"]):
    """In bulk no more than one by one."""

    def update(self, **changes: Any) -> NoReturn:
        raise FrozenError("a maquette arrêtée never changes")

    def delete(self) -> NoReturn:
        raise FrozenError("a maquette arrêtée is never removed")


class Maquette(models.Model):
    """``text`` is canonical JSON (``maquette.content``) and ``digest`` its SHA-256.

    ``rank`` counts the maquettes of the same year: a second copil may decide another.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="maquettes")
    year = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(default=1)
    decided_on = models.DateField()
    instance = models.CharField(max_length=120)  # « copil »
    reference = models.CharField(max_length=250)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, related_name="maquette"
    )  # None in those arrêtées before decisions were linked
    text = models.TextField()
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = Maquettes.as_manager()

    class Meta:
        ordering = ("-year", "-rank")
        constraints = (
            models.UniqueConstraint(
                name="maquette_once_a_year_and_rank", fields=("contract", "year", "rank")
            ),
        )

    @property
    def content(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenError("a maquette arrêtée never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenError("a maquette arrêtée is never removed")
