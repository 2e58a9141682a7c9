"""A perimeter stays as it was frozen; a newer geography says what became of it."""

from dataclasses import replace
from datetime import date

from tests.contracts.world import AT, TODAY

from maillage.accounts.actions.memberships import grant
from maillage.accounts.models import Organisation, Person
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.actions.life import Answers, advance
from maillage.contracts.composition import recomposed
from maillage.contracts.contacts import contacts
from maillage.contracts.readable import by_procedure, parts
from maillage.contracts.reading import version_in_force
from maillage.contracts.snapshot import build_snapshot, drift, perimeter_of


def test_nothing_is_said_while_the_geography_stays(world):
    assert recomposed(perimeter_of(world.prepared()), world.geography) is None


def test_communes_that_left_merged_or_came_are_named(world):
    perimeter = perimeter_of(world.prepared())
    *others, last = perimeter.communes
    perimeter.communes = [*others, ["99999", "Ancienne"]]
    outside = next(c for c in world.geography.codes if c not in dict(others) and c != last[0])
    name = world.geography.names[world.geography.index[outside]]
    perimeter.communes.append([outside, name])
    perimeter.epcis = [*perimeter.epcis[1:], ["200000099", "CC d’hier", "CC"]]
    found = recomposed(perimeter, world.geography)
    assert (found.merged, found.left, found.joined) == (("Ancienne",), (name,), (last[1],))
    assert found.epcis_left == ("CC d’hier",)
    assert len(found.epcis_joined) == 1


def test_a_territory_that_is_no_more(world):
    perimeter = perimeter_of(world.prepared())
    perimeter.territory = "200009999"
    found = recomposed(perimeter, replace(world.geography, cog=2030))
    assert (found.known, found.cog) == (False, 2030)


def test_a_prolongation_is_decided_once(world):
    """The page of differences asks for nothing more: the step recorded who decided it."""
    contract, version = world.in_force()
    answers = Answers(authority=Authority("copil", TODAY, "CR 9"), ends_on=date(2033, 12, 31))
    advance(
        contract=contract, revision=contract.revision, step="extend", on=TODAY, by=world.state,
        at=AT, answers=answers,
    )  # fmt: skip
    assert version_in_force(contract) == version
    changes = drift(version.snapshot, build_snapshot(contract), with_operations=True)
    [told] = by_procedure(parts(changes, {}))
    assert (told.procedure, told.count) == ("none", 1)


def test_whom_to_call(world):
    """The chef de projet of this contract, the first contact of the State over its places."""
    contract = world.prepared()
    body = Organisation.objects.get(pk=world.prefecture.pk)
    place = contract.places.filter(level="departement").first().place

    def give(name, role, **over):
        who = Person.objects.create(email=f"{role}-{len(name)}@exemple.fr", name=name, joined_at=AT)
        grant(person=who, organisation=body, role=role, since=TODAY, by=None, at=AT, **over)

    give("Zoé Chef", "project_lead", contract_id=contract.pk)
    give("Chef d’ailleurs", "project_lead", contract_id=contract.pk + 1)
    give("Anne Sous-Préfète", "sous_prefecture", territory=place)
    give("Loin Ailleurs", "sous_prefecture", territory="dep-99")
    give("Élu Local", "elected", territory=place)
    found = [(one.name, one.service) for one in contacts(contract, TODAY)]
    chefs = [("Léa Martin", world.epcis[0].name), ("Zoé Chef", body.name)]
    assert found == [*chefs, ("Anne Sous-Préfète", body.name)]
