"""What the State granted to the territories of a contract, before it and beside it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.answers.grants import Grants
from maillage.observatory.grants import territory_grants
from maillage.territory.perimeter import parse_perimeter

#: Projects cited on the page of a contract.
FIRST = 3


@dataclass(frozen=True)
class GrantHistory:
    """The newest year first. ``shared_subsidy``, in euros: grants of the newest year to owners that
    reach beyond the perimeter, which no sum takes in."""

    years: tuple[Grants, ...]
    shared_count: int
    shared_subsidy: Decimal


@lru_cache(maxsize=256)
def grant_history(edition: Edition, territory: str) -> GrantHistory | None:
    """None without a perimeter that this edition knows, or without any list of grants."""
    if not territory:
        return None
    try:
        perimeter = parse_perimeter(territory, edition.geography)
        last = territory_grants(edition, perimeter)
    except (InputError, NotFoundError):
        return None
    others = sorted((year for year in last.years if year != last.year), reverse=True)
    return GrantHistory(
        years=(
            last,
            *(territory_grants(edition, perimeter, year=year, limit=FIRST) for year in others),
        ),
        shared_count=len(last.shared),
        shared_subsidy=sum((one.subsidy for one in last.shared), Decimal(0)),
    )
