"""Operations of a contract: fiches, indicators, the gate; their money comes with ``money``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maillage.accounts.models import Organisation
from maillage.contracts.models import Contract, StrategyNode
from maillage.demo.days import Days, before, morning
from maillage.demo.tables import table
from maillage.demo.writing import Writer, copil
from maillage.operations.actions.attached import link_indicator
from maillage.operations.actions.operations import make_ready, open_operation
from maillage.operations.models import Operation

Entry = Mapping[str, Any]
REFERENTS = ("Anne Le Goff", "Bruno Caron", "Clara Vidal", "David Nguyen")
#: What comes next, by phase.
STEPS = {
    "idea": ("Écrire la fiche projet", "Présenter au comité technique", "Chiffrer avec la DDT"),
    "study": ("Choisir le prestataire", "Présenter au copil", "Déposer la demande de subvention"),
    "operation": (
        "Demander l’acompte",
        "Réunir les financeurs",
        "Recevoir la tranche en cours",
    ),
}
MATURITY = {"idea": "intention", "study": "outlined", "operation": "prepared"}
RISKS = "Coût des matériaux ; calendrier des autres financeurs."


@dataclass(frozen=True)
class Planned:
    """An operation, the line of the table it comes from, and when its work starts."""

    operation: Operation
    entry: Entry
    starts_on: date


@dataclass(frozen=True)
class Frame:
    """What the operations of a contract share; ``communes`` are codes of its perimeter."""

    contract: Contract
    writer: Writer
    days: Days
    communes: Sequence[str]
    ecology: str
    indicators: Sequence[Sequence[str]]


def open_planned(
    frame: Frame, entry: Entry, number: str, rank: int, node: StrategyNode, day: date
) -> Planned:
    """One fiche projet, opened that day, with its three indicators."""
    phase, status = entry["at"].split()
    starts = _start(frame.days, entry, phase, rank)
    made = open_operation(
        contract=frame.contract,
        title=entry["title"],
        owners=owners(entry, frame),
        by=frame.writer.lead,
        at=morning(day),
        fields={
            **_told(frame, entry, rank, number, node),
            **_pace(frame.days, entry, phase, status, rank),
            **_cost(entry),
            "starts_on": starts,
            "ends_on": starts + timedelta(days=420 + 40 * (rank % 5)),
        },
    )
    for question, name, target, unit in frame.indicators:
        link_indicator(
            operation=made,
            name=name,
            question=question,
            target=target,
            unit=unit,
            due_on=frame.days.year_end(1),
            by=frame.writer.lead,
            at=morning(day),
        )
    return Planned(made, entry, starts)


def owners(entry: Entry, frame: Frame) -> list[Organisation]:
    """Those of its letters, each once; the one that carries the contract when none is said."""
    letters = entry.get("by", "").split()
    bodies = [frame.writer.bodies[letter] for letter in letters]
    lead = frame.contract.lead
    return list(dict.fromkeys(bodies or ([lead] if lead else [])))


def pass_gate(planned: Planned, frame: Frame, day: date) -> None:
    """What has begun, or is said to be ready, is a fiche action."""
    phase, status = planned.entry["at"].split()
    if (phase == "operation" and status != "dropped") or planned.entry.get("ready"):
        planned.operation.refresh_from_db()
        make_ready(
            operation=planned.operation,
            revision=planned.operation.revision,
            today=day,
            by=frame.writer.lead,
            at=morning(day),
            authority=copil(day, 6),
        )


def _start(days: Days, entry: Entry, phase: str, rank: int) -> date:
    """When work started; or will, for what is still studied."""
    if phase == "operation":
        return days.ago(entry["since"])
    return days.today + timedelta(days=150 + 37 * (rank % 6))


def _told(frame: Frame, entry: Entry, rank: int, number: str, node: StrategyNode) -> dict[str, Any]:
    start = rank % len(frame.communes)
    return {
        "number": number,
        "description": entry.get(
            "why", f"{entry['title']} : opération inventée, pour le pays fictif."
        ),
        "ecology": frame.ecology,
        "risks": RISKS if rank % 3 == 0 else "",
        "referent": REFERENTS[rank % len(REFERENTS)],
        "elected_referent": "Marc Lefèvre" if rank % 4 == 0 else "",
        "orientation_id": node.pk,
        "communes": list(frame.communes[start : start + 1 + rank % 3]),
        "beneficiaries": "Habitants du pays" if rank % 2 else "",
        "early": bool(entry.get("early")),
        "programmes": entry.get("programmes", []),
    }


def _pace(days: Days, entry: Entry, phase: str, status: str, rank: int) -> dict[str, Any]:
    over = status in ("finished", "dropped")
    step = days.today + timedelta(days=(rank % 9) * 11 - 12)
    return {
        "phase": phase,
        "status": status,
        "blocked_reason": entry.get("reason", "") if status != "dropped" else "",
        "dropped_reason": entry.get("reason", "Décision du copil") if status == "dropped" else "",
        "priority": ("high", "medium", "medium", "low")[rank % 4],
        "maturity": "designed" if entry.get("ready") else MATURITY[phase],
        "next_step": "" if over else STEPS[phase][rank % 3],
        "next_step_on": None if over else step,
        **({"cotech_opinion": "favourable", "cotech_on": _heard(days, entry, phase),
            "cotech_reference": f"Cotech n° {2 + rank % 7}"} if phase != "idea" else {}),
    }  # fmt: skip


def _heard(days: Days, entry: Entry, phase: str) -> date:
    return before(days.ago(entry["since"]), 150) if phase == "operation" else days.ago(0.3)


def _cost(entry: Entry) -> dict[str, Any]:
    """In the section that its plan pays; after tax where the plan says so."""
    cost = Decimal(1000) * entry["k"]
    running = entry["plan"] in ("posts", "homes") or "funder" in entry
    plan = table("portfolio")["plans"].get(entry["plan"], {})
    return {
        "running_cost" if running else "investment_cost": cost,
        "tax": plan.get("tax", "ht"),
    }
