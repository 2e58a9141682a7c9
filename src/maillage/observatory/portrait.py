"""A territory at a glance: its six families of flows, where it stands, its key stocks."""

from maillage.catalog.cards import FlowCard
from maillage.common.errors import NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.answers.portrait import Family, Portrait
from maillage.observatory.balance import territory_balance
from maillage.observatory.citation import cite_territory
from maillage.observatory.exchanges import level_years
from maillage.observatory.ranks import ranks
from maillage.observatory.reach import covering, out_of_reach
from maillage.observatory.stocks import cited_stocks
from maillage.territory.perimeter import Perimeter


def portrait(edition: Edition, perimeter: Perimeter, *, limit: int = 10) -> Portrait:
    """The newest file of each family, with its first ``limit`` partners each way."""
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return Portrait(
        territory=cite_territory(edition, perimeter),
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        families=tuple(_family(edition, card, perimeter, limit) for card in cards),
        stocks=cited_stocks(edition, perimeter),
    )


def _family(edition: Edition, card: FlowCard, perimeter: Perimeter, limit: int) -> Family:
    meta = covering(edition, card.id, perimeter)
    balance, missing = None, ""
    try:
        year = None if meta is None else meta.year
        if meta is not None or not edition.flow_years(card.id):
            balance = territory_balance(edition, card.id, perimeter, year=year, limit=limit)
        else:
            missing = out_of_reach(edition, card, perimeter)
    except NotFoundError as error:
        missing = str(error)
    return Family(
        flow=card.id,
        title=card.title,
        slug=card.slug,
        years=tuple(sorted({*edition.flow_years(card.id), *level_years(edition, card.id)})),
        balance=balance,
        missing=missing,
        ranks=() if meta is None else ranks(edition, meta, perimeter),
    )
