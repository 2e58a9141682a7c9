"""The official list of the edition’s own files becomes contracts, once."""

from datetime import date

import pytest
from tests.contracts.world import AT, person

from maillage.accounts.actions.organisations import add_organisation
from maillage.contracts.actions.imports import import_official, official_list
from maillage.contracts.models import Contract
from maillage.contracts.snapshot import parties_of

pytestmark = pytest.mark.django_db


def test_every_contract_of_the_list_comes_with_its_members(demo_edition):
    geography = demo_edition.geography
    body = add_organisation(name="ANCT", nature="state", by=None, at=AT)
    by = person("Agent", body, "anct", territory="pays")
    found = list(official_list(geography))
    assert found
    made = import_official(geography=geography, ends_on=date(2027, 6, 30), by=by, at=AT)
    assert [c.code for c in made] == [o.code for o in found]
    mesh = geography.mesh("crte")
    for number, contract in enumerate(made):
        perimeter = contract.perimeters.get()
        codes = [geography.codes[node] for node in mesh.unit_members(number)]
        assert [code for code, _ in perimeter.communes] == codes
        assert {p.organisation.siren for p in parties_of(contract)} == {
            siren for siren, _, _ in perimeter.epcis
        }
        signed = mesh.signed[number] if mesh.signed else ""
        assert contract.status == ("in_force" if signed else "preparing")
        assert str(contract.signed_on or "") == signed
    assert import_official(geography=geography, ends_on=date(2027, 6, 30), by=by, at=AT) == []
    assert Contract.objects.count() == len(found)
