"""What a convocation and a relevé de décisions say of a meeting."""

from collections.abc import Iterable, Iterator
from typing import Any

from maillage.common.french import counted, listing, long_date, typeset
from maillage.contracts.models import Decision
from maillage.contracts.tables import DECISION_KINDS, OPINIONS
from maillage.governance.models import AgendaItem, Attendance, Meeting
from maillage.governance.reading import moment, quorum_of, title_of
from maillage.governance.tables import FORMATIONS, ITEMS, PRESENCES, QUALITIES


def convocation_paper(
    meeting: Meeting, agenda: Iterable[AgendaItem], *, fictional: bool
) -> dict[str, Any]:
    """``agenda``: its items, in order."""
    return {
        **_common(meeting, fictional),
        "cancelled": typeset(meeting.cancelled_reason),
        "note": typeset(meeting.note),
        "points": [_point(rank, item) for rank, item in enumerate(agenda, 1)],
        "invited": [_invited(row) for row in meeting.attendances.all()],
    }


def minutes_paper(
    meeting: Meeting, agenda: Iterable[AgendaItem], *, fictional: bool
) -> dict[str, Any]:
    """The same once held; a draft until its minutes are recorded."""
    items = list(agenda)
    return {
        **_common(meeting, fictional),
        "reference": typeset(meeting.reference),
        "quorum": _quorum(meeting),
        "points": [_point(rank, item) for rank, item in enumerate(items, 1)],
        "decisions": [*_decisions(items)],
        "corrections": [
            typeset(f"{long_date(one.made_on)} : {one.text}") for one in meeting.corrections.all()
        ],
        "invited": [
            {**_invited(row), "presence": _presence(row)} for row in meeting.attendances.all()
        ],
        "guests": typeset(meeting.guests),
    }


def _common(meeting: Meeting, fictional: bool) -> dict[str, Any]:
    contract = typeset(meeting.committee.contract.name)
    title = typeset(title_of(meeting))
    chairs = [_who(row) for row in meeting.attendances.all() if row.quality == "chair"]
    return {
        "title": title,
        "running": f"{contract} – {title}",
        "contract": contract,
        "fictional": fictional,
        "formation": FORMATIONS[meeting.formation].lower(),
        "moment": typeset(moment(meeting.starts_at)),
        "place": typeset(meeting.place) or "À préciser",
        "chairs": listing(chairs) or "À préciser",
    }


def _point(rank: int, item: AgendaItem) -> dict[str, Any]:
    about = ITEMS[item.kind].label
    return {
        "number": rank,
        "title": typeset(item.title),
        "about": typeset(f"{about}. {item.detail}" if item.detail else f"{about}."),
        "outcome": typeset("\n".join(text for text in (_opinion(item), item.outcome) if text)),
    }


def _opinion(item: AgendaItem) -> str:
    return f"Comité technique : {OPINIONS[item.opinion].lower()}." if item.opinion else ""


def _decisions(items: list[AgendaItem]) -> Iterator[dict[str, Any]]:
    for rank, item in enumerate(items, 1):
        made = item.decision
        if made is not None:
            word = OPINIONS.get(made.cotech_opinion, "")
            day = f", le {long_date(made.cotech_on)}" if made.cotech_on else ""
            yield {
                "number": str(rank),
                "subject": typeset(_subject(made)),
                "kind": DECISION_KINDS[made.kind],
                "opinion": typeset(f"{word}{day}") if word else "–",
            }


def _subject(made: Decision) -> str:
    """With its votes; then how it is to be read, when it was rectified since."""
    said = f"{made.subject} ({made.votes})" if made.votes else made.subject
    later = Decision.objects.filter(rectifies=made).first()
    return f"{said} – rectifiée : {later.subject}" if later is not None else said


def _quorum(meeting: Meeting) -> str:
    found = quorum_of(meeting, meeting.attendances.all())
    if found is None:
        return ""
    there = counted(found.there, "présent ou représenté", "présents ou représentés")
    end = "atteint" if found.reached else "non atteint"
    return typeset(f"{there} sur {found.called}, {found.asked} requis : {end}")


def _who(row: Attendance) -> str:
    return typeset(", ".join(text for text in (row.name, row.function) if text))


def _invited(row: Attendance) -> dict[str, str]:
    return {
        "organisation": typeset(row.organisation),
        "who": _who(row),
        "quality": QUALITIES[row.quality],
    }


def _presence(row: Attendance) -> str:
    word = PRESENCES[row.presence]
    return typeset(f"{word} par {row.stand_in}" if row.stand_in else word)
