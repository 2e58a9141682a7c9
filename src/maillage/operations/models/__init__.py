"""What this room keeps: operations, their money, the maquettes arrêtées, the fiches proposed."""

from maillage.operations.models.attached import Attachment, Comment, Derogation, Interdependency
from maillage.operations.models.dues import DuesMark, DuesState, KeptDue
from maillage.operations.models.frozen import FrozenError, Maquette
from maillage.operations.models.funding import FundingLine, Payment, YearShare
from maillage.operations.models.intake import Intake, IntakeRow, KnownHeading
from maillage.operations.models.operations import IndicatorLink, Operation, Pilot
from maillage.operations.models.outcomes import Outcome
from maillage.operations.models.project_calls import ProjectCall
from maillage.operations.models.proposals import Proposal, ProposalLink
from maillage.operations.models.views import CalendarFeed, SavedView

__all__ = [
    "Attachment",
    "CalendarFeed",
    "Comment",
    "Derogation",
    "DuesMark",
    "DuesState",
    "FrozenError",
    "FundingLine",
    "IndicatorLink",
    "Intake",
    "IntakeRow",
    "Interdependency",
    "KeptDue",
    "KnownHeading",
    "Maquette",
    "Operation",
    "Outcome",
    "Payment",
    "Pilot",
    "ProjectCall",
    "Proposal",
    "ProposalLink",
    "SavedView",
    "YearShare",
]
