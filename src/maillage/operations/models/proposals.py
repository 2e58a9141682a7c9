"""Fiches that communes propose by a link, without an account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.contracts.models import Contract
from maillage.operations.models.operations import Operation


class ProposalLink(models.Model):
    """A link that lets whoever holds it propose a fiche, until it expires."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="proposal_links")
    label = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.CheckConstraint(
                name="proposal_link_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
        )


class Proposal(models.Model):
    """What a commune wrote; then accepted, merged with an operation, or returned with a word."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="proposals")
    link = models.ForeignKey(ProposalLink, models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=250)
    description = models.TextField()
    owner = models.CharField(max_length=200)
    commune = models.CharField(max_length=5, blank=True)
    contact = models.EmailField()
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    starts_on = models.DateField(null=True)
    state = models.CharField(max_length=10, default="received")
    answer = models.TextField(blank=True)
    operation = models.ForeignKey(Operation, models.SET_NULL, null=True, related_name="proposals")
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-received_at",)
        constraints = (
            models.CheckConstraint(
                name="proposal_state_is_known",
                condition=Q(state__in=("received", "accepted", "merged", "returned")),
            ),
            models.CheckConstraint(
                name="proposal_returned_says_why", condition=~Q(state="returned") | ~Q(answer="")
            ),
        )
