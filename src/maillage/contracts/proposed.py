"""The parties that a perimeter calls for: its EPCI, the State, the Département and the Région."""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.accounts.models import Organisation
from maillage.common.french import of
from maillage.contracts.footprints import NATURES, Footprint

#: Level of a place -> what stands for it, as people name it, its nature and its capacity.
ABOVE = (
    ("departement", "Préfecture", "state", "state"),
    ("region", "Région", "region", "region"),
    ("departement", "Département", "departement", "departement"),
)


@dataclass(frozen=True)
class ProposedParty:
    """``id`` names it in a form; ``territory`` and ``siren`` those of the place it stands for."""

    id: str
    name: str
    nature: str
    capacity: str
    territory: str
    siren: str = ""

    def known(self) -> Organisation | None:
        """The organisation that it is, by its SIREN, its territory or its name."""
        rows = Organisation.objects.filter(nature=self.nature)
        if self.siren:
            return Organisation.objects.filter(siren=self.siren, siret="").first()
        return rows.filter(territory=self.territory).first() or rows.filter(name=self.name).first()


def proposed_parties(area: Footprint) -> tuple[ProposedParty, ...]:
    """EPCI first, then those above them, wherever the perimeter lies."""
    return (*_epcis(area), *_above(area))


def _epcis(area: Footprint) -> Iterator[ProposedParty]:
    for siren, name, nature in area.epcis:
        kind = NATURES.get(nature, "other")
        yield ProposedParty(f"epci:{siren}", name, kind, "epci", siren, siren)


def _above(area: Footprint) -> Iterator[ProposedParty]:
    for level, word, nature, capacity in ABOVE:
        for place in (one for one in area.places if one.level == level):
            name = f"{word} {place.name}" if level == "region" else f"{word} {of(place.name)}"
            yield ProposedParty(f"{capacity}:{place.id}", name, nature, capacity, place.id)
