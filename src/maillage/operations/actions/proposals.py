"""Fiches proposed by a link: given, received, accepted, merged, returned."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.tokens import new_token
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.actions.operations import edit_operation, open_operation
from maillage.operations.models import Operation, Proposal, ProposalLink
from maillage.operations.plan import SECTIONS
from maillage.operations.proposals import taken_over

LONGEST = 180  # days


@transaction.atomic
def make_proposal_link(
    *, contract: Contract, label: str, days: int, by: Viewer, at: datetime
) -> tuple[ProposalLink, str]:
    """The link, and the token of its address: shown this once, kept nowhere."""
    if not 1 <= days <= LONGEST or not label.strip():
        raise InputError(
            problem=f"un lien de proposition a un destinataire et dure de 1 à {LONGEST} jours.",
            remedy="complétez le formulaire.",
            value=str(days),
        )
    token, hashed = new_token()
    made = ProposalLink.objects.create(
        contract=contract,
        label=label.strip(),
        digest=hashed,
        made_by_id=by.person_id,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _say(contract.pk, "proposal_link", made.pk, "made", by, at, {"label": made.label})
    return made, token


@transaction.atomic
def revoke_proposal_link(*, link: ProposalLink, by: Viewer, at: datetime) -> None:
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        _say(link.contract_id, "proposal_link", link.pk, "revoked", by, at, {"label": link.label})


@transaction.atomic
def propose(
    *,
    link: ProposalLink,
    title: str,
    description: str,
    owner: str,
    contact: str,
    at: datetime,
    commune: str = "",
    cost: Decimal | None = None,
    starts_on: date | None = None,
) -> Proposal:
    """Whoever holds the link writes; nobody is known. InputError on an empty field."""
    for name, value in (("Intitulé", title), ("Description", description), ("Commune", owner)):
        if not value.strip():
            raise InputError(
                problem="ce renseignement manque.", remedy="complétez la fiche.", column=name
            )
    made = Proposal.objects.create(
        contract=link.contract,
        link=link,
        title=title.strip()[:250],
        description=description.strip(),
        owner=owner.strip()[:200],
        commune=commune,
        contact=contact,
        cost=cost,
        starts_on=starts_on,
        received_at=at,
    )
    _say(made.contract_id, "proposal", made.pk, "received", None, at, {"title": made.title})
    return made


@transaction.atomic
def accept(
    *, proposal: Proposal, by: Viewer, at: datetime, section: str = "investment"
) -> Operation:
    """The proposal becomes a fiche projet, its cost in that section. InputError when it was
    answered already, or for a section that is none."""
    _open(proposal)
    if section not in SECTIONS:
        raise InputError(
            problem="cette section n’existe pas.", remedy="reprenez la page.", value=section
        )
    fields = {
        "description": proposal.description,
        "partners": proposal.owner,
        "communes": [proposal.commune] if proposal.commune else [],
        f"{section}_cost": proposal.cost,
        "starts_on": proposal.starts_on,
    }
    made = open_operation(
        contract=proposal.contract, title=proposal.title, by=by, at=at, fields=fields
    )
    _answer(proposal, "accepted", "", made, by, at)
    return made


@transaction.atomic
def merge(
    *,
    proposal: Proposal,
    operation: Operation,
    revision: int,
    ways: Mapping[str, str],
    by: Viewer,
    at: datetime,
) -> None:
    """It joins an operation that is there, which takes of it what ``ways`` says, by field (see
    ``proposals.WAYS``); its own text stays readable there. ConflictError when the operation was
    changed since ``revision`` and something is taken."""
    _open(proposal)
    if operation.contract_id != proposal.contract_id:
        raise InputError(problem="cette opération est d’un autre contrat.", remedy="choisissez.")
    fields = taken_over(operation, proposal, ways)
    if fields:
        edit_operation(operation=operation, revision=revision, fields=fields, by=by, at=at)
    _answer(proposal, "merged", "", operation, by, at)


@transaction.atomic
def send_back(*, proposal: Proposal, answer: str, by: Viewer, at: datetime) -> None:
    """Returned to whoever wrote it, with a word. InputError without one."""
    _open(proposal)
    if not answer.strip():
        raise InputError(
            problem="une fiche retournée dit pourquoi.", remedy="écrivez un mot à son auteur."
        )
    _answer(proposal, "returned", answer.strip(), None, by, at)


def _open(proposal: Proposal) -> None:
    proposal.refresh_from_db()
    if proposal.state != "received":
        raise InputError(
            problem="cette fiche a déjà reçu une réponse.", remedy="rechargez la liste."
        )


def _answer(
    proposal: Proposal,
    state: str,
    answer: str,
    operation: Operation | None,
    by: Viewer,
    at: datetime,
) -> None:
    proposal.state, proposal.answer, proposal.answered_at = state, answer, at
    proposal.operation = operation
    proposal.save()
    after = {"operation_id": operation.pk if operation else None, "answer": answer}
    _say(proposal.contract_id, "proposal", proposal.pk, state, by, at, after)


def _say(
    contract_id: int,
    kind: str,
    id: int,
    verb: str,
    by: Viewer | None,
    at: datetime,
    after: dict[str, object],
) -> None:
    record(by=by, at=at, verb=verb, kind=kind, id=id, contract_id=contract_id, after=after)
