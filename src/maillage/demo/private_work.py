"""What one side alone sees: drafts of the collectivités, simulations of the State; and the fiches
that communes propose by a link."""

from collections.abc import Mapping
from decimal import Decimal

from maillage.accounts.viewers import Viewer
from maillage.contracts.models import Contract
from maillage.demo.days import before, morning
from maillage.demo.portfolio import Frame, Planned
from maillage.demo.tables import table
from maillage.operations.actions.funding import add_line
from maillage.operations.actions.proposals import make_proposal_link, merge, propose, send_back
from maillage.operations.models import Operation


def add_private_work(portfolio: list[Planned], frame: Frame, people: Mapping[str, Viewer]) -> None:
    """A draft the State does not see until it is sent; a simulation the others never see."""
    bodies, day = frame.writer.bodies, before(frame.days.today, 14)
    for planned in portfolio:
        amount = (Decimal(150) * planned.entry["k"]).quantize(Decimal(1))
        for word, kind, by, author in (
            ("draft", "draft", people["lead"], bodies["petr"]),
            ("simulation", "simulation", people["sub"], bodies["sous_prefecture"]),
        ):
            if planned.entry.get(word):
                add_line(
                    operation=planned.operation,
                    source="fonds_vert",
                    kind=kind,
                    author_id=author.pk,
                    by=by,
                    at=morning(day),
                    fields={"asked": amount, "asked_on": day, "purpose": "Seconde tranche"},
                )


def receive_proposals(contract: Contract, operation: Operation, frame: Frame) -> None:
    """One joins an operation, one is returned with a word; two wait."""
    by, today = frame.writer.lead, frame.days.today
    link, _ = make_proposal_link(
        contract=contract,
        label="Communes du pays",
        days=120,
        by=by,
        at=morning(before(today, 40)),
    )
    names = {place.place: place.name for place in contract.places.filter(level="commune")}
    received = [
        propose(
            link=link,
            title=title,
            description=f"{text} Fiche inventée.",
            owner=f"Commune de {names[code]}",
            contact=f"mairie{rank}@demo.example",
            commune=code,
            cost=Decimal(cost),
            at=morning(before(today, 30 - rank)),
        )
        for rank, ((title, text, cost), code) in enumerate(
            zip(table("proposals"), frame.communes, strict=False)
        )
    ]
    operation.refresh_from_db()
    merge(
        proposal=received[1],
        operation=operation,
        revision=operation.revision,
        ways={
            "title": "keep",
            "description": "add",
            "cost": "keep" if operation.investment_cost else "investment",
            "communes": "add",
            "owner": "add",
        },
        by=by,
        at=morning(before(today, 20)),
    )
    send_back(
        proposal=received[2],
        answer="Ce projet ne répond à aucune orientation du contrat ; parlons d’un parc à vélos.",
        by=by,
        at=morning(before(today, 19)),
    )
