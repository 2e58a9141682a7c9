"""Dates as calendars read them (.ics, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from icalendar import Alarm, Calendar, Event

from maillage.common.french import counted
from maillage.operations.dues.due import Due
from maillage.operations.dues.kinds import KINDS
from maillage.operations.dues.reading import Dated

#: Kinds whose event is made elsewhere, with its hour.
TIMED = frozenset({"meeting"})
#: Beyond that many dates, a day is one event that lists its own.
MOST = 200


def ics(
    dues: Iterable[Due], name: str, host: str, at: datetime, others: Iterable[Event] = ()
) -> bytes:
    """One whole-day event for each dated thing, with a reminder a week before; ``others`` are
    events made elsewhere, those of ``TIMED``."""
    calendar = _calendar(name, others)
    for due in dues:
        if due.day is not None and due.kind not in TIMED:
            calendar.add_component(_event(due.day, due, host, at))
    return bytes(calendar.to_ical())


def ics_by_day(
    days: Iterable[Dated], name: str, host: str, at: datetime, others: Iterable[Event] = ()
) -> bytes:
    """One event for each day, that names everything of that day: none is left out. ``days`` come
    in order."""
    calendar = _calendar(name, others)
    whole = (dated for dated in days if dated.kind not in TIMED)
    for day, members in groupby(whole, key=lambda dated: dated.day):
        calendar.add_component(_day(day, list(members), host, at))
    return bytes(calendar.to_ical())


def _calendar(name: str, others: Iterable[Event]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Ce qui m’attend//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in others:
        calendar.add_component(event)
    return calendar


def _event(day: date, due: Due, host: str, at: datetime) -> Event:
    title = f"{KINDS[due.kind]} : {due.title}"
    event = _whole_day(day, f"{due.key}@{host}", title, at)
    event.add("description", f"{due.text}\n{due.remedy}")
    event.add("categories", [due.contract.name])
    event.add_component(_reminder(due.title))
    return event


def _day(day: date, dues: list[Dated], host: str, at: datetime) -> Event:
    title = counted(len(dues), "échéance", "échéances")
    event = _whole_day(day, f"day-{day:%Y%m%d}@{host}", title, at)
    lines = (f"{due.contract} : {due.title} – {KINDS[due.kind].lower()}" for due in dues)
    event.add("description", "\n".join(lines))
    event.add_component(_reminder(title))
    return event


def _whole_day(day: date, uid: str, title: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    return event


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-7))
    return alarm
