"""Who dominates whom, which links stand out, what is more linked than foretold."""

from collections.abc import Iterator

import numpy as np

from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import flow_balance
from maillage.engine.mesh_flow import partner_level
from maillage.engine.precision import Precision, precision
from maillage.engine.secrecy import Secrecy, secrecy
from maillage.engine.structure.dominance import dominance_role, dominant_partner
from maillage.engine.structure.rank_size import rank_size_slope
from maillage.observatory.answers.structure import (
    Inside,
    Named,
    Place,
    Pole,
    Structure,
    StructureLink,
)
from maillage.observatory.asked import flow_meta
from maillage.observatory.balance import secrecy_rule
from maillage.observatory.citation import cite_source, cite_territory, cite_unit, cite_universe
from maillage.observatory.comparison import unit_number
from maillage.observatory.refusals import why_no_comparison
from maillage.observatory.systems import System, inner_network, system_of
from maillage.observatory.zones import zone_partners
from maillage.territory.perimeter import Perimeter
from maillage.territory.units import COMMUNE

#: Below this p-value a link stands out.
ALPHA = 0.05
#: A network of more communes than this is drawn on a mesh, not commune by commune.
MAX_COMMUNES = 5_000


def structure(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    *,
    year: int | None = None,
    limit: int | None = 20,
) -> Structure:
    """Place of a territory among those of its level, and the communes inside it.

    ``limit`` keeps the heaviest links and the first poles; None, all. NotFoundError: see ``asked``.
    """
    meta = flow_meta(edition, flow, year)
    coverage = flow_coverage(meta.universe, perimeter.communes)
    no_place = _why_no_place(edition, meta, perimeter)
    no_inside = _why_no_inside(edition, meta, perimeter, coverage.internal)
    return Structure(
        territory=cite_territory(edition, perimeter),
        flow=meta.flow,
        year=meta.year,
        cog=edition.geography.cog,
        level=perimeter.level,
        place=None if no_place else _place(edition, meta, perimeter, limit),
        no_place=no_place,
        inside=None if no_inside else _inside(edition, meta, perimeter, limit),
        no_inside=no_inside,
        unit=cite_unit(edition, meta),
        source=cite_source(edition, meta),
        universe=cite_universe(meta, coverage),
    )


def _why_no_place(edition: Edition, meta: FlowMeta, perimeter: Perimeter) -> str:
    alike = partner_level(edition.geography, perimeter.level) == perimeter.level
    if not alike or perimeter.level == COMMUNE:
        return "Ce territoire n’appartient pas à un découpage du pays où le situer."
    return why_no_comparison(edition, meta)


def _why_no_inside(
    edition: Edition, meta: FlowMeta, perimeter: Perimeter, internal: Coverage
) -> str:
    if len(perimeter.communes) < 2:
        return "Une seule commune ne fait pas un réseau."
    if len(perimeter.communes) > MAX_COMMUNES:
        return "Trop de communes pour un réseau lisible : choisissez un territoire plus petit."
    if internal is not Coverage.COMPLETE:
        return "Le fichier ne couvre pas tout le territoire."
    if edition.balance(meta.flow, meta.year, perimeter).internal.hidden:
        return "Le secret statistique masque une partie des échanges entre ces communes."
    return ""


def _place(edition: Edition, meta: FlowMeta, perimeter: Perimeter, limit: int | None) -> Place:
    system = system_of(edition, meta.flow, meta.year, perimeter.level)
    unit = unit_number(edition, perimeter)
    dominant = int(system.dominant[unit])
    return Place(
        dominant=None if dominant < 0 else _unit(edition, perimeter.level, dominant),
        role=_role(edition, int(system.role[unit])),
        dominated=tuple(
            _unit(edition, perimeter.level, int(u)) for u in np.flatnonzero(system.dominant == unit)
        ),
        significant_destinations=int(system.destinations[unit]),
        links=tuple(_links(edition, meta, perimeter, system, unit, limit)),
        model_fit=None if np.isnan(system.fit) else system.fit,
    )


def _links(
    edition: Edition,
    meta: FlowMeta,
    perimeter: Perimeter,
    system: System,
    unit: int,
    limit: int | None,
) -> Iterator[StructureLink]:
    """The heaviest links that touch a unit, both ways."""
    network, level = system.network, perimeter.level
    balance = edition.balance(meta.flow, meta.year, perimeter, edition.partners(level))
    rule = secrecy_rule(edition, meta)
    touching = np.flatnonzero((network.origin == unit) | (network.destination == unit))
    heaviest = touching[np.argsort(-network.weight[touching], kind="stable")][:limit]
    for link in heaviest.tolist():
        away = int(network.origin[link]) != unit
        ends = network.origin if away else network.destination
        cells = (balance.incoming if away else balance.outgoing).at(int(ends[link]))
        told = precision(cells, meta), secrecy(cells, rule, meta.unit)
        yield _link(edition, level, system, unit, link, *told)


def _link(
    edition: Edition,
    level: str,
    system: System,
    unit: int,
    link: int,
    sure: Precision,
    secret: Secrecy,
) -> StructureLink:
    network = system.network
    origin, destination = int(network.origin[link]), int(network.destination[link])
    outgoing = origin == unit
    weight, expected = float(network.weight[link]), float(system.expected[origin, destination])
    known = not np.isnan(expected) and expected > 0
    return StructureLink(
        partner=_unit(edition, level, destination if outgoing else origin),
        outgoing=outgoing,
        weight=weight,
        p_value=float(system.p_value[link]),
        beyond_chance=bool(system.p_value[link] < ALPHA),
        kept=bool(np.isin(link, system.kept)),
        expected=expected if known else None,
        residual=weight / expected if known else None,
        precision=sure,
        secrecy=secret,
    )


def _inside(edition: Edition, meta: FlowMeta, perimeter: Perimeter, limit: int | None) -> Inside:
    geography = edition.geography
    matrix, zone = edition.matrix(meta.flow, meta.year), zone_partners(geography, perimeter)
    network = inner_network(matrix, perimeter.communes)
    received = network.in_strength
    roles = dominance_role(dominant_partner(network))
    first = np.argsort(-received, kind="stable")[:limit]
    slope = float(rank_size_slope(received))
    return Inside(
        communes=len(perimeter.communes),
        poles=tuple(
            Pole(
                commune=Named(geography.codes[node], geography.names[node]),
                received=float(received[number]),
                precision=precision(
                    flow_balance(matrix, perimeter.communes[[number]], zone.of, 2).incoming.at(0),
                    meta,
                ),
                role=_role(edition, int(roles[number])),
            )
            for number in first
            if received[number] > 0
            for node in (int(perimeter.communes[number]),)
        ),
        rank_size_slope=None if np.isnan(slope) else slope,
    )


def _unit(edition: Edition, level: str, unit: int) -> Named:
    partners = edition.partners(level)
    return Named(partners.ids[unit], partners.names[unit])


def _role(edition: Edition, role: int) -> str:
    return edition.catalog.indicators["dominance_role"].labels.get(role, "")
