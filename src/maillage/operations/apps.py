"""Tells Django about this room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "maillage.operations"
    label = "operations"
    verbose_name = "Opérations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maillage.accounts.triggers import Kept, keep
        from maillage.operations.models.frozen import FROZEN

        keep(self, Kept("operations_maquette", FROZEN))
