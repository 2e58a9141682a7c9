"""Dates as calendars read them (.ics, RFC 5545)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby

from icalendar import Alarm, Calendar, Event

from maillage.common.french import counted, filed
from maillage.operations.dues.kinds import KINDS
from maillage.operations.dues.wording import Due

#: Beyond that many dates, a day is one event that lists its own.
MOST = 200


def ics(dues: Iterable[Due], name: str, host: str, at: datetime) -> bytes:
    """One whole-day event for each dated thing, with a reminder a week before; one for each day
    when there are more than ``MOST``. None is left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Ce qui m’attend//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    dated = [(due.day, due) for due in dues if due.day is not None]
    if len(dated) <= MOST:
        for day, due in dated:
            calendar.add_component(_event(day, due, host, at))
        return bytes(calendar.to_ical())
    for day, members in groupby(sorted(dated, key=_by_day), key=lambda pair: pair[0]):
        calendar.add_component(_day(day, [due for _, due in members], host, at))
    return bytes(calendar.to_ical())


def _by_day(pair: tuple[date, Due]) -> tuple[date, str, int]:
    return pair[0], filed(pair[1].contract.name), pair[1].contract.pk


def _event(day: date, due: Due, host: str, at: datetime) -> Event:
    title = f"{KINDS[due.kind]} : {due.title}"
    event = _whole_day(day, f"{due.key}@{host}", title, at)
    event.add("description", f"{due.text}\n{due.remedy}")
    event.add("categories", [due.contract.name])
    event.add_component(_reminder(due.title))
    return event


def _day(day: date, dues: list[Due], host: str, at: datetime) -> Event:
    title = counted(len(dues), "échéance", "échéances")
    event = _whole_day(day, f"day-{day:%Y%m%d}@{host}", title, at)
    lines = (f"{due.contract.name} : {due.title} – {KINDS[due.kind].lower()}" for due in dues)
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
