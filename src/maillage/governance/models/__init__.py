"""What this room keeps: committees and their members, meetings, agendas, attendance."""

from maillage.governance.models.committees import Committee, Member
from maillage.governance.models.meetings import AgendaItem, Attendance, Correction, Meeting

__all__ = ["AgendaItem", "Attendance", "Committee", "Correction", "Meeting", "Member"]
