"""The text as signed, which never changes, and the avenant that prepares the next one."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import Revised
from maillage.contracts.models.contracts import Contract

#: Fields of a version that are written once.
FROZEN = ("contract_id", "number", "snapshot", "digest", "frozen_at", "frozen_by_id")
#: Fields of a version that say where it stands.
MOVING = ("in_force_on", "superseded_on", "withdrawn_at")


class ImmutableError(TypeError):
    """Somebody tried to change a frozen text: a fault of the program."""


class Versions(models.QuerySet["ContractVersion"]):
    """Versions in bulk are no more changed than one by one."""

    def update(self, **changes: Any) -> int:
        if FROZEN_NAMES & set(changes):
            raise ImmutableError("a frozen version never changes")
        return super().update(**changes)

    def delete(self) -> NoReturn:
        raise ImmutableError("a frozen version is never removed")


class ContractVersion(models.Model):
    """``snapshot`` is the whole contract as plain values (``contracts.snapshot``), and ``digest``
    its SHA-256. Frozen to be signed; in force from ``in_force_on`` to ``superseded_on``; or
    withdrawn before anybody signed, to write the text again."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    in_force_on = models.DateField(null=True)
    superseded_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Versions.as_manager()

    class Meta:
        ordering = ("number", "id")
        constraints = (
            models.UniqueConstraint(
                name="version_number_once",
                fields=("contract", "number"),
                condition=Q(withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="one_version_in_force",
                fields=("contract",),
                condition=Q(in_force_on__isnull=False, superseded_on=None),
            ),
            models.CheckConstraint(name="version_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="version_withdrawn_was_never_in_force",
                condition=Q(withdrawn_at=None) | Q(in_force_on=None),
            ),
            models.CheckConstraint(
                name="version_superseded_was_in_force",
                condition=Q(superseded_on=None)
                | Q(in_force_on__isnull=False, superseded_on__gte=F("in_force_on")),
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            stored = type(self).objects.get(pk=self.pk)
            if any(getattr(stored, name) != getattr(self, name) for name in FROZEN):
                raise ImmutableError("a frozen version never changes")
            kwargs["update_fields"] = MOVING
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableError("a frozen version is never removed")


FROZEN_NAMES = {*FROZEN, "contract", "frozen_by"}


class Avenant(Revised):
    """A change of the signed contract: a draft, then a frozen text, then a version in force.

    ``base`` is the version it amends; ``left_out`` the keys of the differences (``contracts.diff``)
    that it does not take; ``version`` the text to sign, once frozen.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="avenants")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    purpose = models.TextField(blank=True)
    status = models.CharField(max_length=20, default="draft")
    base = models.ForeignKey(ContractVersion, models.PROTECT, related_name="amended_by")
    version = models.OneToOneField(
        ContractVersion, models.PROTECT, null=True, related_name="avenant"
    )
    left_out = models.JSONField(default=list)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="avenant_number_once", fields=("contract", "number")),
            models.UniqueConstraint(
                name="one_avenant_at_a_time",
                fields=("contract",),
                condition=Q(status__in=("draft", "frozen")),
            ),
            models.CheckConstraint(
                name="avenant_status_is_known",
                condition=Q(status__in=("draft", "frozen", "in_force", "abandoned")),
            ),
            models.CheckConstraint(
                name="avenant_frozen_has_its_text",
                condition=~Q(status__in=("frozen", "in_force")) | Q(version__isnull=False),
            ),
        )
