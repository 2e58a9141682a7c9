"""Tells Django about this room."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "maillage.accounts"
    label = "accounts"
    verbose_name = "Comptes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_lock_journal, sender=self)


def _lock_journal(sender: AppConfig, using: str, **about: Any) -> None:
    from maillage.accounts.triggers import write_once

    columns = ("at", "person_id", "capacity", "contract_id", "object_kind", "object_id", "verb")
    write_once(using, "accounts_journalentry", (*columns, "before", "after"))
