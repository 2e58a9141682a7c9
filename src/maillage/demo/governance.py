"""The committees of the main contract: their last meetings with minutes, the next ones called."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.timezone import make_aware

from maillage.contracts.actions.decisions import Authority, Votes, rectify_decision
from maillage.contracts.models import Contract
from maillage.contracts.snapshot import parties_of
from maillage.demo.days import Days, before, morning
from maillage.demo.tables import table
from maillage.demo.writing import Writer
from maillage.governance.actions.committees import add_member, create_committee
from maillage.governance.actions.decided import decide
from maillage.governance.actions.held import Came, conclude, record_attendance, record_minutes
from maillage.governance.actions.meetings import Point, call_meeting, convene, write_agenda
from maillage.governance.models import Committee, Meeting
from maillage.governance.proposals import proposed
from maillage.governance.reading import reference_of
from maillage.operations.access import of_contract

#: Proposed points that the next agenda takes.
TAKEN = 5


def govern(contract: Contract, writer: Writer, days: Days) -> None:
    """A copil and a cotech: each met and will meet again; the cotech first."""
    copil, cotech = (_committee(contract, kind, writer, days) for kind in ("copil", "cotech"))
    _held(cotech, before(days.today, 120), writer)
    _held(copil, before(days.today, 99), writer)
    for committee, ahead in ((cotech, 14), (copil, 35)):
        _called(committee, contract, days, ahead, writer)


def _committee(contract: Contract, kind: str, writer: Writer, days: Days) -> Committee:
    day = days.ago(4)
    made: Committee = create_committee(
        contract=contract,
        kind=kind,
        yearly=2,
        quorum=table("governance")["quorum"].get(kind),
        by=writer.lead,
        at=morning(day),
    )
    seats = [one for one in table("governance")["members"] if kind in one["in"]]
    for one in seats:
        fields = {name: one[name] for name in ("name", "function", "quality")}
        _seat(made, writer.bodies[one["body"]], day, writer, **fields)
    if kind == "copil":
        _others(made, contract, writer, day)
    return made


def _others(committee: Committee, contract: Contract, writer: Writer, day: Any) -> None:
    """Every party that must sign has a seat."""
    seated = set(committee.members.values_list("organisation_id", flat=True))
    for party in parties_of(contract):
        if party.required and party.organisation_id not in seated:
            _seat(
                committee, party.organisation, day, writer, function="Président ou son représentant"
            )


def _seat(committee: Committee, body: Any, day: Any, writer: Writer, **fields: str) -> None:
    add_member(
        committee=committee, organisation=body, since=day, by=writer.lead, at=morning(day), **fields
    )


def _held(committee: Committee, day: Any, writer: Writer) -> None:
    told, by = table("governance")["last"], writer.lead
    meeting = _call(committee, morning(day), before(day, 30), told["place"], "", writer)
    points = told["points"]
    if committee.kind == "cotech":
        points = [points[0], told["opinion"] | _first_of(committee.contract)]
    write_agenda(
        meeting=meeting, revision=meeting.revision, by=by, at=morning(before(day, 20)),
        points=[
            Point(point["kind"], point["title"], operation=point.get("operation"))
            for point in points
        ],
    )  # fmt: skip
    evening = morning(day) + timedelta(hours=8)
    rows = list(meeting.attendances.all())
    came = {row.pk: Came("excused" if rank == 4 else "present") for rank, row in enumerate(rows)}
    record_attendance(
        meeting=meeting, revision=meeting.revision, came=came, guests="", by=by, at=evening
    )
    for item, point in zip(meeting.items.all(), points, strict=True):
        _conclude(meeting, item, point, evening, writer)
    meeting.refresh_from_db()
    minutes = ContentFile(PDF, "compte-rendu.pdf") if committee.kind == "copil" else None
    record_minutes(
        meeting=meeting, revision=meeting.revision, reference=reference_of(meeting),
        document=minutes, by=by, at=evening,
    )  # fmt: skip


def _first_of(contract: Contract) -> dict[str, Any]:
    """The first operation of the portfolio, as a point names it."""
    operation = contract.operations.exclude(status="dropped").order_by("pk").first()
    assert operation is not None  # the main contract has a portfolio
    return {"operation": operation, "title": f"{operation.number} {operation.title}"}


def _conclude(
    meeting: Meeting, item: Any, point: dict[str, Any], at: datetime, writer: Writer
) -> None:
    item.meeting.refresh_from_db()
    if point.get("outcome"):
        conclude(
            item=item, revision=item.meeting.revision, outcome=point["outcome"],
            opinion=point.get("opinion", ""), by=writer.lead, at=at,
        )  # fmt: skip
    if point.get("decision"):
        _decide(meeting, item, point, at, writer)


def _decide(
    meeting: Meeting, item: Any, point: dict[str, Any], at: datetime, writer: Writer
) -> None:
    """On the first operations of the portfolio, when it names some; rectified since, when it was
    recorded wrongly."""
    contract = meeting.committee.contract
    alive = contract.operations.exclude(status="dropped").order_by("pk")
    made = decide(
        meeting=meeting, contract=contract, item=item, subject=point["decision"],
        kind=point["object"], operations=alive[: point.get("names", 0)], becomes="other",
        votes=Votes(*point.get("votes", ())), by=writer.lead, at=at,
    )  # fmt: skip
    if point.get("rectified"):
        rectify_decision(
            decision=made, kind=made.kind, subject=point["rectified"], reason=point["because"],
            authority=Authority(made.instance, made.decided_on, made.reference),
            by=writer.lead, at=at + timedelta(hours=1),
        )  # fmt: skip


def _called(
    committee: Committee, contract: Contract, days: Days, ahead: int, writer: Writer
) -> None:
    told, at = table("governance")["next"], morning(before(days.today, 6))
    day = make_aware(datetime.combine(before(days.today, -ahead), datetime.min.time()))
    meeting = _call(
        committee, day + timedelta(hours=14, minutes=30), before(days.today, 6), told["place"],
        told["note"], writer,
    )  # fmt: skip
    found = proposed(writer.lead, contract, of_contract(contract), meeting, days.today)
    points = [
        Point(one.kind, one.title, one.detail, None, one.operation, one.avenant, one.year)
        for one in found[:TAKEN]
    ]
    opening = Point("information", "Avancement des opérations")
    write_agenda(
        meeting=meeting, revision=meeting.revision, points=[opening, *points], by=writer.lead, at=at
    )
    if committee.kind == "cotech":  # that of the copil is still to be sent
        meeting.refresh_from_db()
        convene(
            meeting=meeting, revision=meeting.revision, day=before(days.today, 5), by=writer.lead,
            at=morning(before(days.today, 5)),
        )  # fmt: skip


def _call(
    committee: Committee, starts_at: datetime, day: Any, place: str, note: str, writer: Writer
) -> Meeting:
    made: Meeting = call_meeting(
        committee=committee, starts_at=starts_at, place=place, note=note, by=writer.lead,
        at=morning(day),
    )  # fmt: skip
    return made


#: A page that says it is invented, written by hand: nobody printed it.
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 66>>stream
BT /F1 16 Tf 72 760 Td (Compte rendu fictif de demonstration) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
"""
