"""The battery of one flow on one territory, with benchmarks, precision, and what is missing."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maillage.catalog.cards import IndicatorCard, IndicatorUnit
from maillage.engine.battery import evaluate
from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.precision import Precision
from maillage.observatory.answers.indicators import (
    Benchmark,
    DividedBy,
    IndicatorFigure,
    Indicators,
    Missing,
)
from maillage.observatory.asked import flow_meta, partners_asked
from maillage.observatory.breakdowns import breakdowns
from maillage.observatory.citation import cite_source, cite_territory, cite_unit, cite_universe
from maillage.observatory.comparison import comparable_groups
from maillage.observatory.indicator_precision import indicator_precisions
from maillage.observatory.inputs import LACKING, flow_inputs
from maillage.observatory.level_battery import benchmark, level_battery, needs, territory_cards
from maillage.observatory.refusals import hidden_note, why_no_ratio
from maillage.observatory.stocks import divisor
from maillage.observatory.subjects import OneTerritory
from maillage.observatory.zones import IN_ZONE, zone_partners
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


def indicators(
    edition: Edition,
    flow: str,
    perimeter: Perimeter,
    *,
    year: int | None = None,
    zone: Perimeter | None = None,
) -> Indicators:
    """Every indicator of the flow that the edition allows; the newest year unless told.

    ``zone`` is a neighbouring perimeter (a ring, an AAV, a pole) that some of them are read in.

    A file that cuts the exchanges of the territory gives none, for the reason told; cells hidden
    by secrecy are left out, and it is said. NotFoundError: see ``asked``.
    """
    meta = flow_meta(edition, flow, year)
    coverage = flow_coverage(meta.universe, perimeter.communes)
    subject = OneTerritory(edition, perimeter, partners_asked(edition, perimeter, None))
    refusal = why_no_ratio(meta, coverage)
    divided_by = divisor(edition, meta)
    figures, missing = ((), ()) if refusal else _figures(subject, meta, zone)
    by_category = () if refusal else breakdowns(edition, meta, perimeter, zone)
    told = {overall.id for breakdown in by_category for overall in breakdown.overall}
    return Indicators(
        territory=cite_territory(edition, perimeter),
        flow=meta.flow,
        year=meta.year,
        cog=edition.geography.cog,
        zone=None if zone is None else cite_territory(edition, zone),
        figures=figures,
        breakdowns=by_category,
        missing=tuple(one for one in missing if one.id not in told),
        refusal=refusal,
        note=hidden_note(subject.balance(meta.flow, meta.year)),
        divided_by=None
        if divided_by is None
        else DividedBy(
            divided_by[0].id, divided_by[0].title, divided_by[1], divided_by[0].unit_label
        ),
        unit=cite_unit(edition, meta),
        source=cite_source(edition, meta),
        universe=cite_universe(meta, coverage),
    )


def _figures(
    subject: OneTerritory, meta: FlowMeta, zone: Perimeter | None
) -> tuple[tuple[IndicatorFigure, ...], tuple[Missing, ...]]:
    cards = territory_cards(subject.edition, meta.flow)
    inputs = flow_inputs(subject, meta)
    found = {
        id: value
        for id, value in (evaluate(cards, inputs) | _in_zone(subject, meta, zone, cards)).items()
        if value.shape == ()
    }
    known = {id: float(value) for id, value in found.items() if not np.isnan(value)}
    precisions = indicator_precisions(cards, inputs, subject.balance(meta.flow, meta.year), meta)
    benchmarks = _benchmarks(subject.edition, meta, subject.perimeter, known)
    return (
        tuple(
            _figure(cards[id], value, precisions[id], benchmarks.get(id))
            for id, value in known.items()
        ),
        tuple(_missing(card, cards, inputs) for id, card in cards.items() if id not in known),
    )


def _in_zone(
    subject: OneTerritory,
    meta: FlowMeta,
    zone: Perimeter | None,
    cards: Mapping[str, IndicatorCard],
) -> dict[str, FloatArray]:
    """Indicators that need a zone, with the zone and the rest as the only two partners."""
    if zone is None:
        return {}
    partners = zone_partners(subject.edition.geography, zone)
    profile = replace(subject, partners=partners).profile(meta.flow, meta.year)
    needing = {id: card for id, card in cards.items() if "in_zone" in needs(card, cards)}
    return evaluate(needing, {"profile": profile, "in_zone": IN_ZONE})


def _benchmarks(
    edition: Edition, meta: FlowMeta, perimeter: Perimeter, known: Mapping[str, float]
) -> dict[str, Benchmark]:
    """Only for files of the whole country: elsewhere other territories' figures are cut."""
    groups = comparable_groups(edition, perimeter)
    if not groups or not meta.universe.national:
        return {}
    battery = level_battery(edition, meta.flow, meta.year, perimeter.level)
    pools = {group.label: battery.pooled(group) for group in groups}
    found = {id: benchmark(battery, id, value, groups, pools) for id, value in known.items()}
    return {id: one for id, one in found.items() if one is not None}


def _figure(
    card: IndicatorCard, value: float, precision: Precision, benchmark: Benchmark | None
) -> IndicatorFigure:
    coded = card.unit is IndicatorUnit.CODE
    return IndicatorFigure(
        id=card.id,
        title=card.title,
        question=card.question,
        family=card.family,
        value=value,
        unit=card.unit.value,
        unit_label=card.unit_label,
        decimals=card.decimals,
        label=card.labels.get(round(value), "") if coded else "",
        higher_is=card.higher_is,
        precision=precision,
        benchmark=benchmark,
        formula=card.formula,
        source=card.source,
        reading=card.reading,
        caveats=card.caveats,
    )


def _missing(
    card: IndicatorCard, cards: Mapping[str, IndicatorCard], inputs: Mapping[str, object]
) -> Missing:
    lacking = {LACKING[name] for name in needs(card, cards) - set(inputs) if name in LACKING}
    reason = f"Il faudrait {', '.join(sorted(lacking))}." if lacking else "Rien à rapporter à rien."
    return Missing(card.id, card.title, reason)
