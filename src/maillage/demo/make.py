"""The whole demonstration, made once: idempotent, in one transaction."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from maillage.common.errors import InputError
from maillage.contracts.actions.contracts import publish
from maillage.contracts.models import Contract
from maillage.demo.bodies import bodies_of
from maillage.demo.cast import is_made, open_accounts
from maillage.demo.days import Days, morning
from maillage.demo.grounds import PARTS, Ground, grounds
from maillage.demo.main_contract import live, open_main
from maillage.demo.stages import lead_to, open_stage
from maillage.demo.writing import Writer
from maillage.engine.edition import Edition
from maillage.operations.models import Operation


@dataclass(frozen=True)
class Made:
    """What there is now; ``new`` is False when it was there already."""

    contracts: int
    operations: int
    new: bool


def make_demo(edition: Edition, today: date) -> Made:
    """InputError on an edition that is not fictional: invented contracts stay in their country."""
    if not edition.fictional:
        raise InputError(
            problem="ces contrats inventés ne vont que dans le pays fictif.",
            remedy="donnez l’édition que construit « make demo ».",
        )
    new = not is_made()
    if new:
        _make(edition, Days(today))
    return Made(Contract.objects.count(), Operation.objects.count(), new)


#: Contracts that came to nothing, or to an early end.
STOPPED = ("refused", "terminated")
#: Stages that lie on the ground of another.
SHARED = {"drafting": "renewed", "refused": "preparing", "terminated": "closed"}


@transaction.atomic
def _make(edition: Edition, days: Days) -> None:
    places = grounds(edition.geography)
    main, across = places["main"], places["across"]
    bodies = bodies_of(edition.geography, main, across, morning(days.ago(12)))
    contracts = {"main": open_main(main, days)}
    contracts |= {stage: open_stage(stage, places[stage], days) for stage in (*PARTS, "across")}
    contracts["drafting"] = open_stage(
        "drafting", places["renewed"], days, previous=contracts["renewed"]
    )
    contracts |= {stage: open_stage(stage, places[SHARED[stage]], days) for stage in STOPPED}
    others = [contracts[stage] for stage in (*PARTS, "drafting", *STOPPED)]
    reach = {"main": [contracts["main"]], "across": [contracts["across"]], "others": others}
    people = open_accounts(bodies, main, reach, morning(days.ago(11)))
    state = people["prefecture"]
    for stage in (*PARTS, "drafting", *STOPPED, "across"):
        lead = people["across" if stage == "across" else "several"]
        writer = Writer(lead, state, bodies)
        lead_to(stage, contracts[stage], _ground(places, stage), writer, days)
    live(contracts["main"], main, Writer(people["lead"], state, bodies), people, edition, days)
    for stage in ("main", "closed", "extended"):
        shown, day = contracts[stage], days.ago(0.5)
        shown.refresh_from_db()
        publish(contract=shown, revision=shown.revision, on=day, by=state, at=morning(day))


def _ground(places: dict[str, Ground], stage: str) -> Ground:
    return places[SHARED.get(stage, stage)]
