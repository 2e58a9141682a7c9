"""Tells Django about this room."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class OperationsConfig(AppConfig):
    name = "maillage.operations"
    label = "operations"
    verbose_name = "Opérations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maillage.accounts.models import JournalEntry
        from maillage.accounts.triggers import Kept, keep
        from maillage.operations.actions.dues import mark
        from maillage.operations.models.frozen import FROZEN

        keep(self, Kept("operations_maquette", FROZEN))
        post_save.connect(mark, sender=JournalEntry)
