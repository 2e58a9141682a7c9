"""A meeting of a committee: its agenda, who came, what was concluded; closed by its minutes."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from maillage.accounts.models import Revised
from maillage.contracts.models import Avenant, Decision
from maillage.contracts.models.decisions import OPINIONS
from maillage.governance.models.committees import Committee, Member
from maillage.operations.models import Operation

STATUSES = ("called", "held", "cancelled")
#: Columns of a correction: all of them, written once.
CORRECTED = ("meeting_id", "text", "made_on")


class Meeting(Revised):
    """``number`` counts those of a committee. ``status`` and ``formation`` are ids of
    ``data/committees.yaml``.

    ``revision`` counts what is written on its agenda and its attendance too. ``reference`` and
    ``minutes`` come once, together: from then on the meeting no longer changes.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=250, blank=True)
    formation = models.CharField(max_length=20, default="plenary")
    status = models.CharField(max_length=20, default="called")
    note = models.TextField(blank=True)  # a word to those invited
    guests = models.TextField(blank=True)  # who came and sits in no committee
    convened_on = models.DateField(null=True)  # when its convocation was sent, as somebody said
    cancelled_reason = models.CharField(max_length=400, blank=True)
    reference = models.CharField(max_length=250, blank=True)
    minutes = models.FileField(upload_to="meetings/", blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.UniqueConstraint(name="meeting_once_by_number", fields=("committee", "number")),
            models.CheckConstraint(
                name="meeting_status_is_known", condition=Q(status__in=STATUSES)
            ),
            models.CheckConstraint(
                name="meeting_with_minutes_was_held", condition=Q(reference="") | Q(status="held")
            ),
            models.CheckConstraint(
                name="meeting_cancelled_says_why",
                condition=~Q(status="cancelled") | ~Q(cancelled_reason=""),
            ),
        )

    @property
    def day(self) -> date:
        """In the time of Paris."""
        return localtime(self.starts_at).date()

    @property
    def closed(self) -> bool:
        """Its minutes are recorded: corrections are added, nothing is rewritten."""
        return bool(self.reference)


class Attendance(models.Model):
    """Somebody invited, as they were called that day, and whether they came. ``presence`` and
    ``quality`` are ids of ``data/committees.yaml``."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendances")
    organisation = models.CharField(max_length=250)
    name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=200, blank=True)
    quality = models.CharField(max_length=20)
    presence = models.CharField(max_length=20, default="invited")
    stand_in = models.CharField(max_length=200, blank=True)  # who came in their place

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="attendance_once_in_a_meeting", fields=("meeting", "member")
            ),
        )


class AgendaItem(models.Model):
    """One thing on the agenda, in the order of ``rank``. ``kind`` is an id of ``data/agenda.yaml``;
    ``operation``, ``avenant`` or ``year`` say what it is about. ``outcome``: what was concluded;
    ``opinion``: that of the cotech on the operation, one of ``OPINIONS``."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    operation = models.ForeignKey(Operation, models.SET_NULL, null=True, related_name="+")
    avenant = models.ForeignKey(Avenant, models.SET_NULL, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    outcome = models.TextField(blank=True)
    opinion = models.CharField(max_length=12, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="agenda_item")

    class Meta:
        ordering = ("rank", "id")
        constraints = (
            models.CheckConstraint(name="agenda_item_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="agenda_item_opinion_is_known", condition=Q(opinion__in=OPINIONS)
            ),
        )


class Correction(models.Model):
    """What is put right after the minutes: added under them, never in their place."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    text = models.TextField()
    made_on = models.DateField()

    class Meta:
        ordering = ("id",)
