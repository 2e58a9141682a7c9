"""Who people are: an address, a name, a password when they have chosen one, a second factor."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class People(BaseUserManager["Person"]):
    """Addresses are compared without case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone who signs in. Rights come from memberships, never from this row, save
    ``is_operator``: whoever runs this site.

    ``reminders``: how often they are written to of what waits (``reminding.FREQUENCIES``).
    ``totp_secret`` is empty until a second factor is confirmed. A deleted account keeps its row,
    without name nor address, so that the journal still tells one author from another.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)
    reminders = models.CharField(max_length=10, default="weekly")
    reminded_on = models.DateField(null=True)
    totp_secret = models.CharField(max_length=64, blank=True)
    totp_last_step = models.PositiveBigIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="person_reminders_are_known",
                condition=models.Q(reminders__in=("daily", "weekly", "never")),
            ),
            models.CheckConstraint(
                name="person_deleted_is_inactive",
                condition=models.Q(deleted_at=None) | models.Q(is_active=False),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A single-use code for whoever lost their second factor; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
