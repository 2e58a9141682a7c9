"""A plan of financing as a value: what an operation costs, what each line brings and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from maillage.operations.funding_sources import FundingSource
from maillage.operations.money import ZERO, total

Section = Literal["investment", "running"]
SECTIONS: Mapping[Section, str] = {"investment": "Investissement", "running": "Fonctionnement"}
#: Natures of organisations that are local authorities or their groupings (CGCT, L1111-10 III).
LOCAL_AUTHORITIES = frozenset(
    {
        *("commune", "cc", "ca", "cu", "metropole", "ept", "petr", "syndicat", "polem"),
        *("departement", "region"),
    }
)


@dataclass(frozen=True)
class Amount:
    """A sum at one stage; the date may not be known."""

    euros: Decimal
    day: date | None = None


@dataclass(frozen=True)
class Owner:
    """A maître d’ouvrage: its organisation’s id, name and legal nature."""

    id: int
    name: str
    nature: str


@dataclass(frozen=True)
class PlanLine:
    """One line: a source, a section, and its amounts at each stage; None where unknown.

    ``funder_id`` is the organisation that pays, when it is known. ``refused`` and ``lapsed`` lines
    bring nothing.
    """

    id: int
    source: FundingSource
    section: Section
    funder_id: int | None = None
    funder: str = ""
    tax: Literal["ht", "ttc"] = "ht"
    eligible: Decimal | None = None
    asked: Amount | None = None
    notified: Amount | None = None
    agreed: Amount | None = None
    payments: tuple[Amount, ...] = ()
    received_on: date | None = None
    opinion_on: date | None = None
    extended_start: bool = False
    extended_completion: bool = False
    refused: bool = False
    lapsed: bool = False
    file_number: str = ""
    order: str = ""  # the arrêté
    envelope: str = ""
    agreement: str = ""
    purpose: str = ""

    @property
    def brings(self) -> Decimal:
        """The amount to count on: the latest stage reached; nothing once refused or lapsed."""
        stage = self.agreed or self.notified or self.asked
        return ZERO if stage is None or self.refused or self.lapsed else stage.euros

    @property
    def granted(self) -> Amount | None:
        return self.agreed or self.notified

    @property
    def paid(self) -> Decimal:
        return total(payment.euros for payment in self.payments)

    @property
    def title(self) -> str:
        """« DETR », « Région (Région Grand Ouest) »."""
        named = self.funder and self.funder != self.source.short
        return f"{self.source.short} ({self.funder})" if named else self.source.short


@dataclass(frozen=True)
class Rate:
    """What a line is a share of, from 0 to 1: the eligible base, the cost of its section; None
    where that is unknown, nil, or in the other tax basis."""

    of_base: Decimal | None
    of_cost: Decimal | None


@dataclass(frozen=True)
class Derogation:
    """A rule set aside for one operation: by which act, whose, when."""

    rule: str
    act: str
    author: str
    day: date


@dataclass(frozen=True)
class Plan:
    """Costs by section in euros, before tax unless ``tax`` says otherwise; None when unknown.
    A plan is balanced in that one basis: ``mixed`` are the lines in the other.

    ``departements`` are the codes of those where the operation is. ``others`` maps a file number
    to the title of another operation of the contract whose line carries it; ``elsewhere`` to an
    operation of another contract and its contract, empty for who may not know them.
    """

    owners: tuple[Owner, ...]
    costs: Mapping[Section, Decimal | None]
    lines: tuple[PlanLine, ...]
    tax: Literal["ht", "ttc"] = "ht"
    starts_on: date | None = None
    finished: bool = False
    started: bool = False
    ends_on: date | None = None
    departements: frozenset[str] = frozenset()
    lead_competence: bool = False
    early: bool = False
    signed_on: date | None = None
    derogations: tuple[Derogation, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def of(self, section: Section) -> tuple[PlanLine, ...]:
        return tuple(line for line in self.lines if line.section == section)

    def rate(self, line: PlanLine) -> Rate:
        cost = self.costs.get(line.section) if line.tax == self.tax else None
        return Rate(
            of_base=line.brings / line.eligible if line.eligible else None,
            of_cost=line.brings / cost if cost else None,
        )

    def is_own(self, line: PlanLine) -> bool:
        """Own funds and loans, or money of an organisation that is itself maître d’ouvrage."""
        owners = {owner.id for owner in self.owners}
        return line.source.nature in {"own", "loan"} or line.funder_id in owners

    def own(self, section: Section) -> Decimal:
        return brought(line for line in self.of(section) if self.is_own(line))

    def aid(self, section: Section) -> Decimal:
        """Public money other than the owners’ own."""
        return brought(
            line for line in self.of(section) if line.source.is_aid and not self.is_own(line)
        )

    def mixed(self, section: Section | None = None) -> tuple[PlanLine, ...]:
        """Lines that bring money in the other tax basis than the cost: not to be added to it."""
        lines = self.lines if section is None else self.of(section)
        return tuple(line for line in lines if line.brings and line.tax != self.tax)

    @property
    def authorities(self) -> tuple[Owner, ...]:
        """The maîtres d’ouvrage that are local authorities or groupings of them."""
        return tuple(owner for owner in self.owners if owner.nature in LOCAL_AUTHORITIES)

    def authorities_own(self, section: Section) -> Decimal:
        """What those bring of their own. Money of another maître d’ouvrage, an association for
        instance, is private: neither their own nor public aid."""
        others = {owner.id for owner in self.owners} - {owner.id for owner in self.authorities}
        return brought(
            line for line in self.of(section) if self.is_own(line) and line.funder_id not in others
        )


def brought(lines: Iterable[PlanLine]) -> Decimal:
    return total(line.brings for line in lines)
