"""What is looked at in the governance of a contract: a table of cases."""

from datetime import timedelta

import pytest
from tests.operations.world import AT, TODAY

from maillage.governance.actions.committees import add_member, edit_member
from maillage.governance.findings import governance_findings
from maillage.governance.models import Committee, Meeting

D = timedelta(days=1)


def said(pays, at=AT):
    found = governance_findings(pays.contract, at)
    return [finding.what.replace("\u00a0", " ") for finding in found]


def test_nothing_is_said_of_a_contract_well_held(pays):
    pays.call(pays.cotech, AT + 10 * D)
    pays.call(pays.copil, AT + 30 * D)
    assert said(pays) == []


@pytest.mark.parametrize(
    ("cotech", "copil", "formation", "told"),
    [
        ([], [30], "plenary", 1),
        ([10], [30], "plenary", 0),
        ([30], [30], "plenary", 0),  # the same morning
        ([31], [30], "plenary", 1),
        ([10], [30, 60], "plenary", 1),  # one cotech for each plenary copil
        ([10, 50], [30, 60], "plenary", 0),
        ([], [30], "working_group", 0),
    ],
)
def test_a_cotech_before_every_plenary_copil(pays, cotech, copil, formation, told):
    for days in cotech:
        pays.call(pays.cotech, AT + days * D)
    for days in copil:
        pays.call(pays.copil, AT + days * D, formation=formation)
    assert len([what for what in said(pays) if "comité technique" in what]) == told


def test_a_cancelled_cotech_prepares_nothing(pays):
    pays.call(pays.cotech, AT + 10 * D)
    pays.call(pays.copil, AT + 30 * D)
    Meeting.objects.filter(committee=pays.cotech).update(
        status="cancelled", cancelled_reason="Neige"
    )
    assert said(pays) == [
        "Comité de pilotage du 1er juillet 2026 : aucun comité technique n’est prévu avant."
    ]


def test_every_required_party_sits_in_the_copil(pays):
    member = pays.copil.members.get(organisation=pays.epci)
    until = {"until": TODAY - D}
    edit_member(member=member, revision=0, changes=until, by=pays.lead, at=AT)
    assert said(pays) == ["Comité de pilotage : CC d’Ancenis n’y siège pas et signe le contrat."]


def test_somebody_presides(pays):
    pays.copil.members.update(quality="voting")
    assert said(pays) == ["Comité de pilotage : personne ne préside."]


def test_a_contract_without_copil_is_told_and_one_that_is_over_is_not(pays):
    Committee.objects.update(closed_on=TODAY)
    assert said(pays) == ["Aucun comité de pilotage n’est constitué."]
    pays.contract.status = "terminated"
    assert said(pays) == []


def test_a_date_gone_by_minutes_late_and_a_rhythm_lost(pays):
    pays.call(pays.cotech, AT - 41 * D)
    held, called = pays.call(pays.copil, AT - 40 * D), pays.call(pays.copil, AT - 2 * D)
    pays.call(pays.cotech, AT - 3 * D)
    Meeting.objects.filter(committee=pays.cotech).update(status="held", reference="CR")
    Meeting.objects.filter(pk=held.pk).update(status="held")
    assert said(pays) == [
        "Comité de pilotage du 30 mai 2026 : la date est passée.",
        "Comité de pilotage du 22 avril 2026 : le compte rendu manque.",
    ]
    Meeting.objects.filter(pk=called.pk).update(status="held", reference="CR")
    later = said(pays, AT + 200 * D)
    rare = "Comité technique : dernière réunion le 29 mai 2026, rien n’est convoqué"
    assert any(what.startswith(rare) and "2 fois par an" in what for what in later)


def test_a_newcomer_is_counted_from_their_first_day(pays):
    pays.copil.members.filter(organisation=pays.epci).delete()
    add_member(
        committee=pays.copil, organisation=pays.epci, name="Zoé", since=TODAY + 5 * D,
        by=pays.lead, at=AT,
    )  # fmt: skip
    assert any("n’y siège pas" in what for what in said(pays))
    assert not any("n’y siège pas" in what for what in said(pays, AT + 5 * D))
