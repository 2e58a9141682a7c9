"""Where the money may come from: each source, its conditions of use, the text that sets them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from maillage.catalog.cards import Card
from maillage.catalog.load import read_cards

Family = Literal[
    "state", "operator", "banque", "europe", "region", "departement", "epci", "commune", "private"
]
FAMILIES: Mapping[Family, str] = {
    "state": "État",
    "operator": "Opérateurs de l’État",
    "banque": "Banque des territoires",
    "europe": "Union européenne",
    "region": "Région",
    "departement": "Département",
    "epci": "Intercommunalité",
    "commune": "Commune",
    "private": "Privé et citoyens",
}
#: Under which frame the money is sought: what a contract brings together, one list for all.
Frame = Literal[
    "recovery", "local_contract", "europe", "cper", "ordinary", "authority", "private", "citizens"
]
FRAMES: Mapping[Frame, str] = {
    "recovery": "Plan de relance",
    "local_contract": "Contrats locaux",
    "europe": "Union européenne",
    "cper": "Contrat de plan État-Région 2021-2027",
    "ordinary": "Droit commun de l’État et de ses opérateurs",
    "authority": "Collectivités et maîtres d’ouvrage",
    "private": "Privé",
    "citizens": "Citoyens",
}


#: What a commitment of money is judged on besides its conditions.
Concern = Literal["ecological", "democratic"]
CRITERIA: Mapping[Concern, str] = {
    "ecological": "Critère écologique",
    "democratic": "Critère démocratique",
}


class Criterion(BaseModel):
    """What an operation must bring for the money to be committed; ``text`` cites its law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    concern: Concern
    text: str


class Delays(BaseModel):
    """Years given to start and to finish, before the grant lapses; and what may be added."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start_years: int
    start_extension: int = 0
    completion_years: int
    completion_extension: int = 0
    notice_days: int = 60  # an extension is asked that long before
    remedy_start: str
    remedy_completion: str


class FundingSource(Card):
    """One source. ``nature``: whose money it is, for the rules on public money."""

    short: str  # in columns
    family: Family
    frame: Frame
    nature: Literal["public", "private", "own", "loan"]
    sections: tuple[Literal["investment", "running"], ...] = ("investment", "running")
    owners: tuple[str, ...] = ()  # natures of organisations that may receive it; empty: any
    envelope: str = ""
    cap: Decimal | None = None  # share of the eligible base all public aid may reach with it
    opinion_from: Decimal | None = None  # from this amount a commission of elected people speaks
    delays: Delays | None = None
    conditions: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()
    legal: str
    link: str = ""
    verified: bool

    @property
    def is_aid(self) -> bool:
        """Money of a public person other than the owner's own, that is not paid back."""
        return self.nature == "public"


@cache
def funding_sources() -> Mapping[str, FundingSource]:
    """By id, in the order of the file."""
    return read_cards((Path(__file__).parent,), FundingSource)
