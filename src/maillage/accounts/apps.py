"""Tells Django about this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "maillage.accounts"
    label = "accounts"
    verbose_name = "Comptes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maillage.accounts.triggers import Kept, keep

        columns = ("at", "person_id", "capacity", "contract_id", "object_kind", "object_id", "verb")
        keep(self, Kept("accounts_journalentry", (*columns, "before", "after")))
