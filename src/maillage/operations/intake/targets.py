"""From a draft to what an operation will hold: its fields, its money, its owners, its strategy."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.operations.intake.drafts import Draft
from maillage.operations.intake.fields import fields
from maillage.operations.intake.stages import SECTIONS, by_stage, parted, staged
from maillage.operations.intake.values import plain
from maillage.operations.plan import Section

#: Field of a spreadsheet -> field of an operation, written as it is.
WRITTEN: Mapping[str, str] = {
    "number": "number",
    "title": "title",
    "status": "status",
    "maturity": "maturity",
    "priority": "priority",
    "starts": "starts_on",
    "ends": "ends_on",
    "cost": "investment_cost",
    "referent": "referent",
    "elected": "elected_referent",
    "partners": "partners",
    "next_step": "next_step",
    "running_cost": "running_cost",
    "tax": "tax",
    "phase": "phase",
    "blocked_reason": "blocked_reason",
    "dropped_reason": "dropped_reason",
    "next_step_on": "next_step_on",
    "commune_codes": "communes",
    "beneficiaries": "beneficiaries",
    "programmes": "programmes",
    "risks": "risks",
    "ecology": "ecology",
    "outside": "outside",
    "early": "early",
    "lead_competence": "lead_competence",
    "cells": "cells",
    "opinion": "cotech_opinion",
    "opinion_on": "cotech_on",
    "opinion_reference": "cotech_reference",
}
#: What has no field of its own: kept in the description, each under its name.
TOLD = (
    *("subtitle", "objectives", "service", "bodies", "means", "participation", "communes"),
    *("funding_note", "remarks"),
)
OWN = "own_funds"
#: What a row says of its indicators, one under the other.
JUDGED = ("indicators", "indicator_target", "indicator_unit")
_SEVERAL = re.compile(
    r"\s*(?:;|/|\n|\+|\bet\b(?= (?:la|le|l’|les|cc|ca|cu|commune|ville|communaut)))\s*", re.I
)
_LONGEST = {
    **{"number": 30, "title": 250, "referent": 200, "elected": 200, "next_step": 250},
    "opinion_reference": 250,
}


@dataclass(frozen=True)
class IndicatorSaid:
    """An indicator of a row; what it does not say is empty."""

    name: str
    question: str
    target: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Target:
    """``fields`` of the operation; ``funding`` in euros by source of money and stage; ``owners`` by
    name, the lead first; ``strategy`` the axe then the orientation. ``eligible`` (euros) is that of
    its lines; ``sections`` by source where a person said it; ``section`` that of its only cost,
    None where it has both or none: the section of a line to be that has no other."""

    key: str  # of the operation, when our own layout gave it
    fields: Mapping[str, Any]
    funding: Mapping[str, Decimal]
    owners: tuple[str, ...]
    strategy: tuple[str, ...]
    indicators: tuple[IndicatorSaid, ...]
    stage: str = ""  # of the fiche, when the file says it; the gate judges it
    ready_on: date | None = None
    eligible: Decimal | None = None
    section: Section | None = None
    sections: Mapping[str, Section] = field(default_factory=dict)


def target_of(draft: Draft, known: Container[str] = ()) -> Target:
    """What the draft says and nothing else: a column that is not there changes nothing.

    ``known`` are the plain names of organisations: those are not parted.
    """
    values = draft.values
    written = {
        name: _cut(source, values[source]) for source, name in WRITTEN.items() if source in values
    }
    if text := "\n\n".join(_told(values)):
        written["description"] = text
    if written.get("status") == "blocked" and values.get("remarks"):
        written.setdefault("blocked_reason", str(values["remarks"]))
    own = {staged(OWN, draft.own_stage): values[OWN]} if values.get(OWN) else {}
    return Target(
        key=str(values.get("key", "")).strip().lower(),
        fields=written,
        funding={**_counted(draft.funding), **own},
        owners=names_in(str(values.get("owner", "")), known),
        strategy=tuple(
            str(values[part]) for part in ("axis", "orientation", "goal") if values.get(part)
        ),
        indicators=_judged(draft),
        stage=values.get("stage", ""),
        ready_on=values.get("ready_on"),
        eligible=values.get("eligible"),
        section=_only_section(values),
        sections={
            source: "running" if said == "running" else "investment"
            for source, said in draft.sections.items()
            if said in SECTIONS and said != "by_cost"
        },
    )


def _only_section(values: Mapping[str, Any]) -> Section | None:
    costs = [bool(values.get(name)) for name in ("cost", "running_cost")]
    if sum(costs) != 1:
        return None
    return "investment" if costs[0] else "running"


def _judged(draft: Draft) -> tuple[IndicatorSaid, ...]:
    """Targets and units are theirs line by line; left out where there are not as many."""
    names, targets, units = (listed(draft.values.get(name)) for name in JUDGED)
    pairs = (row if len(row) == len(names) else ("",) * len(names) for row in (targets, units))
    rows = zip(names, *pairs, strict=True)
    found = {
        name: IndicatorSaid(name, draft.question, aim[:120], unit[:60]) for name, aim, unit in rows
    }
    return tuple(found.values())


def _counted(funding: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    """A draft is left where the same source is asked, granted or paid already."""
    stages = by_stage(funding)
    return {n: e for n, e in funding.items() if parted(n)[1] != "draft" or len(stages[n]) == 1}


def names_in(text: str, known: Container[str] = ()) -> tuple[str, ...]:
    """« CC du Val / Ville de Bourg » names two maîtres d’ouvrage; a name known whole is one.

    Where there is a semicolon, as in our own layout, it alone parts names.
    """
    pieces = re.split(r"\s*;\s*", text)
    found = [
        " ".join(part.split())
        for piece in pieces
        for part in ([piece] if plain(piece) in known else _SEVERAL.split(piece))
    ]
    return tuple(dict.fromkeys(name for name in found if plain(name)))


def _told(values: Mapping[str, Any]) -> Iterator[str]:
    if values.get("description"):
        yield str(values["description"])
    for name in TOLD:
        if values.get(name):
            yield f"{fields()[name].title} : {values[name]}"


def _cut(name: str, value: Any) -> Any:
    return value[: _LONGEST[name]] if name in _LONGEST and isinstance(value, str) else value


def listed(value: Any) -> tuple[str, ...]:
    """What a cell gives one under the other."""
    found = (part.strip(" -•\t") for part in re.split(r"[\n;•]", str(value or "")))
    return tuple(part[:250] for part in found if part)
