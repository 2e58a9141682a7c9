"""What the page of a comparison links: territories kept or refused, families, years."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from maillage.catalog.cards import FlowCard
from maillage.common.errors import NotFoundError
from maillage.drawing.strips import Strip, strip
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.answers.peers import Peer, Peers
from maillage.observatory.fragility import FAMILY, TITLE
from maillage.observatory.peers import peers
from maillage.observatory.search import search
from maillage.territory.perimeter import Perimeter
from maillage.web.asked_compare import AskedComparison
from maillage.web.choosing import Link
from maillage.web.hits import Found, found
from maillage.wording.comparing import Line, value_text

#: Answers of the search that a page lists.
LISTED = 8


@dataclass(frozen=True)
class Side:
    """A territory of the page, numbered from 1. ``keep`` and ``remove`` are addresses.

    ``peer`` tells how alike a proposed one is, ``driver`` (French) what sets it apart the most.
    """

    number: int
    id: str
    name: str
    remove: str
    keep: str = ""
    peer: Peer | None = None
    driver: str = ""


@dataclass(frozen=True)
class Plot:
    """An indicator, how it is spread, and what the two ends of the drawing are."""

    line: Line
    strip: Strip
    edges: tuple[str, str]


def plots(lines: Sequence[Line]) -> list[Plot]:
    """Of the indicators that have a group."""
    return [
        Plot(line, drawn, (value_text(line.row, drawn.low), value_text(line.row, drawn.high)))
        for line in lines
        if (drawn := _strip(line)) is not None
    ]


def _strip(line: Line) -> Strip | None:
    found = line.row.spread
    if found is None:
        return None
    quartiles = (found.q1, found.median, found.q3)
    return strip(found.values, quartiles, [value.value for value in line.row.values])


def address(asked: AskedComparison) -> str:
    return reverse("compare") + (asked.query() if asked.chosen else "")


def alike(edition: Edition, asked: AskedComparison, first: Perimeter) -> Peers | None:
    """Enough of them that those already chosen or refused leave a full page."""
    if not asked.proposed:
        return None
    try:
        limit = asked.proposed + len(asked.chosen) + len(asked.refused)
        return peers(edition, first, limit=limit)
    except NotFoundError:
        return None


def proposed(known: Peers | None, asked: AskedComparison) -> list[Peer]:
    """The most alike that were neither chosen nor refused."""
    if known is None:
        return []
    left_out = {*asked.chosen, *asked.refused}
    return [peer for peer in known.peers if peer.id not in left_out][: asked.proposed]


def sides(
    asked: AskedComparison, chosen: list[Perimeter], kept: list[Peer], known: Peers | None
) -> list[Side]:
    """In the order of the columns."""
    mine = [
        Side(number, one.id, one.name, address(asked.remove(one.id)))
        for number, one in enumerate(chosen, 1)
    ]
    return mine + [
        Side(
            number=number,
            id=peer.id,
            name=peer.name,
            remove=address(asked.refuse(peer.id)),
            keep=address(asked.keep(peer.id)),
            peer=peer,
            driver=_driver(known, peer),
        )
        for number, peer in enumerate(kept, len(chosen) + 1)
    ]


def _driver(known: Peers | None, peer: Peer) -> str:
    variables = known.variables if known is not None else ()
    told = [
        (share, variable.title)
        for share, variable in zip(peer.drivers, variables, strict=True)
        if share is not None
    ]
    return max(told, default=(0.0, ""))[1]


def families(edition: Edition, asked: AskedComparison, answer: Comparison) -> list[Link]:
    """Those the edition has a file for, and signs of fragility."""
    known = [(card.slug, card.title) for card in flows(edition)]
    return [
        Link(title, address(asked.of_family(slug)), slug == answer.family)
        for slug, title in (*known, (FAMILY, TITLE))
    ]


def flows(edition: Edition) -> list[FlowCard]:
    """Families that have a file, in catalogue order."""
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    return [card for card in cards if edition.flow_years(card.id)]


def years(asked: AskedComparison, answer: Comparison) -> list[Link]:
    return [
        Link(str(year), address(asked.of_year(year)), year == answer.year) for year in answer.years
    ]


def hits(edition: Edition, asked: AskedComparison, text: str) -> list[tuple[Found, str]]:
    """Territories that answer to a search, each with the address that adds it."""
    answers = search(edition, text, LISTED + len(asked.chosen)) if text else []
    new = [hit for hit in answers if hit.id not in asked.chosen][:LISTED]
    return [(found(edition, hit), address(asked.add(hit.id))) for hit in new]
