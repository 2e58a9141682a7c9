"""Ways in that expire: an invitation to open an account, a link to read one contract without."""

from django.db import models

from maillage.accounts.models.organisations import Organisation
from maillage.accounts.models.people import Person


class Invitation(models.Model):
    """Sent by e-mail; only the hash of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    territory = models.CharField(max_length=250, blank=True)
    contract_id = models.PositiveBigIntegerField(null=True, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="invitation_expires_after_it_is_sent",
                condition=models.Q(expires_at__gt=models.F("sent_at")),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_withdrawn",
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
            ),
        )


class ReadLink(models.Model):
    """A link that shows one contract, read only, to whoever holds it, until it expires."""

    contract_id = models.PositiveBigIntegerField(db_index=True)
    label = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="read_link_expires_after_it_is_made",
                condition=models.Q(expires_at__gt=models.F("made_at")),
            ),
        )
