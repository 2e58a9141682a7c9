"""The tie between a territory and its partners: volume, asymmetry, dependence, strength."""

from collections.abc import Mapping, Sequence

import numpy as np

from maillage.catalog.cards import IndicatorCard, SecrecyRule
from maillage.engine.battery import cards_of_flow, evaluate
from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance
from maillage.engine.partners import Partners
from maillage.engine.precision import NOT_GIVEN, Precision
from maillage.engine.profile import FlowProfile
from maillage.observatory.answers.links import Link, LinkIndicator, Links
from maillage.observatory.asked import flow_meta, partners_asked
from maillage.observatory.balance import secrecy_both_ways, secrecy_rule
from maillage.observatory.citation import cite_source, cite_territory, cite_unit, cite_universe
from maillage.observatory.inputs import partner_inputs
from maillage.observatory.refusals import hidden_note, why_no_ratio
from maillage.observatory.subjects import profile_of
from maillage.observatory.tie_precision import mesh_margins, tie_precisions
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


def links(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    *,
    year: int | None = None,
    mesh: str | None = None,
    limit: int | None = 20,
) -> Links:
    """The ``limit`` partners with the largest volume both ways; None: all of them.

    Most of these compare an exchange with all that the territory sends or receives: there is none
    where the file cuts that. NotFoundError, InputError: see ``asked``.
    """
    meta = flow_meta(edition, flow, year)
    partners = partners_asked(edition, perimeter, mesh)
    coverage = flow_coverage(meta.universe, perimeter.communes)
    balance = edition.balance(meta.flow, meta.year, perimeter, partners)
    refusal, profile = why_no_ratio(meta, coverage), profile_of(balance)
    found = {} if refusal else link_indicators(edition, meta, profile, partners)
    volume = profile.outgoing + profile.incoming
    first = np.argsort(-volume, kind="stable")[: 0 if refusal else limit]
    told = [int(p) for p in first if volume[p] > 0]
    cards = edition.catalog.indicators
    sures = link_precisions(edition, meta, perimeter, balance, partners, told)
    rule = (secrecy_rule(edition, meta), meta)
    return Links(
        territory=cite_territory(edition, perimeter),
        flow=meta.flow,
        year=meta.year,
        cog=edition.geography.cog,
        mesh=partners.level,
        indicators=tuple(_indicator(cards[id]) for id in found),
        links=tuple(
            _link(partners, p, found, sure, balance, rule)
            for p, sure in zip(told, sures, strict=True)
        ),
        refusal=refusal,
        note=hidden_note(balance),
        unit=cite_unit(edition, meta),
        source=cite_source(edition, meta),
        universe=cite_universe(meta, coverage),
    )


def link_indicators(
    edition: Edition, meta: FlowMeta, profile: FlowProfile, partners: Partners
) -> dict[str, FloatArray]:
    """Every indicator of the tie between a territory and a partner, (partners,), by id."""
    ties = tie_cards(edition, meta.flow)
    return evaluate(ties, {"profile": profile, **partner_inputs(edition, partners, meta)})


def link_precisions(
    edition: Edition,
    meta: FlowMeta,
    perimeter: Perimeter,
    balance: FlowBalance,
    partners: Partners,
    told: Sequence[int],
) -> list[dict[str, Precision]]:
    """Precision of the same indicators, by id, for each of these partners."""
    margins = mesh_margins(edition, meta, partners, perimeter)
    return tie_precisions(tie_cards(edition, meta.flow), meta, balance, margins, told)


def tie_cards(edition: Edition, flow: str) -> dict[str, IndicatorCard]:
    """Indicators of the tie with one partner, whatever the flow."""
    cards = cards_of_flow(edition.catalog.indicators, flow)
    return {id: c for id, c in cards.items() if c.per == "partner" and c.family == "generic"}


def _indicator(card: IndicatorCard) -> LinkIndicator:
    return LinkIndicator(
        id=card.id,
        title=card.title,
        unit=card.unit.value,
        unit_label=card.unit_label,
        decimals=card.decimals,
        reading=card.reading,
    )


def _link(
    partners: Partners,
    p: int,
    found: Mapping[str, FloatArray],
    sure: Mapping[str, Precision],
    balance: FlowBalance,
    rule: tuple[SecrecyRule, FlowMeta],
) -> Link:
    values = [float(values[p]) for values in found.values()]
    return Link(
        code=partners.codes[p],
        id=partners.ids[p],
        name=partners.names[p],
        kind=partners.kinds[p],
        values=tuple(None if np.isnan(value) else value for value in values),
        precision=tuple(
            NOT_GIVEN if np.isnan(value) else sure[id]
            for id, value in zip(found, values, strict=True)
        ),
        secrecy=secrecy_both_ways(balance.outgoing.at(p), balance.incoming.at(p), *rule),
    )
