"""What the room knows as data: kinds of contract, steps of their life, capacities, programmes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import yaml


def table(name: str) -> Any:
    return yaml.safe_load(files("maillage.contracts").joinpath(f"data/{name}.yaml").read_bytes())


@dataclass(frozen=True)
class Binding:
    """At least so many parties of these capacities sign; what is said when they are not there, or
    have not signed."""

    any: tuple[str, ...]
    least: int
    absent: str
    unsigned: str


@dataclass(frozen=True)
class Kind:
    """A kind of contract; ``years`` is its usual length, ``opening`` and ``chair`` words of its
    text."""

    short: str
    label: str
    meaning: str
    source: str
    years: int
    opening: str
    chair: str
    binds: tuple[Binding, ...]

    @property
    def with_state(self) -> bool:
        return any(rule.any == ("state",) for rule in self.binds)

    def usual_end(self, start: date) -> date:
        """The eve of the anniversary, after the usual length."""
        leap = (start.month, start.day) == (2, 29)
        day = start.replace(year=start.year + self.years, day=28 if leap else start.day)
        return day - timedelta(days=0 if leap else 1)


@dataclass(frozen=True)
class Status:
    """A moment of the life of a contract."""

    label: str
    meaning: str


@dataclass(frozen=True)
class Step:
    """A passage from some statuses to another. ``asks``: authority, ends_on, text."""

    id: str
    label: str
    sources: tuple[str, ...]
    to: str
    right: str
    guards: tuple[str, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True)
class CapacityOfParty:
    """How an organisation takes part; ``required``: its signature usually is."""

    label: str
    required: bool


@dataclass(frozen=True)
class Programme:
    """A national programme or a kind of contract, in the ANCT’s taxonomy."""

    label: str
    theme: str
    policy: str
    modality: str


@dataclass(frozen=True)
class Procedure:
    """What a change of the signed contract asks for; ``*`` fits everything."""

    section: str
    kind: str
    field: str
    procedure: str
    reason: str

    def fits(self, section: str, kind: str, field: str) -> bool:
        pairs = ((self.section, section), (self.kind, kind), (self.field, field))
        return all(pattern in {"*", value} for pattern, value in pairs)


_LIFE = table("life")
_DECISIONS = table("decisions")


def _kind(line: Mapping[str, Any]) -> Kind:
    rules = tuple(Binding(**{**rule, "any": tuple(rule["any"])}) for rule in line["binds"])
    return Kind(**{**line, "binds": rules})


def _step(id: str, line: Mapping[str, Any]) -> Step:
    return Step(
        id=id,
        label=line["label"],
        sources=tuple(line["from"]),
        to=line["to"],
        right=line["right"],
        guards=tuple(line["guards"]),
        asks=tuple(line["asks"]),
    )


KINDS: Mapping[str, Kind] = {id: _kind(line) for id, line in table("kinds").items()}
STATUSES: Mapping[str, Status] = {id: Status(**s) for id, s in _LIFE["statuses"].items()}
STEPS: Mapping[str, Step] = {id: _step(id, line) for id, line in _LIFE["steps"].items()}
#: Acts that change no status, and the guards that hold them.
ACTS: Mapping[str, tuple[str, ...]] = {
    act: tuple(_LIFE[act]["guards"]) for act in ("freeze_text", "freeze_avenant", "enforce_avenant")
}
CAPACITIES: Mapping[str, CapacityOfParty] = {
    id: CapacityOfParty(**line) for id, line in table("capacities").items()
}
PROGRAMMES: Mapping[str, Programme] = {
    id: Programme(**line) for id, line in table("programmes").items()
}
INSTANCES: Mapping[str, str] = _DECISIONS["instances"]
DECISION_KINDS: Mapping[str, str] = _DECISIONS["kinds"]
OPINIONS: Mapping[str, str] = _DECISIONS["opinions"]
PROCEDURES: tuple[Procedure, ...] = tuple(Procedure(**line) for line in table("changes"))


def procedure_of(section: str, kind: str, field: str) -> Procedure:
    """The first line of the table that fits; the last one fits everything."""
    return next(line for line in PROCEDURES if line.fits(section, kind, field))
