"""The question « compare » as programs ask it: a territory, those beside it, a family or none."""

from collections.abc import Sequence

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.compare import MOST, compare
from maillage.observatory.fragility import compare_fragility
from maillage.territory.perimeter import Perimeter


def side_by_side(
    edition: Edition,
    perimeter: Perimeter,
    others: Sequence[Perimeter],
    *,
    flow: str | None = None,
    year: int | None = None,
) -> Comparison:
    """Indicators of a flow, or the signs of fragility without one; a territory counts once.

    InputError for more than six territories, or a year without a flow: stocks have one each.
    NotFoundError: see ``compare``.
    """
    shown = list({one.id: one for one in (perimeter, *others)}.values())
    if len(shown) > MOST:
        raise InputError(
            problem=f"une comparaison porte sur {MOST} territoires au plus.",
            remedy="retirez-en.",
            value=str(len(shown)),
        )
    if flow is not None:
        return compare(edition, flow, shown, year=year)
    if year is not None:
        raise InputError(
            problem="les signes de fragilité se lisent chacun à sa dernière année.",
            remedy="retirez l’année, ou choisissez une famille de flux.",
            value=str(year),
        )
    return compare_fragility(edition, shown)
