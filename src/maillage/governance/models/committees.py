"""A committee of a contract, and who sits in it."""

from django.db import models
from django.db.models import Q

from maillage.accounts.models import Organisation, Revised
from maillage.contracts.models import Contract


class Committee(Revised):
    """``kind`` and ``level`` are ids of ``data/committees.yaml``. ``contract`` is the one that
    holds it; it is common to those of ``shared_with`` too, which read it.

    ``yearly``: how many times a year it should meet; ``quorum``: how many of those who vote must be
    there or represented; None when nobody said.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="committees")
    shared_with = models.ManyToManyField(Contract, related_name="common_committees", blank=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20, default="local")
    yearly = models.PositiveSmallIntegerField(null=True)
    quorum = models.PositiveSmallIntegerField(null=True)
    mission = models.TextField(blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(name="committee_has_a_name", condition=~Q(name="")),)


class Member(Revised):
    """Who an organisation sends: a person, or a function when nobody is named. ``quality`` is an id
    of ``data/committees.yaml``; several members may preside together.

    Nobody is removed: ``until`` says the last day. ``email`` is shown to whoever calls meetings.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    quality = models.CharField(max_length=20, default="voting")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="member_has_a_name_or_a_function", condition=~Q(name="", function="")
            ),
        )
