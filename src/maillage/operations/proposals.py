"""Reads on the fiches proposed by a link; what each says beside an operation it would join."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maillage.accounts.tokens import digest
from maillage.common.errors import InputError
from maillage.common.french import long_date
from maillage.operations.models import Operation, Proposal, ProposalLink
from maillage.operations.money import money
from maillage.operations.similar import Candidate, similar

#: What may be done with a field of a proposal, in the order of the page.
KEEP = "keep"
WAYS: Mapping[str, Mapping[str, str]] = {
    "title": {"replace": "Prendre celui de la fiche"},
    "description": {
        "add": "Ajouter celle de la fiche à la suite",
        "replace": "Prendre celle de la fiche",
    },
    "cost": {
        "investment": "Le prendre, en investissement",
        "running": "Le prendre, en fonctionnement",
    },
    "starts_on": {"replace": "Prendre celui de la fiche"},
    "communes": {"add": "Ajouter celle de la fiche"},
    "owner": {"add": "L’ajouter aux partenaires"},
}


@dataclass(frozen=True)
class Beside:
    """A field of a proposal, as people read it, beside what the operation says.

    ``ways``: id and label of what may be done, none where both agree; ``usual`` is proposed, empty
    where somebody must say.
    """

    name: str
    label: str
    here: str
    theirs: str
    ways: Mapping[str, str]
    usual: str = KEEP


def link_for(token: str, at: datetime) -> ProposalLink | None:
    """One that was neither revoked nor let expire."""
    found = ProposalLink.objects.select_related("contract").filter(digest=digest(token))
    return found.filter(revoked_at=None, expires_at__gt=at).first()


def closest(proposal: Proposal, among: Iterable[Operation]) -> list[Operation]:
    """Those whose title looks like its own, the closest first."""
    known = {operation.pk: operation for operation in among}
    candidates = [Candidate(id, operation.title) for id, operation in known.items()]
    found = similar(Candidate(0, proposal.title), candidates, limit=3)
    return [known[one.candidate.id] for one in found]


def side_by_side(
    operation: Operation, proposal: Proposal, names: Mapping[str, str]
) -> tuple[Beside, ...]:
    """Every field that the proposal fills. ``names`` are those of the communes, by code."""
    rows = [
        _text("title", "Intitulé", operation.title, proposal.title, KEEP),
        _text("description", "Description", operation.description, proposal.description, "add"),
        _cost(operation, proposal),
        _day(operation, proposal),
        _place(operation, proposal, names),
        _owner(operation, proposal),
    ]
    return tuple(row for row in rows if row is not None)


def taken_over(operation: Operation, proposal: Proposal, ways: Mapping[str, str]) -> dict[str, Any]:
    """Fields of the operation to write. InputError where nothing is said of what differs."""
    found: dict[str, Any] = {}
    for row in side_by_side(operation, proposal, {}):
        if row.ways and ways.get(row.name) not in row.ways:
            raise InputError(
                problem=f"on ne sait pas que garder : {row.label.lower()}.",
                remedy="dites, pour chaque renseignement qui diffère, lequel reste.",
                column=row.label,
            )
        if row.ways and (way := ways[row.name]) != KEEP:
            found |= _written(operation, proposal, row.name, way)
    return found


def _written(operation: Operation, proposal: Proposal, name: str, way: str) -> dict[str, Any]:
    if name == "cost":  # estimated before tax
        return {f"{way}_cost": proposal.cost, "tax": "ht"}
    if name == "communes":
        return {"communes": sorted({*operation.communes, proposal.commune})}
    if name == "owner":
        return {"partners": _joined(operation.partners, proposal.owner, "\n")}
    theirs = getattr(proposal, name)
    return {name: _joined(getattr(operation, name), theirs, "\n\n") if way == "add" else theirs}


def _joined(before: str, after: str, between: str) -> str:
    return between.join(text for text in (before, after) if text.strip())


def _ways(name: str) -> dict[str, str]:
    return {KEEP: "Garder l’opération comme elle est", **WAYS[name]}


def _text(name: str, label: str, here: str, theirs: str, usual: str) -> Beside:
    if here.split() == theirs.split():
        return Beside(name, label, here, theirs, {})
    ways = _ways(name)
    if not here:
        ways.pop("add", None)
        usual = "replace"
    return Beside(name, label, here, theirs, ways, usual)


def _cost(operation: Operation, proposal: Proposal) -> Beside | None:
    """An amount before tax never stands for one with tax."""
    if proposal.cost is None:
        return None
    known = {
        "investissement": operation.investment_cost,
        "fonctionnement": operation.running_cost,
    }
    said = {section: euros for section, euros in known.items() if euros is not None}
    tax = "hors taxes" if operation.tax == "ht" else "toutes taxes comprises"
    here = ", ".join(f"{money(euros)} en {section}" for section, euros in said.items())
    mixed = said and operation.tax != "ht"
    return Beside(
        "cost",
        "Coût",
        f"{here}, {tax}" if here else "",
        f"{money(proposal.cost)}, hors taxes",
        {} if mixed or list(said.values()) == [proposal.cost] else _ways("cost"),
        KEEP if said else "",
    )


def _day(operation: Operation, proposal: Proposal) -> Beside | None:
    if proposal.starts_on is None:
        return None
    here = operation.starts_on
    return Beside(
        "starts_on",
        "Début",
        long_date(here) if here else "",
        long_date(proposal.starts_on),
        {} if here == proposal.starts_on else _ways("starts_on"),
        KEEP if here else "replace",
    )


def _place(operation: Operation, proposal: Proposal, names: Mapping[str, str]) -> Beside | None:
    if not proposal.commune:
        return None
    return Beside(
        "communes",
        "Communes",
        ", ".join(names.get(code, code) for code in operation.communes),
        names.get(proposal.commune, proposal.commune),
        {} if proposal.commune in operation.communes else _ways("communes"),
        "add",
    )


def _owner(operation: Operation, proposal: Proposal) -> Beside:
    """Whoever proposes; a partner of the operation until somebody makes it more."""
    owners = [pilot.organisation.name for pilot in operation.pilots.all()]
    lines = [line for line in operation.partners.splitlines() if line.strip()]
    known = proposal.owner in {*owners, *lines}
    return Beside(
        "owner",
        "Qui la propose",
        ", ".join([*owners, *lines]),
        proposal.owner,
        {} if known else _ways("owner"),
        "add",
    )
