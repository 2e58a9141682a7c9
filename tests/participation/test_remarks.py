"""A remark waits, is published or set aside, and its author is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.participation.conftest import AT, HERE

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.participation.about import about
from maillage.participation.actions import KEPT, forget_authors, publish, reject
from maillage.participation.models import LONGEST, REJECTED, Author, Remark
from maillage.participation.reading import in_state, published, waiting

LEA = {"name": "Léa Martin", "email": "lea@ancenis.example"}


def test_nothing_is_shown_before_it_is_read(leave):
    leave()
    assert published().count == 0
    assert waiting() == 1


def test_a_published_remark_is_shown_with_its_answer(leave, operator):
    remark = leave()
    publish(
        remark=remark,
        revision=remark.revision,
        answer="  Non : voir la fiche. ",
        by=operator,
        at=AT,
    )
    shown = published(territory="200000001", subject="commuting").remarks[0]
    assert (shown.text, shown.answer) == (remark.text, "Non : voir la fiche.")
    assert (shown.year, shown.value) == (2021, "sortants 1 634")
    assert published(territory="200000002").count == 0
    assert published(subject="school").count == 0
    publish(remark=remark, revision=remark.revision, answer="", by=operator, at=AT)
    assert published().remarks[0].answer == ""


def test_a_remark_is_set_aside_with_a_reason_only(leave, operator):
    remark = leave()
    with pytest.raises(InputError):
        reject(remark=remark, revision=remark.revision, reason=" ", by=operator, at=AT)
    reject(remark=remark, revision=remark.revision, reason="Hors sujet.", by=operator, at=AT)
    assert published().count == 0
    assert in_state(REJECTED).remarks[0].reason == "Hors sujet."
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(reason="")


def test_a_published_remark_can_be_withdrawn(leave, operator):
    remark = leave()
    publish(remark=remark, revision=remark.revision, answer="", by=operator, at=AT)
    reject(
        remark=remark, revision=remark.revision, reason="Nomme une personne.", by=operator, at=AT
    )
    assert published().count == 0


@pytest.mark.parametrize("decision", ["publish", "reject"])
def test_the_author_is_forgotten_once_the_remark_is_read(leave, operator, decision):
    remark = leave(**LEA)
    assert in_state("received").remarks[0].email == LEA["email"]
    if decision == "publish":
        publish(remark=remark, revision=remark.revision, answer="", by=operator, at=AT)
    else:
        reject(remark=remark, revision=remark.revision, reason="Hors sujet.", by=operator, at=AT)
    assert Author.objects.count() == 0


def test_the_author_is_forgotten_in_the_end(leave):
    leave(**LEA)
    assert forget_authors(at=AT + KEPT) == 0
    assert forget_authors(at=AT + KEPT + timedelta(seconds=1)) == 1
    assert in_state("received").remarks[0].email == ""


def test_the_next_remark_forgets_the_authors_kept_too_long(leave):
    leave(**LEA)
    leave(at=AT + 2 * KEPT)
    assert Author.objects.count() == 0


def test_every_act_leaves_a_line_that_never_names_the_author(leave, operator):
    remark = leave(**LEA)
    publish(remark=remark, revision=remark.revision, answer="Merci.", by=operator, at=AT)
    reject(remark=remark, revision=remark.revision, reason="Doublon.", by=operator, at=AT)
    lines = JournalEntry.objects.filter(object_kind="remark", object_id=str(remark.pk))
    verbs = list(lines.order_by("id").values_list("verb", flat=True))
    assert sorted(verbs) == ["author_forgotten", "left", "published", "rejected"]
    for line in lines:
        assert "Léa" not in f"{line.before}{line.after}"
        assert "lea@" not in f"{line.before}{line.after}"
    assert lines.get(verb="published").person_id == operator.person_id
    assert lines.get(verb="left").person_id is None


@pytest.mark.parametrize("text", ["", "   ", "\x00", "a" * (LONGEST + 1)])
def test_a_remark_says_something(leave, text):
    with pytest.raises(InputError):
        leave(text)
    assert waiting() == 0


def test_too_many_remarks_wait(leave, monkeypatch):
    monkeypatch.setattr("maillage.participation.actions.MOST_WAITING", 2)
    leave()
    leave()
    with pytest.raises(InputError, match="attendent déjà"):
        leave()


def test_remarks_come_by_pages(leave, operator, monkeypatch):
    monkeypatch.setattr("maillage.participation.reading.PER_PAGE", 2)
    for number in range(3):
        remark = leave(f"Remarque {number}", at=AT + timedelta(hours=number))
        publish(remark=remark, revision=remark.revision, answer="", by=operator, at=AT)
    first, second = published(number=1), published(number=2)
    assert [r.text for r in first.remarks] == ["Remarque 2", "Remarque 1"]
    assert [r.text for r in second.remarks] == ["Remarque 0"]
    assert (first.count, first.last) == (3, 2)
    assert published(number=99).number == 2


def test_what_a_remark_is_about_is_of_this_edition(demo_edition):
    territory = demo_edition.geography.mesh("epci").codes[0]
    told = {"sur": f"/territoires/{territory}/", "sujet": "commuting", "annee": "2021"}
    found = about(demo_edition, told, territory)
    assert found.subject_label == demo_edition.catalog.flows["commuting"].title
    assert found.territory_name == demo_edition.geography.mesh("epci").names[0]
    assert replace(HERE, subject="") != found
    for subject in ("self_containment", "population", "energy"):
        assert about(demo_edition, {"sujet": subject}).subject_label


@pytest.mark.parametrize(
    "told",
    [
        {"sur": "https://evil.example/"},
        {"sur": "//evil.example/"},
        {"sur": "/\\evil.example/"},
        {"sur": "javascript:alert(1)"},
        {"sur": "/a b/"},
        {"sur": "/\n/"},
        {"sur": "/" + "a" * 9001},
        {"sujet": "__class__"},
        {"sujet": "' or 1=1"},
        {"annee": "20215"},
        {"annee": "deux"},
        {"valeur": "a" * 201},
        {"valeur": "1\x00"},
    ],
)
def test_what_a_remark_is_about_is_checked(demo_edition, told):
    with pytest.raises(InputError):
        about(demo_edition, told)
