"""What the address of « with whom to cooperate » asks for: everything one chose is in it."""

from dataclasses import dataclass

from django.http import QueryDict

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.observatory.cooperation import RADIUS_KM
from maillage.observatory.reach import leading_flow
from maillage.territory.perimeter import Perimeter
from maillage.web.slugs import theme_named

#: Distances a reader may choose, in km.
RADII = (30, 50, 80, 120, 200)


@dataclass(frozen=True)
class AskedCooperation:
    """Thresholds are None where the medians are kept; ``complement`` is a share."""

    flow: str
    themes: tuple[str, ...]
    radius_km: int
    link: float | None
    complement: float | None


def asked_cooperation(edition: Edition, perimeter: Perimeter, query: QueryDict) -> AskedCooperation:
    """Unless one is asked, the family is the one that best sees the territory.

    InputError for a radius or threshold that is none, NotFoundError for an unknown theme.
    """
    slug = query.get("famille", "")
    known = {card.slug: card.id for card in edition.catalog.flows.values()}
    if slug and slug not in known:
        raise InputError(
            problem="cette famille de flux n’existe pas.",
            remedy=f"choisissez parmi {', '.join(known)}.",
            column="famille",
            value=slug[:40],
        )
    percent = _decimal(query, "seuil-complementarite", 100)
    return AskedCooperation(
        flow=known[slug] if slug else leading_flow(edition, perimeter),
        themes=tuple(theme_named(edition, slug[:80]).id for slug in query.getlist("theme")[:30]),
        radius_km=_radius(query.get("rayon", "")),
        link=_decimal(query, "seuil-lien", 2),
        complement=None if percent is None else percent / 100,
    )


def _radius(text: str) -> int:
    if not text:
        return int(RADIUS_KM)
    if text not in {str(radius) for radius in RADII}:
        raise InputError(
            problem="cette distance n’est pas proposée.",
            remedy=f"choisissez parmi {', '.join(map(str, RADII))}, en kilomètres.",
            column="rayon",
            value=text[:40],
        )
    return int(text)


def _decimal(query: QueryDict, name: str, most: float) -> float | None:
    """A decimal number as people write it, « 0,05 » or « 0.05 »; None when left empty."""
    text = query.get(name, "").strip().replace(",", ".")
    if not text:
        return None
    plain = text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 12
    if not plain or float(text) > most:
        raise InputError(
            problem=f"un nombre de 0 à {most:g} est attendu.",
            remedy="écrivez-le en chiffres, ou laissez vide pour garder la médiane.",
            column=name,
            value=text[:40],
        )
    return float(text)
