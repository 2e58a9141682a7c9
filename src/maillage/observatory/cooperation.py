"""With whom to cooperate: strength of the link on one side, complementarity on the other."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.catalog.cards import SecrecyRule
from maillage.engine.complementarity import cooperation_quadrant
from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import CellSum
from maillage.engine.partners import Partners
from maillage.engine.precision import NOT_GIVEN, Precision, Unmeasured, precision, unmeasured
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.balance import PrecisionBothWays
from maillage.observatory.answers.cooperation import Cooperation, CooperationPartner
from maillage.observatory.asked import flow_meta, partners_asked
from maillage.observatory.balance import secrecy_both_ways, secrecy_rule
from maillage.observatory.citation import cite_source, cite_territory, cite_universe
from maillage.observatory.complement import Complement, complement
from maillage.observatory.links import link_indicators, link_precisions
from maillage.observatory.places import distances_from
from maillage.observatory.reach import covering
from maillage.observatory.refusals import hidden_note, why_no_ratio
from maillage.observatory.subjects import profile_of
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter

MESH = "epci"
#: Partners farther than this are left out unless the reader asks for more.
RADIUS_KM = 80.0
#: Below this p-value a link stands out.
ALPHA = 0.05
CARD = "cooperation_quadrant"
LINK = "link_strength"
_MISSING = (
    "Aucun thème n’a toutes ses ressources et tous ses besoins connus ici : "
    "la complémentarité ne peut pas être calculée."
)


def cooperation(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    *,
    year: int | None = None,
    themes: tuple[str, ...] = (),
    radius_km: float = RADIUS_KM,
    strong_link: float | None = None,
    strong_complement: float | None = None,
) -> Cooperation:
    """Neighbouring EPCI in four quadrants; thresholds are the medians of those shown unless told.

    Without a year, the newest file that sees the territory. The link is Smart's index, hence
    unknown where the file cuts exchanges. NotFoundError: see ``asked``.
    """
    seen = covering(edition, flow, perimeter) if year is None else None
    meta = seen or flow_meta(edition, flow, year)
    partners = partners_asked(edition, perimeter, MESH)
    coverage = flow_coverage(meta.universe, perimeter.communes)
    balance = edition.balance(meta.flow, meta.year, perimeter, partners)
    no_link, profile = why_no_ratio(meta, coverage), profile_of(balance)
    link = np.full(partners.n_units, np.nan)
    if not no_link:
        link = link_indicators(edition, meta, profile, partners)[LINK][: partners.n_units]
    offer = complement(edition, perimeter, partners, themes)
    away = distances_from(edition, perimeter.communes, MESH)
    near = near_partners(perimeter, partners, away, radius_km)
    strong = (
        _median(link[near]) if strong_link is None else strong_link,
        _median(offer.mean[near]) if strong_complement is None else strong_complement,
    )
    quadrant = cooperation_quadrant(link, offer.mean, *(s or 0.0 for s in strong))
    order = near[np.lexsort((near, -np.nan_to_num(link[near]), -quadrant[near]))]
    labels = edition.catalog.indicators[CARD].labels
    chances = link_chances(profile)
    rule, ways = secrecy_rule(edition, meta), (balance.outgoing, balance.incoming)
    sures = link_precisions(edition, meta, perimeter, balance, partners, order.tolist())
    return Cooperation(
        territory=cite_territory(edition, perimeter),
        flow=meta.flow,
        year=meta.year,
        cog=edition.geography.cog,
        mesh=partners.level,
        radius_km=radius_km,
        strong_link=strong[0],
        strong_complement=strong[1],
        themes=offer.themes,
        no_link=no_link,
        note=hidden_note(balance),
        missing="" if offer.themes else _MISSING,
        partners=tuple(
            _partner(
                _Exchange(ways[0].at(int(p)), ways[1].at(int(p)), meta, rule, sure),
                partners,
                int(p),
                away,
                link,
                offer,
                chances,
                int(quadrant[p]),
                labels,
            )
            for p, sure in zip(order, sures, strict=True)
        ),
        reading=edition.catalog.indicators[CARD].reading,
        complement_precision=unmeasured(Unmeasured.THEORETICAL),
        source=cite_source(edition, meta),
        universe=cite_universe(meta, coverage),
    )


def link_chances(profile: FlowProfile) -> FloatArray:
    """p-value of each link, the smaller of both ways: (1 - F / s)^(k - 1), s over k links.

    Disparity filter (Serrano, Boguñá, Vespignani, 2009) read at the territory's own end.
    """
    return np.minimum(_chance(profile.outgoing), _chance(profile.incoming))


def _chance(flows: FloatArray) -> FloatArray:
    total, links = float(flows.sum()), int(np.count_nonzero(flows))
    if not links:
        return np.ones_like(flows)
    return np.asarray((1 - flows / total) ** (links - 1))


def near_partners(
    perimeter: Perimeter, partners: Partners, away: FloatArray, radius_km: float
) -> np.ndarray:
    """Numbers of the partners within the radius that are not wholly in the territory."""
    inside = np.bincount(partners.of[perimeter.communes], minlength=len(partners))
    size = np.bincount(partners.of, minlength=len(partners))
    apart = (inside < size)[: partners.n_units]
    return np.flatnonzero(apart & (away <= radius_km))


def _median(values: FloatArray) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else None


@dataclass(frozen=True)
class _Exchange:
    """What is exchanged with a partner, and how sure the indicators of the tie are, by id."""

    out: CellSum
    into: CellSum
    meta: FlowMeta
    rule: SecrecyRule
    sure: Mapping[str, Precision]


def _partner(
    exchange: _Exchange,
    partners: Partners,
    p: int,
    away: FloatArray,
    link: FloatArray,
    offer: Complement,
    chances: FloatArray,
    quadrant: int,
    labels: dict[int, str],
) -> CooperationPartner:
    out, into, meta = exchange.out, exchange.into, exchange.meta
    return CooperationPartner(
        id=partners.ids[p],
        name=partners.names[p],
        distance_km=_known(away[p]),
        outgoing=out.weight,
        incoming=into.weight,
        link=_known(link[p]),
        beyond_chance=bool(chances[p] < ALPHA),
        to_partner=_known(offer.to_partner[p]),
        from_partner=_known(offer.from_partner[p]),
        complementarity=_known(offer.mean[p]),
        reciprocity=_known(offer.reciprocity[p]),
        quadrant=None if quadrant < 0 else quadrant,
        quadrant_label=labels.get(quadrant, ""),
        precision=PrecisionBothWays(precision(out, meta), precision(into, meta)),
        secrecy=secrecy_both_ways(out, into, exchange.rule, meta),
        link_precision=NOT_GIVEN if np.isnan(link[p]) else exchange.sure[LINK],
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
