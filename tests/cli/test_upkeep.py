"""``maillage entretien``: what is over goes, what still serves stays."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.operations import world

from maillage.accounts.models import Invitation, JournalEntry, ReadLink
from maillage.accounts.models.sessions import AccountSession
from maillage.operations.models import Attachment, Proposal, ProposalLink
from maillage.participation.models import PUBLISHED, RECEIVED, Author, Remark

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
OLD, RECENT = NOW - 60 * DAY, NOW - DAY


def remark(left_at, state=RECEIVED):
    decided = None if state == RECEIVED else NOW
    made = Remark.objects.create(
        page="/", edition="e", text="Oui.", left_at=left_at, state=state, decided_at=decided
    )
    Author.objects.create(remark=made, name="Léa", email="lea@ici.example")
    return made


@pytest.fixture
def used():
    """One thing of each kind that is over, and one that is not."""
    contract, person = world.contract(), world.person()
    for age, state in ((200, RECEIVED), (1, RECEIVED), (1, PUBLISHED)):
        remark(NOW - age * DAY, state)
    for key, ends in (("over", RECENT), ("on", NOW + DAY)):
        AccountSession.objects.create(session_key=key, session_data="", expire_date=ends)
    for name, ends in (("old", OLD), ("recent", RECENT)):
        Invitation.objects.create(
            email=f"{name}@ici.example",
            name=name,
            organisation=world.organisation(f"CC {name}"),
            role="elected",
            contract_id=contract.pk,
            digest=name,
            sent_by=person,
            sent_at=ends - 14 * DAY,
            expires_at=ends,
        )
        made = {"made_by": person, "made_at": ends - DAY, "expires_at": ends, "label": name}
        ReadLink.objects.create(contract_id=contract.pk, digest=name, **made)
        ProposalLink.objects.create(contract=contract, digest=name, **made)
    served = ProposalLink.objects.create(
        contract=contract,
        digest="served",
        label="served",
        made_by=person,
        made_at=OLD - DAY,
        expires_at=OLD,
    )
    Proposal.objects.create(
        contract=contract,
        link=served,
        title="Halte",
        description="Une halte.",
        owner="Arcy",
        contact="mairie@arcy.example",
        received_at=OLD - DAY,
    )
    return contract


@pytest.fixture
def files(settings, used, tmp_path):
    """A file that a row names, one that none does, one that has just come."""
    settings.MEDIA_ROOT = tmp_path
    folder = tmp_path / "operations"
    folder.mkdir()
    for name in ("named.pdf", "orphan.pdf", "fresh.pdf"):
        (folder / name).write_bytes(b"%PDF-")
    Attachment.objects.create(
        operation=world.operation(used),
        name="plan.pdf",
        kind="pdf",
        size=5,
        digest="0" * 64,
        file="operations/named.pdf",
        added_by=world.person(),
        added_at=NOW,
    )
    yesterday = time.time() - 25 * 3600
    for name in ("named.pdf", "orphan.pdf"):
        os.utime(folder / name, (yesterday, yesterday))
    return folder


def left():
    return {
        "authors": Author.objects.count(),
        "sessions": set(AccountSession.objects.values_list("session_key", flat=True)),
        "invitations": set(Invitation.objects.values_list("digest", flat=True)),
        "read_links": set(ReadLink.objects.values_list("digest", flat=True)),
        "proposal_links": set(ProposalLink.objects.values_list("digest", flat=True)),
    }


def test_what_is_over_goes_and_what_serves_stays(run, files):
    told = run("entretien")
    assert told.exit_code == 0
    assert told.output.replace("\n", " ").strip() == (
        "Effacé : 2 auteurs de remarques, 1 session finie, 1 invitation expirée, "
        "1 lien de lecture expiré, 1 lien de dépôt expiré, 1 fichier orphelin."
    )
    assert left() == {
        "authors": 1,
        "sessions": {"on"},
        "invitations": {"recent"},
        "read_links": {"recent"},
        "proposal_links": {"recent", "served"},
    }
    assert Remark.objects.count() == 3
    assert {path.name for path in files.iterdir()} == {"named.pdf", "fresh.pdf"}
    lines = JournalEntry.objects.filter(verb="erased")
    erased = {"session", "invitation", "read_link", "proposal_link"}
    assert {line.object_kind for line in lines} == erased
    assert all(line.after == {"count": 1} for line in lines)
    assert run("entretien").output == "Rien à effacer.\n"


def test_a_preview_erases_nothing(run, files):
    before, lines = left(), JournalEntry.objects.count()
    told = run("entretien", "--preview")
    assert told.output.startswith("À effacer : 2 auteurs de remarques, ")
    assert (left(), JournalEntry.objects.count()) == (before, lines)
    assert len(list(files.iterdir())) == 3


def test_a_site_without_files_has_nothing_to_erase(run, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "absent"
    assert run("entretien").output == "Rien à effacer.\n"
