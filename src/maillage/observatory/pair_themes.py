"""Two territories theme by theme: what each has, what each lacks, what they would cover as one."""

import numpy as np

from maillage.catalog.cards import BalanceCard
from maillage.engine.balances import cooperation_gain, coverage, deficit, surplus
from maillage.engine.complementarity import complementarity_from, complementarity_to
from maillage.engine.edition import Edition
from maillage.engine.ratio import ratio
from maillage.observatory.answers.pair import PairGroup, PairTheme, Quantities
from maillage.observatory.citation import FileCited, UnitCited, cite_file
from maillage.observatory.quantities import SIDES, GroupQuantities, group_quantities
from maillage.observatory.supply_need import why_missing
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


def pair_themes(edition: Edition, here: Perimeter, other: Perimeter) -> tuple[PairTheme, ...]:
    """Every theme of the catalogue; the two share no commune."""
    return tuple(_theme(edition, card, here, other) for card in edition.catalog.balances.values())


def _theme(edition: Edition, card: BalanceCard, here: Perimeter, other: Perimeter) -> PairTheme:
    ours = group_quantities(edition, card, here)
    theirs = group_quantities(edition, card, other)
    own, far = _array(ours), _array(theirs)
    needed = own[1].sum() + far[1].sum()
    apart = ratio(np.minimum(*own).sum() + np.minimum(*far).sum(), needed)
    return PairTheme(
        id=card.id,
        title=card.title,
        unit=UnitCited(card.unit, card.unit_label),
        groups=tuple(_group(*pair) for pair in zip(ours, theirs, strict=True)),
        coverage_here=_known(coverage(*own)),
        coverage_other=_known(coverage(*far)),
        apart=_known(apart),
        together=_known(coverage(*(own + far))),
        gain=_known(cooperation_gain(*own, *far)),
        to_other=_known(complementarity_to(*own, *far)),
        from_other=_known(complementarity_from(*own, *far)),
        missing=_why(own, far, ours, theirs, other),
        sources=_sources(edition, card, ours),
        reading=card.reading,
        caveats=card.caveats,
    )


def _group(ours: GroupQuantities, theirs: GroupQuantities) -> PairGroup:
    own, far = np.array(ours.pair), np.array(theirs.pair)
    return PairGroup(
        id=ours.id,
        label=ours.label,
        year=ours.year,
        here=_quantities(ours),
        other=_quantities(theirs),
        to_other=_known(np.minimum(surplus(*own), deficit(*far))),
        from_other=_known(np.minimum(surplus(*far), deficit(*own))),
    )


def _quantities(group: GroupQuantities) -> Quantities:
    figures = [figure for figure in (group.supply, group.need) if figure is not None]
    supply, need = (_known(np.asarray(number)) for number in group.pair)
    return Quantities(supply, need, any(figure.partial for figure in figures))


def _array(groups: list[GroupQuantities]) -> FloatArray:
    """(2, groups): supplies then needs."""
    return np.array([group.pair for group in groups], dtype=np.float64).T


def _why(
    own: FloatArray,
    far: FloatArray,
    ours: list[GroupQuantities],
    theirs: list[GroupQuantities],
    other: Perimeter,
) -> str:
    if np.isnan(coverage(*own)):
        return why_missing(ours)
    return f"{other.name} : {why_missing(theirs)}" if np.isnan(coverage(*far)) else ""


def _sources(
    edition: Edition, card: BalanceCard, groups: list[GroupQuantities]
) -> tuple[FileCited, ...]:
    files = {
        edition.stock(card.groups[group.id][side], group.year).source
        for group in groups
        for side in SIDES
        if group.year is not None
    }
    return tuple(cite_file(edition, file) for file in sorted(files, key=lambda f: f.file))


def _known(value: FloatArray) -> float | None:
    return None if np.isnan(value) else float(value)
