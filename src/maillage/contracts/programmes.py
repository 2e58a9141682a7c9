"""Programmes and contracts that an operation of a contract may belong to, by name."""

from maillage.contracts.models import Contract
from maillage.contracts.tables import PROGRAMMES


def referenced(contract: Contract) -> list[str]:
    """Those that the contract references or has integrated, each once; one question."""
    return list(dict.fromkeys(contract.programmes.values_list("name", flat=True)))


def programmes_of(contract: Contract) -> list[str]:
    """The same, then the national programmes it does not reference."""
    names = (*referenced(contract), *(one.label for one in PROGRAMMES.values()))
    return list(dict.fromkeys(names))
