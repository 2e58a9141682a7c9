"""Accounts: invitations, second factor, links, journal, deletion."""

from datetime import date, timedelta

import pyotp
import pytest
from django.db import DatabaseError, transaction
from tests.accounts.conftest import AT, PASSWORD

from maillage.accounts.actions.accounts import DELETED, change_password, delete_account
from maillage.accounts.actions.factors import confirm_factor, use_factor
from maillage.accounts.actions.invitations import accept, invite, withdraw_invitation
from maillage.accounts.actions.links import make_link, revoke_link
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import JournalEntry
from maillage.accounts.models.journal import AppendOnlyError
from maillage.accounts.people import invitation_for, link_for, viewer_of
from maillage.common.errors import InputError

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def lead(project_lead):
    return viewer_of(project_lead, strong=True, today=TODAY)


def test_an_invitation_opens_an_account_with_its_role(lead, epci):
    invitation, token = invite(
        email="Paul@Exemple.fr", name="Paul", organisation=epci, role="elected", contract_id=7,
        by=lead, at=AT,
    )  # fmt: skip
    assert token not in str(vars(invitation))
    assert invitation_for(token, AT) == invitation
    assert invitation_for(token + "x", AT) is None
    assert invitation_for(token, invitation.expires_at) is None
    person = accept(invitation=invitation, password="trois moutons verts", name="Paul Roy", at=AT)
    assert person.email == "paul@exemple.fr"
    assert [c.role for c in viewer_of(person, strong=False, today=TODAY).capacities] == ["elected"]
    assert invitation_for(token, AT) is None
    with pytest.raises(InputError, match="déjà servi"):
        accept(invitation=invitation, password="trois moutons verts", name="", at=AT)


def test_a_withdrawn_invitation_opens_nothing(lead, epci):
    given = {"organisation": epci, "role": "elected", "contract_id": 7, "by": lead, "at": AT}
    invitation, token = invite(email="paul@exemple.fr", name="Paul", **given)
    for _ in range(2):
        withdraw_invitation(invitation=invitation, by=lead, at=AT)
    assert JournalEntry.objects.filter(verb="withdrawn", contract_id=7).count() == 1
    assert invitation_for(token, AT) is None
    with pytest.raises(InputError, match="retirée"):
        accept(invitation=invitation, password="trois moutons verts", name="Paul", at=AT)
    other, _ = invite(email="rose@exemple.fr", name="Rose", **given)
    accept(invitation=other, password="trois moutons verts", name="Rose", at=AT)
    with pytest.raises(InputError, match="acceptée"):
        withdraw_invitation(invitation=other, by=lead, at=AT)


def test_somebody_known_proves_it(lead, epci, someone):
    invitation, _ = invite(
        email=someone.email.upper(), name="", organisation=epci, role="elected", contract_id=9,
        by=lead, at=AT,
    )  # fmt: skip
    with pytest.raises(InputError, match="existe déjà"):
        accept(invitation=invitation, password="autre chose encore", name="", at=AT)
    assert accept(invitation=invitation, password=PASSWORD, name="", at=AT) == someone


def test_a_weak_password_says_all_it_lacks(lead, epci):
    invitation, _ = invite(
        email="a@b.fr", name="A", organisation=epci, role="elected", contract_id=7, by=lead, at=AT
    )
    with pytest.raises(InputError, match="12"):
        accept(invitation=invitation, password="azerty", name="A", at=AT)


def test_a_membership_ends(project_lead):
    project_lead.memberships.update(until=date(2026, 2, 1))
    assert viewer_of(project_lead, strong=True, today=date(2026, 2, 1)).capacities
    assert not viewer_of(project_lead, strong=True, today=date(2026, 2, 2)).capacities


def test_codes_serve_once(someone):
    secret = pyotp.random_base32()
    totp = pyotp.TOTP(secret)
    with pytest.raises(InputError):
        confirm_factor(person=someone, secret=secret, code="000000x", at=AT)
    recovery = confirm_factor(person=someone, secret=secret, code=totp.at(AT), at=AT)
    assert not use_factor(person=someone, code=totp.at(AT), at=AT)
    later = AT + timedelta(minutes=2)
    assert use_factor(person=someone, code=totp.at(later), at=later)
    assert not use_factor(person=someone, code=totp.at(AT), at=later)
    assert len(set(recovery)) == 8
    assert use_factor(person=someone, code=recovery[0].upper(), at=later)
    assert not use_factor(person=someone, code=recovery[0], at=later)
    stored = set(someone.recovery_codes.values_list("digest", flat=True))
    assert not stored & set(recovery)


def test_a_link_expires_and_is_revoked(lead):
    link, token = make_link(contract_id=7, label="Maires", days=30, by=lead, at=AT)
    assert link_for(token, AT) == link
    assert link_for(token, AT + timedelta(days=30)) is None
    revoke_link(link=link, by=lead, at=AT)
    assert link_for(token, AT) is None
    with pytest.raises(InputError, match="180 jours"):
        make_link(contract_id=7, label="Maires", days=400, by=lead, at=AT)


def test_the_journal_is_append_only(lead):
    make_link(contract_id=7, label="Maires", days=30, by=lead, at=AT)
    line = JournalEntry.objects.filter(object_kind="read_link").get()
    assert line.capacity == "Chef de projet, CC d’Ancenis"
    line.verb = "nothing"
    with pytest.raises(AppendOnlyError):
        line.save()
    for act in (line.delete, JournalEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(AppendOnlyError):
        JournalEntry.objects.update(verb="nothing")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        super(type(JournalEntry.objects.all()), JournalEntry.objects.all()).update(verb="nothing")


def test_a_deleted_account_leaves_acts_without_a_name(project_lead, lead):
    make_link(contract_id=7, label="Maires", days=30, by=lead, at=AT)
    count = JournalEntry.objects.count()
    delete_account(person=project_lead, at=AT)
    project_lead.refresh_from_db()
    assert project_lead.name == DELETED
    assert "lea" not in project_lead.email
    assert not project_lead.is_active
    assert not project_lead.check_password(PASSWORD)
    assert JournalEntry.objects.count() == count + 1
    text = str(list(JournalEntry.objects.values()))
    assert "Léa" not in text
    assert "lea.martin" not in text
    assert not viewer_of(project_lead, strong=True, today=date(2026, 4, 1)).capacities


def test_passwords(someone):
    with pytest.raises(InputError, match="actuel"):
        change_password(person=someone, here="", old="faux", new="six poissons rouges", at=AT)
    change_password(person=someone, here="", old=PASSWORD, new="six poissons rouges", at=AT)
    someone.refresh_from_db()
    assert someone.check_password("six poissons rouges")
    assert someone.password.startswith("argon2")


def test_an_organisation_is_known_once(epci):
    with pytest.raises(InputError, match="déjà connu"):
        add_organisation(name="Autre", nature="cc", siren="244 400 404", by=None, at=AT)
    with pytest.raises(InputError, match="14 chiffres"):
        add_organisation(name="Autre", nature="cc", siret="12", by=None, at=AT)
    with pytest.raises(InputError, match="nature"):
        add_organisation(name="Autre", nature="club", by=None, at=AT)
