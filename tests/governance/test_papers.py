"""What is printed or sent of a meeting, before it and after it."""

from datetime import timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from tests.operations.world import AT

from maillage.contracts.actions.decisions import Authority, Votes, rectify_decision
from maillage.documents.committee.opening import opening_slide
from maillage.documents.papers.formats import PAPER_FORMATS, written_paper
from maillage.documents.papers.meeting import convocation_paper, minutes_paper
from maillage.governance.actions.decided import decide
from maillage.governance.actions.held import Came, record_attendance
from maillage.governance.actions.meetings import Point, cancel_meeting, write_agenda
from maillage.governance.calendars import meeting_ics


def agenda(pays, meeting, count=2):
    points = [Point("decision", f"Point {rank}") for rank in range(1, count + 1)]
    write_agenda(meeting=meeting, revision=meeting.revision, points=points, by=pays.lead, at=AT)
    return list(meeting.items.select_related("decision"))


def held(pays):
    meeting = pays.call(pays.copil, AT - timedelta(days=2), place="Mairie")
    first, _ = agenda(pays, meeting)
    came = {row.pk: Came("represented", "M. Le Bras") for row in meeting.attendances.all()[:1]}
    record_attendance(
        meeting=meeting, revision=meeting.revision, came=came, guests="Le maire", by=pays.lead,
        at=AT,
    )  # fmt: skip
    decide(
        meeting=meeting, contract=pays.contract, item=first, subject="La halle est inscrite",
        kind="operations", opinion="favourable", opinion_on=AT.date(), by=pays.lead, at=AT,
    )  # fmt: skip
    return meeting


def text_of(paper, name):
    pages = PdfReader(BytesIO(written_paper(name, paper, PAPER_FORMATS["pdf"]))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_both_papers_fill_the_templates_of_offices(pays, format):
    meeting = held(pays)
    items = list(meeting.items.all())
    for name, write in (("convocation", convocation_paper), ("minutes", minutes_paper)):
        paper = write(meeting, items, fictional=True)
        assert written_paper(name, paper, PAPER_FORMATS[format]).startswith(b"PK")


def test_the_releve_says_what_was_decided_by_whom_it_was_heard(pays):
    meeting = held(pays)
    told = text_of(minutes_paper(meeting, meeting.items.all(), fictional=False), "minutes")
    for part in ("Projet : le compte rendu", "La halle est inscrite", "Représenté par M. Le Bras",
                 "Avis favorable", "Le maire", "CC d’Ancenis"):  # fmt: skip
        assert part in told


def test_the_releve_prints_the_quorum_the_votes_and_what_was_rectified(pays):
    meeting = held(pays)
    told = text_of(minutes_paper(meeting, meeting.items.all(), fictional=False), "minutes")
    assert "non fixé" in told
    pays.copil.quorum = 2
    pays.copil.save(update_fields=["quorum"])
    made = decide(
        meeting=meeting, contract=pays.contract, subject="Le budget passe", kind="funding",
        votes=Votes(12, 0, 1), by=pays.lead, at=AT,
    )  # fmt: skip
    rectify_decision(
        decision=made, kind="funding", authority=Authority("copil", made.decided_on, "CR"),
        subject="Le budget est reporté", reason="Erreur", by=pays.lead, at=AT,
    )  # fmt: skip
    meeting.committee.refresh_from_db()
    told = text_of(minutes_paper(meeting, meeting.items.all(), fictional=False), "minutes")
    assert "1 présent ou représenté sur 2, 2 requis : non atteint" in told
    assert "12 pour, 0 contre, 1 abstention" in told
    assert "rectifiée : Le budget est reporté" in told


def test_the_convocation_says_when_where_and_what(pays):
    meeting = pays.call(pays.copil, AT + timedelta(days=9), place="Mairie d’Ancenis")
    items = agenda(pays, meeting)
    told = text_of(convocation_paper(meeting, items, fictional=False), "convocation")
    for part in ("10 juin 2026 à 11 h 00", "Mairie d’Ancenis", "1. Point 1", "2. Point 2",
                 "Préfète et Anne Roy, Présidente"):  # fmt: skip
        assert part in told


def test_the_calendar_moves_and_cancels_one_event(pays):
    meeting = pays.call(pays.copil, AT + timedelta(days=9), place="Mairie")
    [first] = Calendar.from_ical(meeting_ics(meeting, ["Halle"], "https://x/", AT)).walk("VEVENT")
    assert first["DTSTART"].dt == meeting.starts_at
    assert "1. Halle" in first["DESCRIPTION"]
    cancel_meeting(meeting=meeting, revision=meeting.revision, reason="Neige", by=pays.lead, at=AT)
    [again] = Calendar.from_ical(meeting_ics(meeting, [], "https://x/", AT)).walk("VEVENT")
    assert (again["UID"], again["STATUS"]) == (first["UID"], "CANCELLED")
    assert again["SEQUENCE"] > first["SEQUENCE"]


@pytest.mark.parametrize(("count", "note"), [(0, ""), (9, ""), (10, "1"), (12, "3")])
def test_the_pack_opens_on_the_agenda_and_counts_what_it_leaves_out(pays, count, note):
    meeting = pays.call(pays.copil, AT + timedelta(days=9), place="Mairie")
    slide = opening_slide(meeting, agenda(pays, meeting, count))
    facts, points = slide.parts
    assert ("Lieu", "Mairie") in facts.rows
    assert len(points.rows) == 1 + min(max(count, 1), 9)
    assert note in slide.note
    assert bool(slide.note) is bool(note)
