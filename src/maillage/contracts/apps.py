"""Tells Django about this room."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContractsConfig(AppConfig):
    name = "maillage.contracts"
    label = "contracts"
    verbose_name = "Contrats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_lock_versions, sender=self)


def _lock_versions(sender: AppConfig, using: str, **about: Any) -> None:
    from maillage.accounts.triggers import write_once
    from maillage.contracts.models.versions import FROZEN

    write_once(using, "contracts_contractversion", FROZEN)
