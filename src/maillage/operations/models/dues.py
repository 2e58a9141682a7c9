"""What waits in a contract, as its rows and the rules give it: kept so that a page over many
contracts only counts and sorts. Written by ``actions.dues`` alone, and never by hand."""

from django.db import models

from maillage.contracts.models import Contract
from maillage.operations.models.funding import FundingLine
from maillage.operations.models.operations import Operation
from maillage.operations.models.proposals import Proposal

KINDS = (
    *("lapse", "step", "missing", "lost", "proposal", "term", "answered"),
    *("meeting", "convene", "minutes", "decision", "call"),
)


class KeptDue(models.Model):
    """One thing that waits. ``day`` is None when nothing fixes it; ``amount``: euros at stake.

    ``detail`` is what the rules alone know: the delay of a grant (« start », « completion »), the
    codes of the conditions that are missing. ``about``: the id of what waits in the other room that
    drew it (``dues.sources``). ``with_drafts``: it stands when the collectivités’
    drafts are counted; ``without_drafts``: when they are not, as the State sees the plan.
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="dues")
    operation = models.ForeignKey(Operation, models.CASCADE, null=True, related_name="+")
    line = models.ForeignKey(FundingLine, models.CASCADE, null=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    day = models.DateField(null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    detail = models.CharField(max_length=250, blank=True)
    about = models.PositiveBigIntegerField(null=True)
    with_drafts = models.BooleanField(default=True)
    without_drafts = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="due_kind_is_known", condition=models.Q(kind__in=KINDS)),
        )
        indexes = (models.Index(name="due_by_contract", fields=("contract", "kind", "day")),)


class DuesState(models.Model):
    """For which days the dues of a contract hold, and under which rules; no row: never drawn."""

    contract = models.OneToOneField(Contract, models.CASCADE, related_name="dues_state")
    since = models.DateField()
    until = models.DateField(null=True)  # None: nothing foreseen changes them
    rules = models.CharField(max_length=64)  # digest of what draws them
    drawn_at = models.DateTimeField()


class DuesMark(models.Model):
    """Something was written in this contract since its dues were drawn.

    A row for each writing, in its transaction: two people who write never wait for one another.
    No foreign key: a line of the journal may name a contract that is no more.
    """

    contract_id = models.PositiveBigIntegerField(db_index=True)
