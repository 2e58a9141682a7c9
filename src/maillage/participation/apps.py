"""Tells Django about this room."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "maillage.participation"
    label = "participation"
    verbose_name = "Remarques"
    default_auto_field = "django.db.models.BigAutoField"
