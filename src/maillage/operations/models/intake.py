"""A spreadsheet that is being brought in: the file, what its columns mean, what was settled."""

from django.conf import settings
from django.db import models

from maillage.accounts.models import Organisation, Revised
from maillage.contracts.models import Contract
from maillage.operations.models.operations import Operation


class Intake(Revised):
    """``mapping``: by sheet, the field of each column, by its number; None until it is settled.

    ``paid_on``: the day to which its paid amounts were added up. ``owners``: id of the
    organisation that a name of the file stands for, by plain name.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="intakes")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="intakes/")
    mapping = models.JSONField(null=True)
    paid_on = models.DateField(null=True)
    owners = models.JSONField(default=dict)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("-started_at", "-id")


class IntakeRow(Revised):
    """What a person settled of one row. ``corrections``: new text of a cell, by column number.

    The rest is read again from the file each time: what is not settled here is as the file says.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=120)
    row = models.PositiveIntegerField()  # from 1
    corrections = models.JSONField(default=dict)
    ignored = models.BooleanField(default=False)
    operation = models.ForeignKey(Operation, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="intake_row_once", fields=("intake", "sheet", "row")),
        )


class KnownHeading(models.Model):
    """What an office's heading means, once somebody said so; ``field`` empty: not to be read."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    heading = models.CharField(max_length=250)  # plain
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="heading_known_once", fields=("organisation", "heading")),
        )
