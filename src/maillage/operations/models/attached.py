"""What hangs on an operation: files, comments, derogations, the interdependency it answers."""

from django.conf import settings
from django.db import models

from maillage.operations.models.operations import Operation


class Interdependency(models.Model):
    """A figure of the observatory the operation answers, kept as it was shown that day.

    ``flow`` or ``theme`` is an id of the catalogue; ``partner`` the id of a territory.
    """

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="interdependencies")
    flow = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=40, blank=True)
    partner = models.TextField(blank=True)
    partner_name = models.CharField(max_length=250, blank=True)
    statement = models.CharField(max_length=400)
    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=250)
    vintage = models.CharField(max_length=20)
    noted_on = models.DateField()

    class Meta:
        ordering = ("id",)


class Derogation(models.Model):
    """A rule set aside for an operation: ``rule`` is an id of ``money_rules``."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="derogations")
    rule = models.CharField(max_length=40)
    act = models.CharField(max_length=250)
    author = models.CharField(max_length=200)
    granted_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(name="derogation_once", fields=("operation", "rule")),
        )


class Attachment(models.Model):
    """A file; ``kind`` is what its content is, whatever its name says."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="operations/")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Comment(models.Model):
    """Said of an operation, by somebody, once."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="comments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=300)
    text = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("said_at", "id")
