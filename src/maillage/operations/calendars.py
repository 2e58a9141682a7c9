"""Dates as calendars read them (.ics, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from maillage.operations.agenda import KINDS, Due


def ics(dues: Iterable[Due], name: str, host: str, at: datetime) -> bytes:
    """One whole-day event for each dated thing, with a reminder a week before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Ce qui m’attend//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for due in dues:
        if due.day is not None:
            calendar.add_component(_event(due, host, at))
    return bytes(calendar.to_ical())


def _event(due: Due, host: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{due.key}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1) if due.day else None)
    event.add("summary", f"{KINDS[due.kind]} : {due.title}")
    event.add("description", f"{due.text}\n{due.remedy}")
    event.add("categories", [due.contract.name])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", due.title)
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event
