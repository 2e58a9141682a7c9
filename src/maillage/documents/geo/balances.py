"""Balances of resources as a layer: neighbours, and what joining each would cover more."""

from maillage.documents.geo.layers import PLACES, Atlas
from maillage.documents.geo.places import places_atlas
from maillage.documents.tables.values import Column, Kind, Row, Table, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.supply_need import PartnerGain, SupplyNeed
from maillage.territory.perimeter import Perimeter, parse_perimeter

OWN = (
    Column("territory", "Code", Kind.CODE),
    Column("name", "Voisin"),
    Column("distance_km", "Distance (km)", Kind.NUMBER),
    Column("best", "Thème où il apporte le plus"),
    Column("gain", "Besoin couvert en s’associant, au mieux (%)", Kind.NUMBER),
)


def balances_atlas(
    workbook: Workbook, answer: SupplyNeed, edition: Edition, here: Perimeter
) -> Atlas:
    """One surface a neighbour, a column a theme; every neighbour that would add something."""
    themes = [theme for theme in answer.themes if theme.partners]
    gains: dict[str, dict[str, PartnerGain]] = {}
    for theme in themes:
        for partner in theme.partners:
            gains.setdefault(partner.id, {})[theme.id] = partner
    titles = {theme.id: theme.title for theme in themes}
    columns = (
        *OWN,
        *(Column(f"gain_{id}", f"{title} (%)", Kind.NUMBER) for id, title in titles.items()),
    )
    rows = tuple(_row(found, titles) for found in gains.values())
    near = [parse_perimeter(id, edition.geography) for id in gains]
    told = Table(PLACES, "Besoin couvert en s’associant", columns, rows)
    return places_atlas(workbook, edition, here, near, told)


def _row(found: dict[str, PartnerGain], titles: dict[str, str]) -> Row:
    """None where joining adds nothing to a theme, or where its quantities are unknown."""
    best = max(found, key=lambda id: found[id].gain)
    one = found[best]
    shares = (100 * found[id].gain if id in found else None for id in titles)
    return (one.id, one.name, one.distance_km, titles[best], 100 * one.gain, *shares)
