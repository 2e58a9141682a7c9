"""What this room keeps of a contract."""

from maillage.contracts.models.contracts import Contract, ContractPerimeter, ContractPlace
from maillage.contracts.models.decisions import Decision
from maillage.contracts.models.parties import Party, Signature
from maillage.contracts.models.strategy import ProgrammeLink, StrategyNode
from maillage.contracts.models.versions import Avenant, ContractVersion

__all__ = [
    "Avenant",
    "Contract",
    "ContractPerimeter",
    "ContractPlace",
    "ContractVersion",
    "Decision",
    "Party",
    "ProgrammeLink",
    "Signature",
    "StrategyNode",
]
