"""The first partners of a territory, as a sentence names them."""

from maillage.common.french import listing, lowered
from maillage.common.names import of_the, the
from maillage.engine.partners import PartnerKind
from maillage.engine.precision import FRAGILE
from maillage.observatory.answers.balance import Balance, PartnerBalance
from maillage.wording.tellings import Way

FIRST = 3
UNNAMED_COUNTRY = "@ETR"


def first_named(
    balance: Balance, way: Way, link: str, home: frozenset[str], *, count: int = FIRST
) -> str:
    """« vers la CC du Val, Nantes Métropole et l’étranger (Suisse) »; empty when nobody knows.

    The second and third are named only where their figure is not fragile: their order would be
    chance. Nothing is said when the first is an unknown place.
    """
    linked = [p for p in balance.partners if getattr(p, way)]
    first = sorted(linked, key=lambda p: -getattr(p, way))[:count]
    if not first or first[0].kind is PartnerKind.UNKNOWN:
        return ""
    kept = [first[0], *(p for p in first[1:] if _sure(p, way))]
    names = [_name(p, balance.mesh, home) for p in kept]
    if link != "dans":
        return f"{link} {listing(names)}"
    return listing([_inside(p, name) for p, name in zip(kept, names, strict=True)])


def _inside(partner: PartnerBalance, name: str) -> str:
    return f"à {name}" if partner.kind is PartnerKind.ABROAD else f"dans {name}"


def _sure(partner: PartnerBalance, way: Way) -> bool:
    precision = getattr(partner.precision, way)
    small = bool(precision.reading) and getattr(partner, way) < FRAGILE
    return partner.kind is not PartnerKind.UNKNOWN and precision.grade != "D" and not small


def _name(partner: PartnerBalance, mesh: str, home: frozenset[str]) -> str:
    match partner.kind:
        case PartnerKind.ABROAD:
            known = partner.code != UNNAMED_COUNTRY
            return f"l’étranger ({partner.name if known else 'hors pays voisins'})"
        case PartnerKind.OVERSEAS_COLLECTIVITY:
            return "les collectivités d’outre-mer"
        case PartnerKind.WITHOUT:
            return f"les {lowered(partner.name)}"
    if partner.code in home:
        return f"les autres communes {of_the(partner.name, mesh)}"
    return the(partner.name, mesh)
