"""Creating a contract, writing what it says of itself, publishing it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from maillage.accounts.conflicts import save_revised
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Contract
from maillage.contracts.tables import KINDS

#: What ``edit_contract`` may write.
EDITABLE = (
    *("name", "kind", "code", "lead", "previous", "starts_on", "ends_on"),
    *("state_of_play", "project", "method_reference", "method_terms"),
)
#: Clauses that only an avenant or a prolongation changes once the text is signed.
CLAUSES = ("starts_on", "ends_on")


@transaction.atomic
def create_contract(
    *,
    kind: str,
    name: str,
    by: Viewer | None,
    at: datetime,
    code: str = "",
    lead: Organisation | None = None,
    previous: Contract | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Contract:
    """In preparation, unpublished. InputError on an unknown kind or a name left out."""
    known(kind, KINDS, "Nature du contrat")
    _check(name, starts_on, ends_on)
    made = Contract.objects.create(
        slug=_free_slug(f"{KINDS[kind].short} {name}"),
        kind=kind,
        name=name.strip(),
        code=code.strip(),
        lead=lead,
        previous=previous,
        starts_on=starts_on,
        ends_on=ends_on,
        created_at=at,
    )
    tell(made, "created", made, by=by, at=at, after={"name": made.name, "kind": kind, "code": code})
    return made


@transaction.atomic
def edit_contract(
    *, contract: Contract, revision: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> Contract:
    """ConflictError when somebody saved since ``revision``; InputError for a clause of a signed
    contract: an avenant changes those."""
    refused = set(changes) - set(EDITABLE)
    if refused:
        raise TypeError(f"not editable: {sorted(refused)}")
    clauses = [c for c in CLAUSES if c in changes and changes[c] != getattr(contract, c)]
    if clauses and contract.status not in ("preparing", "method_agreed", "drafting"):
        raise InputError(
            problem="les dates d’un contrat signé sont une clause de son texte.",
            remedy="prolongez le contrat : l’étape dit qui l’a décidé.",
        )
    merged = {name: changes.get(name, getattr(contract, name)) for name in EDITABLE}
    known(merged["kind"], KINDS, "Nature du contrat")
    _check(merged["name"], merged["starts_on"], merged["ends_on"])
    before, after = save_revised(contract, revision, changes)
    if after:
        tell(contract, "edited", contract, by=by, at=at, before=before, after=after)
    return contract


@transaction.atomic
def publish(
    *, contract: Contract, revision: int, on: date | None, by: Viewer, at: datetime
) -> None:
    """Shows the public face of the contract; None takes it back. InputError for a day to come: it
    would show at once. ConflictError."""
    if on is not None and on > at.date():
        raise InputError(
            problem="une fiche publiée se voit aussitôt : sa date ne peut pas être à venir.",
            remedy="publiez-la le jour venu.",
            column="Publication",
            value=on.isoformat(),
        )
    before, after = save_revised(contract, revision, {"published_on": on})
    verb = "published" if on else "unpublished"
    tell(contract, verb, contract, by=by, at=at, before=before, after=after)


def _check(name: str, starts_on: date | None, ends_on: date | None) -> None:
    if not name.strip():
        raise InputError(problem="un contrat a un nom.", remedy="écrivez-le.", column="Nom")
    if starts_on and ends_on and ends_on <= starts_on:
        raise InputError(
            problem="le contrat finirait avant de commencer.",
            remedy="corrigez l’une des deux dates.",
            column="Fin",
            value=ends_on.isoformat(),
        )


def _free_slug(text: str) -> str:
    """The text, and a number when another contract has it."""
    root = slugify(text)[:80].strip("-") or "contrat"
    taken = set(Contract.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    numbers = (f"{root}-{n}" for n in range(2, len(taken) + 3))
    return root if root not in taken else next(s for s in numbers if s not in taken)
