"""What happened, in the order it happened. Lines are added, never changed nor removed."""

from typing import Any, NoReturn

from django.db import models

from maillage.accounts.models.people import Person


class AppendOnlyError(TypeError):
    """Somebody tried to rewrite history: a fault of the program."""


class Lines(models.QuerySet["JournalEntry"]):
    """Lines in bulk are no more changed than one by one."""

    def update(self, **changes: Any) -> NoReturn:
        raise AppendOnlyError("the journal is append-only")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("the journal is append-only")


class JournalEntry(models.Model):
    """One act: who, in which capacity, on what, what was before and what is after.

    ``verb`` is the name of an act (``data/verbs.yaml`` says it in French); ``before`` and
    ``after`` hold the fields that changed, as JSON. ``person`` is None for the site itself.
    """

    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=300, blank=True)
    contract_id = models.PositiveBigIntegerField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = Lines.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(name="journal_by_contract", fields=("contract_id", "-at")),
            models.Index(name="journal_by_object", fields=("object_kind", "object_id")),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("the journal is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("the journal is append-only")
