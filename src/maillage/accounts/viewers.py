"""Who looks or acts, as a value: what rights are judged on, without any question to the base."""

from dataclasses import dataclass, field

from maillage.accounts.roles import ROLES


@dataclass(frozen=True)
class Capacity:
    """One membership. ``places`` are the ids of the territories it holds over."""

    role: str
    organisation_id: int | None
    organisation: str
    places: frozenset[str]
    contract_id: int | None = None

    @property
    def title(self) -> str:
        """« Chef de projet, CC du Pays d’Ancenis »."""
        return f"{ROLES[self.role].label}, {self.organisation}"


@dataclass(frozen=True)
class Viewer:
    """``strong`` says that a second factor was given in this session, or that none is asked here.

    ``link_contract_id`` is the contract that a read-only link opens; it gives no other right.
    """

    person_id: int | None = None
    name: str = ""
    capacities: tuple[Capacity, ...] = field(default=())
    strong: bool = False
    is_operator: bool = False
    link_contract_id: int | None = None

    def capacity_over(self, contract_id: int | None) -> str:
        """The title under which they act on a contract: one that names it before the others."""
        if not self.capacities:
            return "Exploitant du site" if self.is_operator else ""
        named = [c for c in self.capacities if contract_id and c.contract_id == contract_id]
        return (named or self.capacities)[0].title


#: Nobody known.
ANONYMOUS = Viewer()
