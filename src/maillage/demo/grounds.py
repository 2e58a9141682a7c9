"""Which perimeter of the fictional country plays which part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from maillage.common.errors import InputError
from maillage.contracts.actions.imports import official_list
from maillage.contracts.footprints import Footprint, footprint
from maillage.territory.geography import Geography

#: Parts, besides « main » and « across »: « drafting » takes the ground of « renewed », its former.
PARTS = ("preparing", "method", "renewed", "expired", "extended", "closed")


@dataclass(frozen=True)
class Ground:
    """A contract of the country’s own list: its code, its short name, where it lies."""

    code: str
    name: str
    signed_on: date | None
    area: Footprint

    def places(self, level: str) -> list[str]:
        """Ids of the units of a level that it touches."""
        return [place.id for place in self.area.places if place.level == level]

    def named(self, level: str) -> str:
        """Name of the first of them."""
        return next(place.name for place in self.area.places if place.level == level)


def grounds(geography: Geography) -> dict[str, Ground]:
    """« main » touches several départements, « across » several régions; the others are the
    nearest. InputError when the country has not enough contracts."""
    known = [
        Ground(
            found.code, short(found.name), found.signed_on, footprint(geography, found.territory)
        )
        for found in official_list(geography)
    ]
    across = _widest(ground for ground in known if len(ground.places("region")) > 1)
    main = _widest(
        ground
        for ground in known
        if ground is not across and ground.places("petr") and len(ground.places("departement")) > 1
    )
    others = [ground for ground in known if ground not in (main, across)]
    if main is None or across is None or len(others) < len(PARTS):
        raise InputError(
            problem="ce pays n’a pas assez de contrats pour la démonstration.",
            remedy="fabriquez-le avec « maillage synth --scale demo », puis construisez l’édition.",
        )
    near = sorted(others, key=lambda ground: (-_shared(ground, main), ground.code))
    unsigned = next((ground for ground in near if ground.signed_on is None), near[-1])
    rest = [ground for ground in near if ground is not unsigned]
    return {"main": main, "across": across, **dict(zip(PARTS, (unsigned, *rest), strict=False))}


def _widest(found: Iterable[Ground]) -> Ground | None:
    """The most EPCI, then the first code."""
    return min(found, key=lambda ground: (-len(ground.area.epcis), ground.code), default=None)


def _shared(ground: Ground, main: Ground) -> int:
    """Arrondissements that both touch: one sous-préfecture follows several contracts."""
    return len(set(ground.places("arrondissement")) & set(main.places("arrondissement")))


def short(name: str) -> str:
    """« CRTE d’Orvillers » -> « Orvillers »."""
    for head in ("CRTE de ", "CRTE d'", "CRTE d’", "CRTE du ", "CRTE des "):
        if name.startswith(head):
            return name.removeprefix(head)
    return name
