"""Who owns and pays for what the contract does, and must therefore sign it themselves.

A contract of several EPCI is co-signed by each that is maître d’ouvrage or co-finances, not only by
the body that gathers them. The caller says who does what: this room does not know operations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maillage.common.french import counted, listing
from maillage.contracts.models import ContractVersion, Party

#: Legal natures of an EPCI with its own taxes.
EPCI = frozenset({"cc", "ca", "cu", "metropole"})
#: Operations cited by name.
CITED = 2


@dataclass(frozen=True)
class Commitment:
    """What an organisation does in the operations of a contract: titles of those it pilots, and of
    those it funds."""

    organisation_id: int
    name: str
    nature: str
    pilots: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """« CC des Îles pilote « Voie verte » et co-finance « Halle » »."""
        acts = (("pilote", self.pilots), ("co-finance", self.funds))
        return f"{self.name} {listing([f'{verb} {_cited(on)}' for verb, on in acts if on])}"


def unbound(committed: Iterable[Commitment], parties: Iterable[Party]) -> tuple[Commitment, ...]:
    """EPCI that own or pay and whose signature nothing requires."""
    held = list(parties)
    bound = {party.organisation_id for party in held if party.required}
    as_epci = {party.organisation_id for party in held if party.capacity == "epci"}
    return tuple(one for one in _epcis(committed, as_epci) if one.organisation_id not in bound)


def unsigned(committed: Iterable[Commitment], version: ContractVersion) -> tuple[Commitment, ...]:
    """The same, against the parties that a signed text binds."""
    named: dict[str, Any] = version.snapshot["parties"]
    bound = {int(id) for id, party in named.items() if party["required"]}
    as_epci = {int(id) for id, party in named.items() if party["capacity"] == "epci"}
    return tuple(one for one in _epcis(committed, as_epci) if one.organisation_id not in bound)


def _epcis(committed: Iterable[Commitment], as_epci: set[int]) -> list[Commitment]:
    return [one for one in committed if one.nature in EPCI or one.organisation_id in as_epci]


def _cited(titles: tuple[str, ...]) -> str:
    first, rest = titles[:CITED], len(titles) - CITED
    others = (counted(rest, "autre opération", "autres opérations"),) if rest > 0 else ()
    return listing([*(f"« {title} »" for title in first), *others])
