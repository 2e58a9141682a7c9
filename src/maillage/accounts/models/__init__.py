"""What this room keeps: people, organisations, who may do what, and the journal."""

from maillage.accounts.models.access import Invitation, ReadLink
from maillage.accounts.models.journal import JournalEntry
from maillage.accounts.models.organisations import Membership, Organisation
from maillage.accounts.models.people import Person, RecoveryCode
from maillage.accounts.models.revised import Revised
from maillage.accounts.models.sessions import AccountSession

__all__ = [
    "AccountSession",
    "Invitation",
    "JournalEntry",
    "Membership",
    "Organisation",
    "Person",
    "ReadLink",
    "RecoveryCode",
    "Revised",
]
