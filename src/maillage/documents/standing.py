"""What a document of a contract says of itself: which text it shows, of what day, how whole."""

from dataclasses import dataclass

from maillage.common.french import long_date, lowered, typeset
from maillage.contracts.models import Contract
from maillage.contracts.tables import KINDS
from maillage.operations.models import Maquette


@dataclass(frozen=True)
class Standing:
    """``moment`` says what the figures are those of, ``digest`` is that of the text kept, if any.

    ``whole`` is False when some lines of money are not shown: no sum is then made. ``address`` is
    that of the page the document comes from.
    """

    contract: str
    kind: str
    title: str
    moment: str
    stem: str
    digest: str = ""
    whole: bool = True
    fictional: bool = False
    address: str = ""

    @property
    def running(self) -> str:
        """At the foot of each page."""
        return f"{self.contract} – {self.moment}"


#: Under every document that tells money.
PROGRAMMED = "Lignes programmées seules : ni brouillon des collectivités, ni simulation de l’État."
PARTIAL = "Certaines lignes ne vous sont pas ouvertes : aucun total n’est donné."


def arrested(maquette: Maquette) -> str:
    """« arrêtée le 3 mars 2026 (comité de pilotage, CR n° 4) »."""
    day = long_date(maquette.decided_on)
    return typeset(f"arrêtée le {day} ({lowered(maquette.instance)}, {maquette.reference})")


def kind_of(contract: Contract) -> str:
    """« Contrat pour la réussite de la transition écologique »."""
    return typeset(KINDS[contract.kind].label)
