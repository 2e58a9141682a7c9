"""What each person keeps for themselves: filters they come back to, their calendar’s address."""

from django.conf import settings
from django.db import models

from maillage.contracts.models import Contract


class SavedView(models.Model):
    """A name for a set of filters, as the address writes them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                name="saved_view_name_once", fields=("person", "contract", "name")
            ),
        )


class CalendarFeed(models.Model):
    """The secret of one person’s .ics address; only its hash is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
