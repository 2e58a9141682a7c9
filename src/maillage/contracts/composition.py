"""Whether the territory of a contract is still made of what its perimeter froze."""

from dataclasses import dataclass

from maillage.common.errors import InputError, NotFoundError
from maillage.contracts.footprints import footprint
from maillage.contracts.models import ContractPerimeter
from maillage.territory.geography import Geography


@dataclass(frozen=True)
class Recomposed:
    """Names of what changed, in the order of codes. ``known``: whether the territory still is.

    ``left``: communes that are elsewhere now; ``merged``: those that are no more; ``joined``: those
    that came; ``epcis_left`` and ``epcis_joined`` likewise."""

    cog: int
    known: bool = True
    left: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    epcis_left: tuple[str, ...] = ()
    epcis_joined: tuple[str, ...] = ()


def recomposed(perimeter: ContractPerimeter, geography: Geography) -> Recomposed | None:
    """Against the geography being served; None when nothing changed."""
    try:
        area = footprint(geography, perimeter.territory)
    except (InputError, NotFoundError):
        return Recomposed(geography.cog, known=False)
    kept = dict(perimeter.communes)
    today = dict(area.communes)
    epcis_kept = {siren: name for siren, name, _ in perimeter.epcis}
    epcis_today = {siren: name for siren, name, _ in area.epcis}
    gone = [code for code in kept if code not in today]
    found = Recomposed(
        cog=geography.cog,
        left=tuple(kept[code] for code in gone if code in geography.index),
        merged=tuple(kept[code] for code in gone if code not in geography.index),
        joined=_but(today, kept),
        epcis_left=_but(epcis_kept, epcis_today),
        epcis_joined=_but(epcis_today, epcis_kept),
    )
    return None if found == Recomposed(geography.cog) else found


def _but(some: dict[str, str], others: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for code, name in some.items() if code not in others)
