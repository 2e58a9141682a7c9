"""Four EPCI over two départements and two régions, and the contracts tests make of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from maillage.accounts.actions.memberships import grant
from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.models import Organisation, Person
from maillage.accounts.people import viewer_of
from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.contracts import create_contract, edit_contract
from maillage.contracts.actions.life import advance
from maillage.contracts.actions.parties import add_party, record_signature
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.actions.texts import freeze_text
from maillage.contracts.footprints import footprint
from maillage.contracts.models import Contract, ContractVersion
from maillage.contracts.snapshot import parties_of
from maillage.territory.geography import Geography
from maillage.territory.meshes import MeshHead, mesh_from_owners

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = AT.date()
EPCIS = {
    "200000001": "CC d’Amont",
    "200000002": "CC du Milieu",
    "200000003": "CA d’Aval",
    "200000004": "CC des Îles",
}
THREE = "200000001+200000002+200000003"


def geography() -> Geography:
    """Two communes per EPCI; the third EPCI lies over both départements and régions."""
    codes = tuple(f"0{n}001" for n in range(1, 9))
    heads = {
        "epci": MeshHead("epci", 2025, "Intercommunalité", "inventé"),
        "departement": MeshHead("departement", 2025, "Département", "inventé", "dep-"),
        "region": MeshHead("region", 2025, "Région", "inventé", "reg-"),
        "arrondissement": MeshHead("arrondissement", 2025, "Arrondissement", "inventé", "arr-"),
    }
    owners = [epci for epci in EPCIS for _ in range(2)]
    halves = ["01"] * 5 + ["02"] * 3
    return Geography(
        cog=2025,
        codes=codes,
        names=tuple(f"Commune {n}" for n in range(1, 9)),
        population=np.full(8, 1000.0),
        lon=np.linspace(0, 1, 8),
        lat=np.full(8, 46.0),
        meshes=(
            mesh_from_owners(heads["epci"], owners, EPCIS, "CC"),
            mesh_from_owners(heads["departement"], halves, {"01": "Nord", "02": "Sud"}),
            mesh_from_owners(heads["region"], halves, {"01": "Haute", "02": "Basse"}),
            mesh_from_owners(
                heads["arrondissement"],
                ["011"] * 4 + ["012"] + ["021"] * 3,
                {"011": "Arc", "012": "Bord", "021": "Cap"},
            ),
        ),
        fictional=True,
    )


@dataclass
class World:
    """A contract in preparation, its chef de projet, its sous-préfet, the organisations."""

    geography: Geography
    lead: Viewer
    state: Viewer
    epcis: list[Organisation]
    prefecture: Organisation
    contract: Contract

    def prepared(self) -> Contract:
        """Three EPCI and the State, a strategy, dates."""
        c, by = self.contract, self.lead
        set_perimeter(
            contract=c,
            revision=c.revision,
            area=footprint(self.geography, THREE),
            since=TODAY,
            by=by,
            at=AT,
        )
        add_party(contract=c, organisation=self.prefecture, capacity="state", by=self.state, at=AT)
        for epci in self.epcis[:3]:
            add_party(contract=c, organisation=epci, capacity="epci", by=by, at=AT)
        axe = add_node(contract=c, parent=None, title="Mobilité", by=by, at=AT)
        add_node(contract=c, parent=axe, title="Aller au travail sans voiture", by=by, at=AT)
        changes = {
            "lead": self.epcis[0],
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2031, 12, 31),
            "state_of_play": "Trois vallées, une gare.",
        }
        c.refresh_from_db()
        return edit_contract(contract=c, revision=c.revision, changes=changes, by=by, at=AT)

    def drafting(self) -> Contract:
        c = self.prepared()
        for party in parties_of(c)[:2]:
            self.sign(party, None)
        advance(contract=c, revision=c.revision, step="sign_method", on=TODAY, by=self.state, at=AT)
        advance(
            contract=c, revision=c.revision, step="start_drafting", on=TODAY, by=self.lead, at=AT
        )
        return c

    def sign(self, party, version):
        return record_signature(
            party=party,
            version=version,
            signed_on=TODAY,
            signatory=f"Signataire de {party.organisation.name}",
            mandate_reference="2026-12",
            by=self.lead,
            at=AT,
        )

    def in_force(self) -> tuple[Contract, ContractVersion]:
        c = self.drafting()
        version = freeze_text(contract=c, committed=(), by=self.lead, at=AT)
        for party in parties_of(c):
            self.sign(party, version)
        advance(contract=c, revision=c.revision, step="sign", on=TODAY, by=self.state, at=AT)
        advance(contract=c, revision=c.revision, step="enter_force", on=TODAY, by=self.state, at=AT)
        c.refresh_from_db()
        version.refresh_from_db()
        return c, version


def make_world() -> World:
    prefecture = add_organisation(
        name="Préfecture du Nord", nature="state", siren="170000010", by=None, at=AT
    )
    epcis = [
        add_organisation(name=name, nature="cc", siren=siren, territory=siren, by=None, at=AT)
        for siren, name in EPCIS.items()
    ]
    contract = create_contract(kind="crte", name="Vallées du Nord", by=None, at=AT)
    return World(
        geography=geography(),
        lead=person("Léa Martin", epcis[0], "project_lead", contract_id=contract.pk),
        state=person("Karim Benali", prefecture, "prefecture", territory="dep-01"),
        epcis=epcis,
        prefecture=prefecture,
        contract=contract,
    )


def person(name: str, organisation: Organisation, role: str, **reach) -> Viewer:
    made = Person.objects.create(email=f"{len(name)}{role}@exemple.fr", name=name)
    since = TODAY - timedelta(days=30)
    grant(person=made, organisation=organisation, role=role, by=None, at=AT, since=since, **reach)
    return viewer_of(made, strong=True, today=TODAY)
