"""The other contracts: one at each stage of life, written and led there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from maillage.contracts.models import Contract
from maillage.demo.bodies import body_of
from maillage.demo.days import Days, before, morning
from maillage.demo.grounds import Ground
from maillage.demo.money import fund
from maillage.demo.portfolio import Frame, open_planned
from maillage.demo.tables import table
from maillage.demo.writing import (
    AGREED,
    FROZEN,
    OPENED,
    Writer,
    agree,
    copil,
    freeze,
    sign,
    start,
    take,
    write,
)

ECOLOGY = "Moins d’énergie et moins de trajets, d’après une étude inventée."
INDICATORS = (
    ("pace", "Opérations achevées", "4", "opérations"),
    ("results", "Habitants desservis", "3 000", "habitants"),
    ("impact", "Émissions évitées par an", "250", "tonnes équivalent CO₂"),
)
FINAL_REVIEW = (
    "Neuf opérations sur dix réalisées ; 12 GWh produits par an. Une opération abandonnée faute de "
    "porteur. Chiffres inventés."
)


def signed_on(stage: str, ground: Ground, days: Days) -> date:
    """When it was signed: as the country’s list says, unless the stage tells otherwise."""
    told = table("stages").get(stage, {})
    if stage == "closed":
        return days.ago(7.5)
    if "signed" in told:
        return days.ago(told["signed"])
    return ground.signed_on or days.ago(4.5)


def ends_on(stage: str, days: Days) -> date:
    """The term that its text sets."""
    if stage == "closed":
        return days.year_end(-4)
    if stage in ("expired", "renewed", "extended"):
        return days.quarter_end()
    return days.year_end(6)


def open_stage(
    stage: str, ground: Ground, days: Days, previous: Contract | None = None
) -> Contract:
    """The contract, in preparation; one that takes over says from which."""
    told, signed = table("stages")[stage], signed_on(stage, ground, days)
    opened = days.ago(0.2) if stage == "preparing" else before(signed, OPENED)
    name = f"{ground.name}, deuxième contrat" if previous else told.get("name", "")
    code = "" if previous or told["kind"] != "crte" else ground.code
    return start(ground, told["kind"], signed, opened, name=name, code=code, previous=previous)


def lead_to(stage: str, contract: Contract, ground: Ground, writer: Writer, days: Days) -> None:
    """Along the steps of the table, to the stage."""
    told = table("stages")[stage]
    if told["upto"] == "preparing":
        return
    signed = signed_on(stage, ground, days)
    nodes = write(
        contract,
        ground,
        writer,
        _text(stage, ground, writer, days, told),
        before(signed, AGREED + 20),
    )
    agree(contract, writer, min(before(signed, AGREED), before(days.today, 5)))
    frame = _frame(contract, ground, writer, days)
    portfolio = [
        open_planned(
            frame, entry, f"1.{rank + 1}", rank, nodes[rank % len(nodes)], before(signed, 60)
        )
        for rank, entry in enumerate(told["operations"])
    ]
    _live(told["upto"], contract, writer, days, signed)
    for planned in portfolio:
        fund(planned, frame)


def _text(
    stage: str, ground: Ground, writer: Writer, days: Days, told: Mapping[str, Any]
) -> dict[str, Any]:
    signed = signed_on(stage, ground, days)
    return {
        "lead": body_of(ground.area.epcis[0], None, morning(signed)),
        "starts_on": signed if signed <= days.today else days.today,
        "ends_on": ends_on(stage, days),
        "play": told["play"],
        "axes": [("Un pays qui tient ensemble", told["orientations"])],
    }


def _frame(contract: Contract, ground: Ground, writer: Writer, days: Days) -> Frame:
    codes = [code for code, _ in ground.area.communes]
    return Frame(contract, writer, days, codes, ECOLOGY, INDICATORS)


def _live(upto: str, contract: Contract, writer: Writer, days: Days, signed: date) -> None:
    if upto == "method_agreed":
        return
    take(contract, "start_drafting", writer, before(signed, AGREED - 10))
    if upto == "drafting":
        return
    if upto == "refused":
        _stop("refuse", contract, writer, before(signed, AGREED - 40), upto)
        return
    version = freeze(contract, writer, before(signed, FROZEN))
    if upto == "signed":
        sign(contract, version, writer, signed, most=2)
        return
    sign(contract, version, writer, signed)
    take(contract, "enter_force", writer, signed)
    _end(upto, contract, writer, days)


def _end(upto: str, contract: Contract, writer: Writer, days: Days) -> None:
    """What becomes of it at its term, or before."""
    if upto == "terminated":
        _stop("terminate", contract, writer, days.ago(0.6), upto)
        return
    term = contract.ends_on
    if term is None:
        raise ValueError(contract)
    last = days.yesterday
    after = min(term.replace(year=term.year + 1), last) if upto == "closed" else last
    if upto == "extended":
        take(
            contract, "extend", writer, before(term, 30), authority=copil(before(term, 40), 9),
            ends_on=days.year_end(1),
        )  # fmt: skip
    elif upto == "renewed":
        take(
            contract,
            "renew",
            writer,
            before(days.today, 20),
            authority=copil(before(days.today, 25), 11),
        )
    elif upto in ("expired", "closed"):
        take(contract, "expire", writer, after)
    if upto == "closed":
        take(
            contract,
            "close",
            writer,
            after,
            authority=copil(before(after, 10), 14),
            text=FINAL_REVIEW,
        )


def _stop(step: str, contract: Contract, writer: Writer, day: date, stage: str) -> None:
    """It comes to nothing, or to an early end, for the reason its table tells."""
    decided, why = copil(before(day, 10), 3), table("stages")[stage]["why"]
    take(contract, step, writer, day, authority=decided, text=why)
