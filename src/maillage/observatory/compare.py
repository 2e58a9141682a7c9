"""Territories side by side on one family of indicators, with those comparable to the first."""

from collections.abc import Sequence

import numpy as np

from maillage.catalog.cards import FlowCard, IndicatorCard
from maillage.common.errors import NotFoundError
from maillage.engine.battery import evaluate
from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import ComparedRow, ComparedValue, Comparison
from maillage.observatory.asked import flow_card, flow_meta, partners_asked
from maillage.observatory.citation import cite_source, cite_territory, cite_universe
from maillage.observatory.comparable import Comparable
from maillage.observatory.indicator_precision import indicator_precisions
from maillage.observatory.inputs import flow_inputs
from maillage.observatory.level_battery import territory_cards
from maillage.observatory.reach import covering
from maillage.observatory.refusals import why_no_comparison, why_no_ratio
from maillage.observatory.spreads import spread
from maillage.observatory.subjects import OneTerritory
from maillage.territory.perimeter import Perimeter

#: Most territories that one page holds side by side.
MOST = 6


def compare(
    edition: Edition, flow: str, perimeters: Sequence[Perimeter], *, year: int | None = None
) -> Comparison:
    """Indicators of a flow; one year for all, the newest that sees the first unless told.

    NotFoundError for a flow or a year the edition lacks, or without any territory.
    """
    if not perimeters:
        raise NotFoundError("Aucun territoire à comparer : choisissez-en un.")
    card = flow_card(edition, flow)
    meta = flow_meta(edition, card.id, year or _newest(edition, card, perimeters[0]))
    refusals = tuple(_refusal(meta, perimeter) for perimeter in perimeters)
    cards = territory_cards(edition, meta.flow)
    found = [
        _values(edition, meta, cards, perimeter, refusal)
        for perimeter, refusal in zip(perimeters, refusals, strict=True)
    ]
    alone = why_no_comparison(edition, meta)
    group = None if alone else Comparable.of(edition, perimeters[0])
    return Comparison(
        family=card.slug,
        title=card.title,
        territories=tuple(cite_territory(edition, perimeter) for perimeter in perimeters),
        rows=tuple(_rows(meta, cards, found, group)),
        why_alone=alone or ("" if group is not None and group.groups else NOTHING_LIKE),
        year=meta.year,
        years=tuple(edition.flow_years(card.id)),
        refusals=refusals,
        source=cite_source(edition, meta),
        universe=cite_universe(meta, flow_coverage(meta.universe, perimeters[0].communes)),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=meta.fictional or edition.fictional,
    )


#: Why a territory has no group.
NOTHING_LIKE = "Aucun autre territoire n’est construit comme celui-ci."


def _newest(edition: Edition, card: FlowCard, perimeter: Perimeter) -> int | None:
    meta = covering(edition, card.id, perimeter)
    return None if meta is None else meta.year


def _refusal(meta: FlowMeta, perimeter: Perimeter) -> str:
    return why_no_ratio(meta, flow_coverage(meta.universe, perimeter.communes))


def _values(
    edition: Edition,
    meta: FlowMeta,
    cards: dict[str, IndicatorCard],
    perimeter: Perimeter,
    refusal: str,
) -> dict[str, ComparedValue]:
    """Of one territory, by indicator; none at all where its exchanges are cut."""
    if refusal:
        return {}
    subject = OneTerritory(edition, perimeter, partners_asked(edition, perimeter, None))
    inputs = flow_inputs(subject, meta)
    figures = {id: value for id, value in evaluate(cards, inputs).items() if value.shape == ()}
    sure = indicator_precisions(cards, inputs, subject.balance(meta.flow, meta.year), meta)
    return {
        id: ComparedValue(float(value), sure[id])
        for id, value in figures.items()
        if not np.isnan(value)
    }


def _rows(
    meta: FlowMeta,
    cards: dict[str, IndicatorCard],
    found: list[dict[str, ComparedValue]],
    group: Comparable | None,
) -> list[ComparedRow]:
    """Of the indicators that one territory at least has, in catalogue order."""
    unknown = ComparedValue(None)
    rows = []
    for id, card in cards.items():
        if not any(id in values for values in found):
            continue
        values = tuple(one.get(id, unknown) for one in found)
        reference = None if group is None else group.values(meta, id)
        rows.append(
            ComparedRow(
                id=id,
                title=card.title,
                unit=card.unit.value,
                unit_label=card.unit_label,
                decimals=card.decimals,
                year=meta.year,
                note=card.reading,
                method=True,
                values=values,
                spread=None
                if reference is None or group is None
                else spread(group.groups, reference, values, group.pooled(meta, id)),
            )
        )
    return rows
