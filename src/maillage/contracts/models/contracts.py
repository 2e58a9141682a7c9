"""The contract itself, its dated perimeters, and the places its perimeter touches."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import Organisation, Revised
from maillage.accounts.models.filed import filed_as

#: Every status, in the order of life; labels and steps: data/life.yaml.
STATUSES = (
    *("preparing", "method_agreed", "drafting", "signed", "in_force"),
    *("expired", "extended", "renewed", "closed", "refused", "terminated"),
)
#: Those of a contract whose text has been signed.
SIGNED = ("signed", "in_force", "expired", "extended", "renewed", "closed")
#: Those of a contract that runs until its term.
RUNNING = ("in_force", "extended")
#: Those of a contract that is, or was, in force.
BEGUN = ("in_force", "expired", "extended", "renewed", "closed")


class Contract(Revised):
    """``code`` is the official id (``crte-…``) where there is one; ``territory`` the id of the
    perimeter in force. ``published_on`` is when the public may see it: closed by default."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=90, unique=True)
    kind = models.CharField(max_length=40)  # an id of data/kinds.yaml
    name = models.CharField(max_length=250)
    filed = filed_as("name")
    code = models.CharField(max_length=60, blank=True, db_index=True)
    status = models.CharField(max_length=20, default="preparing", db_index=True)
    territory = models.TextField(blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="leads")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")

    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    method_agreed_on = models.DateField(null=True)
    method_terms = models.TextField(blank=True)  # how the parties work until the signature
    method_reference = models.CharField(max_length=250, blank=True)
    signed_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_reason = models.TextField(blank=True)
    final_review = models.TextField(blank=True)
    published_on = models.DateField(null=True)

    state_of_play = models.TextField(blank=True)
    project = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("filed", "id")
        constraints = (
            models.CheckConstraint(
                name="contract_status_is_known", condition=Q(status__in=STATUSES)
            ),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="contract_signed_has_a_date",
                condition=~Q(status__in=SIGNED) | Q(signed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_in_force_has_dates",
                condition=~Q(status__in=BEGUN)
                | Q(in_force_on__isnull=False, ends_on__isnull=False, starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_method_accord_has_a_date",
                condition=~Q(status="method_agreed") | Q(method_agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="contract_closed_has_its_final_review",
                condition=~Q(status="closed") | (~Q(final_review="") & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="contract_ended_early_says_why",
                condition=~Q(status__in=("refused", "terminated"))
                | (~Q(ended_reason="") & Q(ended_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_past_term(self, today: date) -> bool:
        """Its term is over and nobody has said so yet."""
        return self.status in RUNNING and self.ends_on is not None and self.ends_on < today


class ContractPerimeter(models.Model):
    """A perimeter and the days it held. ``communes`` are frozen codes, whatever merges later.

    ``since`` is None for a perimeter that an avenant proposes and that is not in force yet.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="perimeters")
    territory = models.TextField()
    name = models.CharField(max_length=250)
    cog = models.PositiveSmallIntegerField()  # year of the official geography of ``communes``
    communes = models.JSONField()  # [code, name]
    epcis = models.JSONField(default=list)  # [SIREN, name, nature], those that have a commune in it
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.CheckConstraint(
                name="perimeter_ends_after_it_starts",
                condition=Q(until=None) | Q(since__isnull=False, until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="contract_has_one_perimeter_at_a_time",
                fields=("contract",),
                condition=Q(since__isnull=False, until=None),
            ),
            models.UniqueConstraint(
                name="contract_has_one_proposed_perimeter",
                fields=("contract",),
                condition=Q(since=None),
            ),
        )


class ContractPlace(models.Model):
    """A territory that shares a commune with the perimeter in force: what scopes rights and lists.

    Written again by ``actions`` each time the perimeter changes; no foreign key crosses the stores.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="places")
    level = models.CharField(max_length=30)
    place = models.CharField(max_length=80)
    name = models.CharField(max_length=250)
    filed = filed_as("name")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="contract_place_once", fields=("contract", "place")),
        )
        indexes = (models.Index(name="contract_by_place", fields=("place", "contract")),)
