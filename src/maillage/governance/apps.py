"""Tells Django about this room."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "maillage.governance"
    label = "governance"
    verbose_name = "Gouvernance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maillage.accounts.triggers import Kept, keep
        from maillage.governance.models.meetings import CORRECTED
        from maillage.governance.waiting import SOURCE
        from maillage.operations.dues.sources import register

        keep(
            self,
            Kept("governance_meeting", ("committee_id", "number"), sealed=("minutes", "reference")),
            Kept("governance_correction", CORRECTED),
        )
        register("governance", SOURCE)
