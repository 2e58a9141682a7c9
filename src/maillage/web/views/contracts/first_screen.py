"""The first screen of a contract: what awaits the reader there, the next meeting; and what of the
rest is open at once."""

from collections.abc import Iterable
from typing import Any

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.governance.models import Meeting
from maillage.governance.reading import Sitting
from maillage.operations.actions.dues import draw_dues
from maillage.operations.dues.choices import Choices
from maillage.operations.dues.kinds import KINDS
from maillage.operations.dues.reading import first_dues, survey
from maillage.operations.dues.rights import contracts_told
from maillage.web.viewers import now

#: Lines of « Ce qui m’attend » on the page of a contract.
AT_ONCE = 3

#: What is being written as long as the text is not in force: there, nothing of it is folded.
WRITTEN = frozenset({"vie", "strategie", "parties", "versions", "perimetre"})
#: What a passer-by reads of a published contract.
PUBLIC = frozenset({"strategie", "parties", "perimetre", "echanges", "dotations", "identite"})
#: A contract lives by its strategy and by the ties it answers: never a mere list of operations.
ALIVE = frozenset({"strategie", "interdependances"})
UNSIGNED = frozenset({"preparing", "method_agreed", "drafting", "signed"})


def awaited(who: Viewer, contract: Contract) -> dict[str, Any]:
    """The first points that wait for whoever is signed in, and how many there are; nothing for
    the reader of a link, whom nothing waits for."""
    if who.person_id is None:
        return {"waits": None}
    at, here = now(), Choices(contract=contract.slug)
    told = contracts_told(who).filter(pk=contract.pk)
    draw_dues(contracts=told, today=at.date(), at=at, most=1)
    return {
        "dues": first_dues(who, at.date(), AT_ONCE, here),
        "waits": survey(who, at.date(), here).total,
        "due_kinds": KINDS,
    }


def next_meeting(sittings: Iterable[Sitting]) -> Meeting | None:
    """The soonest that is called, whatever its committee."""
    coming = [one.coming for one in sittings if one.coming]
    return min(coming, key=lambda meeting: meeting.starts_at, default=None)


def opened(contract: Contract, whole: bool) -> frozenset[str]:
    """Ids of the parts of the page that are not folded."""
    if not whole:
        return PUBLIC
    if contract.status in UNSIGNED:
        return WRITTEN
    late = {"vie"} if contract.is_past_term(now().date()) else set()
    return ALIVE | late
