"""Who is bound by the contract, in which capacity, and the signatures as they were given."""

from django.db import models
from django.db.models import Q

from maillage.accounts.models import Organisation, Revised
from maillage.contracts.models.contracts import Contract
from maillage.contracts.models.versions import Avenant, ContractVersion

#: Columns of a signature that are written once; its copy may be joined later, once.
SIGNED = (
    *("party_id", "version_id", "signed_on", "signatory", "signatory_title"),
    *("mandate_reference", "mandate_on", "ceremony"),
)


class Party(Revised):
    """An organisation that signs or joins. ``capacity`` is an id of ``data/capacities.yaml``.

    ``required``: the contract is not in force without its signature. ``joins_with`` and
    ``leaves_with`` name the avenant that brings or removes it, until that one is in force.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parties")
    capacity = models.CharField(max_length=30)
    required = models.BooleanField(default=False)
    to_confirm = models.BooleanField(default=False)  # taken of the former contract, not yet asked
    mandate_reference = models.CharField(max_length=250, blank=True)
    mandate_on = models.DateField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    joins_with = models.ForeignKey(Avenant, models.PROTECT, null=True, related_name="joining")
    leaves_with = models.ForeignKey(Avenant, models.PROTECT, null=True, related_name="leaving")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="party_once_in_a_contract",
                fields=("contract", "organisation"),
                condition=Q(until=None),
            ),
        )


class Given(models.Manager["Signature"]):
    """Those that hold: not those withdrawn, which ``Signature.every`` has too."""

    def get_queryset(self) -> models.QuerySet["Signature"]:
        return super().get_queryset().filter(withdrawn_at=None)


class Signature(models.Model):
    """A signature on paper, recorded as it happened: no electronic signature is claimed.

    ``version`` is None for the method accord, signed before there is a text of the contract. One
    recorded by mistake is withdrawn with its reason, never erased.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures")
    version = models.ForeignKey(
        ContractVersion, models.PROTECT, null=True, related_name="signatures"
    )
    signed_on = models.DateField()
    signatory = models.CharField(max_length=200)
    signatory_title = models.CharField(max_length=200, blank=True)
    mandate_reference = models.CharField(max_length=250, blank=True)
    mandate_on = models.DateField(null=True)
    ceremony = models.CharField(max_length=250, blank=True)
    scan = models.FileField(upload_to="signatures/", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    objects = Given()
    every = models.Manager["Signature"]()

    class Meta:
        ordering = ("signed_on", "id")
        constraints = (
            models.UniqueConstraint(
                name="signature_once_per_version",
                fields=("party", "version"),
                condition=Q(version__isnull=False, withdrawn_at=None),
            ),
            models.UniqueConstraint(
                name="method_accord_signed_once",
                fields=("party",),
                condition=Q(version=None, withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="signature_names_its_signatory", condition=~Q(signatory="")
            ),
            models.CheckConstraint(
                name="signature_withdrawn_for_a_reason",
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
            ),
        )

    @property
    def settled(self) -> bool:
        """Whether the text it is on is concluded: it is withdrawn no more."""
        if self.version is None:
            return self.party.contract.status != "preparing"
        return self.version.in_force_on is not None
