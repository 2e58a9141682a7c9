"""The first slide of the pack: the meeting it is shown at, who sits there, its agenda."""

from collections.abc import Iterable

from maillage.common.french import counted, listing, typeset
from maillage.documents.committee.slides import Slide, Table, short
from maillage.governance.models import AgendaItem, Attendance, Meeting
from maillage.governance.reading import moment, title_of
from maillage.governance.tables import ITEMS

#: Points and names that one slide holds.
_POINTS, _NAMES = 9, 8


def opening_slide(meeting: Meeting, agenda: Iterable[AgendaItem]) -> Slide:
    """``agenda``: its items, in order."""
    items, rows = list(agenda), list(meeting.attendances.all())
    chairs = [_who(row) for row in rows if row.quality == "chair"]
    bodies = list(dict.fromkeys(row.organisation for row in rows))
    left = len(bodies) - _NAMES
    rest = counted(left, "autre organisme", "autres organismes")
    members = [*bodies[:_NAMES], *[rest] * (left > 0)]
    facts = (
        ("Séance", title_of(meeting)),
        ("Date et heure", moment(meeting.starts_at)),
        ("Lieu", meeting.place or "À préciser"),
        ("Présidence", listing(chairs) or "À préciser"),
        ("Membres", listing(members) or "À préciser"),
    )
    facts_table = tuple((name, typeset(short(text, 240))) for name, text in facts)
    points = [
        (str(rank), typeset(short(item.title, 80)), ITEMS[item.kind].label)
        for rank, item in enumerate(items[:_POINTS], 1)
    ] or [("–", "L’ordre du jour reste à écrire.", "")]
    more = len(items) - _POINTS
    return Slide(
        "Ordre du jour",
        parts=(
            Table(facts_table, (1.3, 3), "La séance : date, lieu, présidence, membres."),
            Table((("N°", "Point", "Nature"), *points), (0.6, 3.6, 2), "Ordre du jour."),
        ),
        note=f"Et {counted(more, 'autre point', 'autres points')}." if more > 0 else "",
    )


def _who(row: Attendance) -> str:
    return ", ".join(text for text in (row.name, row.function) if text)
