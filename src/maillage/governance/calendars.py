"""A meeting as calendars read it (.ics, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from maillage.governance.models import Meeting
from maillage.governance.reading import title_of

#: How long a meeting is said to last: nobody writes when it ends.
LASTS = timedelta(hours=2)


def meeting_ics(meeting: Meeting, titles: Iterable[str], address: str, at: datetime) -> bytes:
    """One event, that a later file moves or cancels; ``titles`` are those of its agenda,
    ``address`` that of its page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Réunion//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.status == "cancelled" else "PUBLISH")
    calendar.add_component(meeting_event(meeting, titles, address, at))
    return bytes(calendar.to_ical())


def meeting_event(meeting: Meeting, titles: Iterable[str], address: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"reunion-{meeting.committee.contract.uuid}-{meeting.pk}@maillage")
    event.add("sequence", meeting.revision)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", (meeting.starts_at + LASTS).astimezone(UTC))
    event.add("summary", f"{title_of(meeting)}, {meeting.committee.contract.name}")
    event.add("location", meeting.place)
    points = (f"{rank}. {title}" for rank, title in enumerate(titles, 1))
    event.add("description", "\n".join([*points, address]))
    event.add("status", "CANCELLED" if meeting.status == "cancelled" else "CONFIRMED")
    return event
