"""A contract in force, its copil and its cotech, a chef de projet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from tests.operations import world

from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract, Party
from maillage.governance.actions.committees import add_member, create_committee
from maillage.governance.actions.meetings import call_meeting
from maillage.governance.models import Committee, Meeting


@dataclass
class Pays:
    contract: Contract
    lead: Viewer
    state: Organisation
    epci: Organisation
    copil: Committee
    cotech: Committee

    def call(self, committee: Committee, at: datetime, **fields) -> Meeting:
        return call_meeting(committee=committee, starts_at=at, by=self.lead, at=world.AT, **fields)


@pytest.fixture
def pays(db) -> Pays:
    contract = world.contract()
    epci, state = world.organisation("CC d’Ancenis"), world.organisation("Préfecture", "state")
    lead = world.viewer("project_lead", contract, epci)
    for body, capacity in ((state, "state"), (epci, "epci")):
        Party.objects.create(contract=contract, organisation=body, capacity=capacity, required=True)
    copil, cotech = (
        create_committee(contract=contract, kind=kind, yearly=2, by=lead, at=world.AT)
        for kind in ("copil", "cotech")
    )
    since = world.TODAY - timedelta(days=400)
    seats = ((state, "", "Préfète", "chair"), (epci, "Anne Roy", "Présidente", "chair"))
    for body, name, function, quality in seats:
        for committee in (copil, cotech):
            add_member(
                committee=committee, organisation=body, name=name, function=function,
                quality=quality, since=since, by=lead, at=world.AT,
            )  # fmt: skip
    return Pays(contract, lead, state, epci, copil, cotech)
