"""Setting up a committee, saying who sits in it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from maillage.accounts.conflicts import save_revised
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.actions.told import known, tell
from maillage.contracts.models import Contract
from maillage.governance.models import Committee, Member
from maillage.governance.tables import KINDS, LEVELS, QUALITIES

#: What ``edit_committee`` and ``edit_member`` may write.
EDITABLE = ("kind", "name", "level", "yearly", "quorum", "mission", "closed_on")
SEAT = ("organisation", "name", "function", "email", "quality", "since", "until")


@transaction.atomic
def create_committee(
    *,
    contract: Contract,
    kind: str,
    by: Viewer,
    at: datetime,
    name: str = "",
    level: str = "local",
    yearly: int | None = None,
    quorum: int | None = None,
    mission: str = "",
    shared_with: Sequence[Contract] = (),
) -> Committee:
    """Named after its kind unless said. InputError on an unknown kind or level."""
    known(kind, KINDS, "Nature de l’instance")
    known(level, LEVELS, "Niveau")
    made = Committee.objects.create(
        contract=contract,
        kind=kind,
        name=name.strip() or KINDS[kind].label,
        level=level,
        yearly=yearly,
        quorum=quorum,
        mission=mission.strip(),
    )
    made.shared_with.set(shared_with)
    tell(contract, "created", made, by=by, at=at, after={"name": made.name})
    return made


@transaction.atomic
def edit_committee(
    *,
    committee: Committee,
    revision: int,
    changes: Mapping[str, Any],
    shared_with: Sequence[Contract],
    by: Viewer,
    at: datetime,
) -> None:
    """ConflictError when somebody saved since ``revision``."""
    _only(changes, EDITABLE)
    known(changes.get("kind", committee.kind), KINDS, "Nature de l’instance")
    known(changes.get("level", committee.level), LEVELS, "Niveau")
    if not str(changes.get("name", committee.name)).strip():
        raise InputError(problem="une instance a un nom.", remedy="écrivez-le.", column="Nom")
    before, after = save_revised(committee, revision, changes)
    names = sorted(contract.name for contract in shared_with)
    shared = sorted(contract.name for contract in committee.shared_with.all())
    if names != shared:
        committee.shared_with.set(shared_with)
        before, after = {**before, "shared": shared}, {**after, "shared": names}
    if after:
        told = {"name": committee.name}
        tell(
            committee.contract, "edited", committee, by=by, at=at,
            before=_told(before), after=told | _told(after),
        )  # fmt: skip


@transaction.atomic
def add_member(
    *,
    committee: Committee,
    organisation: Organisation,
    since: date,
    by: Viewer,
    at: datetime,
    name: str = "",
    function: str = "",
    email: str = "",
    quality: str = "voting",
) -> Member:
    """InputError when neither a name nor a function says who sits."""
    _seat(name, function, quality, since, None)
    made = Member.objects.create(
        committee=committee,
        organisation=organisation,
        name=name.strip(),
        function=function.strip(),
        email=email,
        quality=quality,
        since=since,
    )
    tell(committee.contract, "seated", made, by=by, at=at, after=_who(made))
    return made


@transaction.atomic
def edit_member(
    *, member: Member, revision: int, changes: Mapping[str, Any], by: Viewer, at: datetime
) -> None:
    """ConflictError. Attendance already recorded keeps the words of its day."""
    _only(changes, SEAT)
    merged = {name: changes.get(name, getattr(member, name)) for name in SEAT}
    _seat(*(merged[name] for name in ("name", "function", "quality", "since", "until")))
    before, after = save_revised(member, revision, changes)
    if after:
        contract = member.committee.contract
        after = _who(member) | _told(after)
        tell(contract, "edited", member, by=by, at=at, before=_told(before), after=after)


def _seat(name: str, function: str, quality: str, since: date, until: date | None) -> None:
    known(quality, QUALITIES, "Qualité")
    if not name.strip() and not function.strip():
        raise InputError(
            problem="on ne sait pas qui siège.",
            remedy="donnez un nom ou une fonction.",
            column="Nom",
        )
    if until is not None and until < since:
        raise InputError(
            problem="ce membre partirait avant d’arriver.",
            remedy="corrigez l’une des deux dates.",
            value=until.isoformat(),
        )


def _only(changes: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    refused = set(changes) - set(allowed)
    if refused:
        raise TypeError(f"not editable: {sorted(refused)}")


def _who(member: Member) -> dict[str, Any]:
    return {
        "organisation": member.organisation.name,
        "seat": member.name or member.function,
        "committee": member.committee.name,
    }


#: Ids of this room that the journal says in French; addresses of people stay out of it.
_WORDS = {"kind": KINDS, "level": LEVELS, "quality": QUALITIES}


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {"kind": "committee_kind", "name": "seat_name"}
    return {
        renamed.get(name, name): str(getattr(_WORDS[name][value], "label", _WORDS[name][value]))
        if name in _WORDS
        else value
        for name, value in fields.items()
        if name not in {"email", "organisation"}
    }
