"""The opinion of a cotech, taken to the fiche it is about: nobody types it twice."""

from datetime import datetime

from maillage.accounts.viewers import Viewer
from maillage.governance.models import AgendaItem
from maillage.operations.actions.operations import edit_operation
from maillage.operations.models import Operation


def fill_opinion(
    *, item: AgendaItem, opinion: str, reference: str, by: Viewer, at: datetime
) -> None:
    """Within a transaction. The opinion, the day of the meeting and its reference, as the fiche is
    now, whoever wrote it since: an opinion is a fact. The fiche of a later opinion keeps it; an
    opinion taken back leaves the fiche that has it."""
    operation = Operation.objects.select_for_update().filter(pk=item.operation_id).first()
    if operation is None:
        return
    day = item.meeting.day
    if operation.cotech_on is not None and operation.cotech_on > day:
        return
    if not opinion and operation.cotech_reference != reference:
        return
    fields = {
        "cotech_opinion": opinion,
        "cotech_on": day if opinion else None,
        "cotech_reference": reference if opinion else "",
    }
    edit_operation(operation=operation, revision=operation.revision, fields=fields, by=by, at=at)
