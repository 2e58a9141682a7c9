"""What is to be looked at in the governance of a contract: told, never a wall.

Source of the checks: Accompagnement des CRTE, ANCT, chapter on governance (the cotech meets before
every plenary copil; the copil reflects the elected officials and all who sign).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from maillage.common.french import counted, listing, long_date
from maillage.contracts.models import Contract
from maillage.contracts.snapshot import parties_of
from maillage.governance.models import Committee, Meeting
from maillage.governance.reading import committees_of, meetings_of, members_at, title_of

#: Statuses of a contract that meets no more.
OVER = frozenset({"closed", "refused", "terminated"})
#: Days after which minutes are waited for.
MINUTES_DAYS = 14
SOURCE = "Accompagnement des CRTE, ANCT : gouvernance"


@dataclass(frozen=True)
class Finding:
    """What is wrong and what to do; ``meeting`` or ``committee`` says where to go."""

    what: str
    remedy: str
    committee: Committee | None = None
    meeting: Meeting | None = None


def governance_findings(contract: Contract, now: datetime) -> tuple[Finding, ...]:
    """Nothing for a contract that is over; a constant number of questions by committee."""
    if contract.status in OVER:
        return ()
    committees = [row for row in committees_of(contract) if row.closed_on is None]
    meetings = [row for row in meetings_of(contract) if row.status != "cancelled"]
    return (
        *_no_copil(committees),
        *(found for row in committees for found in _made_up(contract, row, now)),
        *_without_cotech(meetings, now),
        *(found for row in committees for found in _rare(row, meetings, now)),
        *(found for row in meetings for found in _unfinished(row, now)),
    )


def _no_copil(committees: list[Committee]) -> Iterator[Finding]:
    if not any(row.kind == "copil" for row in committees):
        yield Finding("Aucun comité de pilotage n’est constitué.", "Constituez-le.")


def _made_up(contract: Contract, row: Committee, now: datetime) -> Iterator[Finding]:
    """Somebody presides; in the copil, every required party has a seat."""
    seats = members_at(row, now.date())
    if not any(member.quality == "chair" for member in seats):
        yield Finding(
            f"{row.name} : personne ne préside.",
            "Dites qui préside ; plusieurs personnes le peuvent ensemble.",
            committee=row,
        )
    if row.kind != "copil" or not seats:
        return
    seated = {member.organisation_id for member in seats}
    parties = (party for party in parties_of(contract) if party.required)
    absent = [p.organisation.name for p in parties if p.organisation_id not in seated]
    if absent:
        sits = "n’y siège pas" if len(absent) == 1 else "n’y siègent pas"
        yield Finding(
            f"{row.name} : {listing(absent)} {sits} et signe le contrat."
            if len(absent) == 1
            else f"{row.name} : {listing(absent)} {sits} et signent le contrat.",
            "Ajoutez leurs représentants : le copil réunit tous les signataires.",
            committee=row,
        )


def _without_cotech(meetings: list[Meeting], now: datetime) -> Iterator[Finding]:
    """For the last plenary copil and those to come."""
    plenary = [m for m in meetings if m.committee.kind == "copil" and m.formation == "plenary"]
    plenary.sort(key=lambda meeting: meeting.starts_at)
    cotech = [m.starts_at for m in meetings if m.committee.kind == "cotech"]
    past = [m for m in plenary if m.starts_at < now]
    for meeting in (*past[-1:], *(m for m in plenary if m.starts_at >= now)):
        rank = plenary.index(meeting)
        since = plenary[rank - 1].starts_at if rank else None
        before = (at for at in cotech if at <= meeting.starts_at)
        if not any(since is None or at >= since for at in before):
            past_one = meeting.starts_at < now
            yield Finding(
                f"{title_of(meeting)} : aucun comité technique "
                f"{'ne l’a précédé' if past_one else 'n’est prévu avant'}.",
                "Consignez celui qui s’est tenu, ou expliquez-le au compte rendu."
                if past_one
                else "Convoquez-en un : il prépare la programmation et donne ses avis au copil.",
                meeting=meeting,
            )


def _rare(row: Committee, meetings: list[Meeting], now: datetime) -> Iterator[Finding]:
    """Nothing held for longer than its rhythm, and nothing called."""
    if not row.yearly:
        return
    own = [m for m in meetings if m.committee_id == row.pk]
    last = max((m.starts_at for m in own if m.starts_at <= now), default=None)
    if any(m.starts_at > now for m in own) or last is None:
        return
    if now - last > timedelta(days=365 / row.yearly):
        rhythm = counted(row.yearly, "fois", "fois")
        yield Finding(
            f"{row.name} : dernière réunion le {long_date(last.date())}, rien n’est convoqué ; "
            f"il doit se réunir {rhythm} par an.",
            "Convoquez la prochaine réunion.",
            committee=row,
        )


def _unfinished(meeting: Meeting, now: datetime) -> Iterator[Finding]:
    if meeting.status == "called" and meeting.starts_at < now:
        yield Finding(
            f"{title_of(meeting)} : la date est passée.",
            "Consignez les présences, ou annulez la réunion.",
            meeting=meeting,
        )
    late = meeting.starts_at < now - timedelta(days=MINUTES_DAYS)
    if meeting.status == "held" and not meeting.closed and late:
        yield Finding(
            f"{title_of(meeting)} : le compte rendu manque.",
            "Consignez-le : ses décisions s’y réfèrent.",
            meeting=meeting,
        )
