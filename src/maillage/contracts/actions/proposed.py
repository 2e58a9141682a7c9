"""Taking the parties that a perimeter calls for."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.parties import add_party
from maillage.contracts.models import Contract
from maillage.contracts.proposed import ProposedParty


@transaction.atomic
def add_proposed(
    *, contract: Contract, parties: Iterable[ProposedParty], by: Viewer, at: datetime
) -> None:
    """Each an organisation from then on; the only EPCI leads the contract."""
    chosen = list(parties)
    for one in chosen:
        body = one.known() or add_organisation(
            name=one.name, nature=one.nature, siren=one.siren, territory=one.territory, by=by, at=at
        )
        add_party(contract=contract, organisation=body, capacity=one.capacity, by=by, at=at)
        if one.capacity == "epci" and [p.capacity for p in chosen].count("epci") == 1:
            contract.lead = body
            contract.save(update_fields=["lead"])
