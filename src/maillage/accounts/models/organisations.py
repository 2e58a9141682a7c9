"""Whom people act for, with which role, over which perimeter and which contract."""

from django.db import models

from maillage.accounts.models.filed import filed_as
from maillage.accounts.models.people import Person


class Organisation(models.Model):
    """A public body, a firm, an association. ``territory`` is the id of the territory it
    administers, empty for those that have none."""

    name = models.CharField(max_length=250)
    filed = filed_as("name")
    nature = models.CharField(max_length=40)  # an id of data/natures.yaml
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    territory = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ("filed", "id")
        constraints = (
            models.UniqueConstraint(
                name="organisation_siren_is_unique",
                fields=("siren",),
                condition=~models.Q(siren="") & models.Q(siret=""),
            ),
            models.UniqueConstraint(
                name="organisation_siret_is_unique",
                fields=("siret",),
                condition=~models.Q(siret=""),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person acts for an organisation, with a role, from a day to another.

    ``role`` is an id of ``data/roles.yaml``. The role holds over the contract ``contract_id`` when
    given (no foreign key: contracts stand above this room), else over every contract that shares
    a place with ``territory``, the id of a territory.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30)
    territory = models.CharField(max_length=250, blank=True)
    contract_id = models.PositiveBigIntegerField(null=True, db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="membership_has_a_perimeter",
                condition=~models.Q(territory="") | models.Q(contract_id__isnull=False),
            ),
        )
