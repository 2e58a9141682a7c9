"""Tells Django about this room."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "maillage.contracts"
    label = "contracts"
    verbose_name = "Contrats"
    default_auto_field = "django.db.models.BigAutoField"
