"""Tells Django about this room."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "maillage.contracts"
    label = "contracts"
    verbose_name = "Contrats"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maillage.accounts.triggers import Kept, keep
        from maillage.contracts.models.decisions import RECORDED
        from maillage.contracts.models.parties import SIGNED
        from maillage.contracts.models.versions import FROZEN

        keep(
            self,
            Kept("contracts_contractversion", FROZEN),
            Kept("contracts_signature", SIGNED, sealed=("scan", "withdrawn_reason")),
            Kept("contracts_decision", RECORDED, sealed=("document",)),
        )
