"""A remark, and apart from it, who left it: personal data that goes once the remark is read."""

from django.db import models

from maillage.accounts.models import Revised

LONGEST = 2000  # characters of a remark, of an answer, of a reason


RECEIVED, PUBLISHED, REJECTED = "received", "published", "rejected"
#: Where a remark stands, as the moderation page says it.
STATES = {RECEIVED: "à lire", PUBLISHED: "publiée", REJECTED: "écartée"}


class Remark(Revised):
    """What somebody says of a figure, and the figure as they saw it.

    ``subject`` is the id of a flow, indicator, stock or theme, empty for a page as a whole;
    ``territory`` the id of a perimeter, empty where the page is not about one.
    """

    page = models.CharField(max_length=9000)
    subject = models.CharField(max_length=80, blank=True)
    subject_label = models.CharField(max_length=300, blank=True)
    territory = models.CharField(max_length=8000, blank=True)
    territory_name = models.CharField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    value = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=80)
    text = models.TextField(max_length=LONGEST)
    left_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=tuple(STATES.items()), default=RECEIVED)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=LONGEST, blank=True)
    reason = models.TextField(max_length=LONGEST, blank=True)

    class Meta:
        ordering = ("-left_at", "-id")
        indexes = (models.Index(name="remark_by_state", fields=("state", "-left_at")),)
        constraints = (
            models.CheckConstraint(
                name="remark_rejected_with_a_reason",
                condition=~models.Q(state=REJECTED) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="remark_decided_or_received",
                condition=models.Q(state="received", decided_at=None)
                | (~models.Q(state="received") & models.Q(decided_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"remark {self.pk} on {self.page[:80]}"


class Author(models.Model):
    """Who left a remark, if they said so. Never shown but to the moderator, never exported."""

    remark = models.OneToOneField(Remark, models.CASCADE, related_name="author")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
