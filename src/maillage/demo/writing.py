"""Writing a contract and taking it along its life, by the acts that people take on its pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from maillage.accounts.viewers import Viewer
from maillage.contracts.actions.contracts import create_contract, edit_contract
from maillage.contracts.actions.decisions import Authority
from maillage.contracts.actions.life import Answers, advance
from maillage.contracts.actions.parties import add_party, record_signature
from maillage.contracts.actions.perimeters import set_perimeter
from maillage.contracts.actions.strategy import add_node
from maillage.contracts.actions.texts import freeze_text
from maillage.contracts.models import Contract, ContractVersion, Party, StrategyNode
from maillage.contracts.snapshot import parties_of
from maillage.demo.bodies import Bodies, body_of
from maillage.demo.days import before, morning
from maillage.demo.grounds import Ground
from maillage.operations.committed import committed
from maillage.operations.inscribed import inscribed

#: Days before the signature: opening, method accord, text.
OPENED, AGREED, FROZEN = 400, 330, 14


@dataclass(frozen=True)
class Writer:
    """Who writes a contract, and for the State; which organisations there are."""

    lead: Viewer
    state: Viewer
    bodies: Bodies


def start(
    ground: Ground,
    kind: str,
    signed: date,
    at_day: date,
    *,
    name: str = "",
    code: str = "",
    previous: Contract | None = None,
) -> Contract:
    """Opened with its perimeter; ``signed`` is when it is, or would be, signed."""
    at = morning(at_day)
    made: Contract = create_contract(
        kind=kind, name=name or ground.name, code=code, previous=previous, by=None, at=at
    )
    set_perimeter(
        contract=made, revision=made.revision, area=ground.area, since=at_day, by=None, at=at
    )
    made.refresh_from_db()
    return made


def write(
    contract: Contract, ground: Ground, writer: Writer, text: dict[str, Any], day: date
) -> list[StrategyNode]:
    """Parties, strategy, dates and état des lieux; gives the orientations."""
    at = morning(day)
    _add_parties(contract, ground, writer, day)
    contract.refresh_from_db()
    changes = {
        "lead": text["lead"],
        "starts_on": text["starts_on"],
        "ends_on": text["ends_on"],
        "state_of_play": text["play"],
        "project": text.get("project", ""),
        "method_reference": f"Accord de méthode n° {day.year}-07 (pays fictif)",
    }
    edit_contract(
        contract=contract, revision=contract.revision, changes=changes, by=writer.lead, at=at
    )
    contract.refresh_from_db()
    return [
        node
        for axe, orientations in text["axes"]
        for node in _axe(contract, axe, orientations, writer, day)
    ]


def _axe(
    contract: Contract, title: str, orientations: list[str], writer: Writer, day: date
) -> list[StrategyNode]:
    at, by = morning(day), writer.lead
    axe = add_node(contract=contract, parent=None, title=title, by=by, at=at)
    return [
        add_node(contract=contract, parent=axe, title=each, by=by, at=at) for each in orientations
    ]


def _add_parties(contract: Contract, ground: Ground, writer: Writer, day: date) -> None:
    at, bodies = morning(day), writer.bodies
    add_party(
        contract=contract,
        organisation=bodies["prefecture"],
        capacity="state",
        by=writer.state,
        at=at,
    )
    for number, epci in enumerate(ground.area.epcis, start=1):
        add_party(
            contract=contract,
            organisation=body_of(epci, writer.lead, at),
            capacity="epci",
            mandate_reference=f"Délibération n° {day.year}-{number:02}",
            mandate_on=before(day, 20),
            by=writer.lead,
            at=at,
        )
    if bodies["petr"].territory in ground.places("petr"):
        add_party(
            contract=contract, organisation=bodies["petr"], capacity="petr", by=writer.lead, at=at
        )
    for id in ("region", "departement"):
        add_party(contract=contract, organisation=bodies[id], capacity=id, by=writer.lead, at=at)


def agree(contract: Contract, writer: Writer, day: date) -> None:
    """The method accord: the State and the representative of the collectivités sign it."""
    parties = parties_of(contract)
    lead = next(p for p in parties if p.organisation_id == contract.lead_id)
    for party in (parties[0], lead):
        _sign(party, None, writer, day)
    take(contract, "sign_method", writer, day)


def freeze(contract: Contract, writer: Writer, day: date) -> ContractVersion:
    made: ContractVersion = freeze_text(
        contract=contract,
        committed=committed(contract),
        operations=inscribed(contract),
        by=writer.lead,
        at=morning(day),
    )
    return made


def sign(
    contract: Contract, version: ContractVersion, writer: Writer, day: date, *, most: int = 99
) -> None:
    """The required parties, in order, at most so many; then the signature is a fact."""
    required = [party for party in parties_of(contract) if party.required]
    for party in required[:most]:
        _sign(party, version, writer, day)
    take(contract, "sign", writer, day)


#: Invented people who sign for each capacity, in turn.
_SIGNATORIES = {
    "state": (("Hélène Marchal", "préfète"), ("Bruno Delcourt", "préfet")),
    "petr": (("Bernard Aubry", "président"), ("Odile Ferrand", "présidente")),
    "epci": (
        ("Claire Vasseur", "présidente"),
        ("Michel Prigent", "président"),
        ("Nadia Belkacem", "présidente"),
        ("Jean-Yves Roche", "président"),
    ),
}


def _signatory(party: Party) -> tuple[str, str]:
    known = _SIGNATORIES.get(party.capacity, (("Dominique Lambert", "représentant légal"),))
    return known[party.organisation_id % len(known)]


def _sign(party: Party, version: ContractVersion | None, writer: Writer, day: date) -> None:
    name, title = _signatory(party)
    record_signature(
        party=party,
        version=version,
        signed_on=day,
        signatory=name,
        signatory_title=title,
        ceremony="Salle du conseil du pays fictif",
        by=writer.lead,
        at=morning(day),
    )


def take(contract: Contract, step: str, writer: Writer, day: date, **answers: Any) -> None:
    """A step of its life, taken by the préfecture that day."""
    given = Answers(**answers) if answers else None
    advance(
        contract=contract, revision=contract.revision, step=step, on=day, by=writer.state,
        at=morning(day), answers=given,
    )  # fmt: skip
    contract.refresh_from_db()


def copil(day: date, number: int) -> Authority:
    """What the steering committee decided, with the opinion it had."""
    return Authority(
        instance="copil",
        decided_on=day,
        reference=f"Compte rendu du copil n° {number}",
        opinion="favourable",
        opinion_on=before(day, 21),
    )
