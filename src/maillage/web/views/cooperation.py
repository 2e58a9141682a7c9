"""With whom to cooperate: the neighbours in four quadrants, and everything on one of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.catalog.cards import FlowCard
from maillage.drawing.pair_map import pair_map
from maillage.drawing.quadrant import Point, QuadrantChart, quadrant_chart
from maillage.engine.complementarity import CANDIDATE, CONSOLIDATE
from maillage.engine.edition import Edition
from maillage.observatory.answers.cooperation import Cooperation
from maillage.observatory.answers.pair import Common, PairGroup
from maillage.observatory.common_perimeters import Surroundings
from maillage.observatory.cooperation import CARD, cooperation
from maillage.observatory.matches import matches
from maillage.observatory.pair import apart, pair
from maillage.observatory.pair_themes import pair_themes
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.web.asked_cooperation import RADII, AskedCooperation, asked_cooperation
from maillage.web.choosing import Option
from maillage.web.slugs import theme_slug
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition
from maillage.wording.pairs import ThemeRow, exchanged_groups, flow_rows, key_sentences, theme_rows
from maillage.wording.quadrants import Candidate, candidates, quadrants, why

#: Candidates that a sentence presents.
LEADING = 6


@dataclass(frozen=True)
class PairThemeRow:
    """A theme of a pair, the address of its balance, the groups each could bring."""

    row: ThemeRow
    slug: str
    groups: list[PairGroup]


@of_edition
def cooperate(request: HttpRequest, id: str) -> HttpResponse:
    """Neighbours of a territory; families, themes, radius and thresholds are in the address."""
    edition = request.edition
    here = perimeter_of(edition, id)
    if here.id != id:
        return redirect("territories-cooperate", id=here.id)
    asked = asked_cooperation(edition, here, request.GET)
    answer = cooperation(
        edition,
        asked.flow,
        here,
        themes=asked.themes,
        radius_km=asked.radius_km,
        strong_link=asked.link,
        strong_complement=asked.complement,
    )
    card = edition.catalog.flows[answer.flow]
    rows, shared = numbered(edition, here, answer)
    found = {
        "territory": answer.territory,
        "answer": answer,
        "asked": asked,
        "card": card,
        "families": _families(edition, card),
        "themes": _themes(edition, asked),
        "radii": _radii(asked),
        "quadrants": quadrants(answer, edition.catalog.indicators[CARD].labels),
        "chart": chart(answer, rows),
        "rows": rows,
        "leading": _leading(edition, here, card.id, rows, shared),
        "matches": matches(edition, here, radius_km=asked.radius_km),
        "groups": _groups(answer, shared),
        "caveats": edition.catalog.indicators[CARD].caveats,
    }
    return render(request, "web/cooperation/index.html", found)


@of_edition
def pair_page(request: HttpRequest, id: str, other: str) -> HttpResponse:
    """Everything on two territories. Whatever way they are named, they have one address."""
    edition = request.edition
    here, there = perimeter_of(edition, id), perimeter_of(edition, other)
    if (here.id, there.id) != (id, other):
        return redirect("territories-pair", id=here.id, other=there.id)
    answer = pair(edition, here, there)
    rows = flow_rows(answer)
    found = {
        "territory": answer.territory,
        "pair": answer,
        "sentences": key_sentences(answer),
        "flows": rows,
        "tied": [row for row in rows if row.flow.ties],
        "themes": _pair_themes(edition, theme_rows(answer)),
        "drawing": pair_map(edition, here, apart(edition, here, there)[0]),
    }
    return render(request, "web/cooperation/pair.html", found)


def _pair_themes(edition: Edition, rows: list[ThemeRow]) -> list[PairThemeRow]:
    cards = edition.catalog.balances
    return [
        PairThemeRow(row, theme_slug(cards[row.theme.id]), exchanged_groups(row.theme))
        for row in rows
    ]


def numbered(
    edition: Edition, here: Perimeter, answer: Cooperation
) -> tuple[list[Candidate], list[Common]]:
    """Neighbours with the number of their point, and what each shares with the territory."""
    near = Surroundings(edition, here)
    shared = [near.common(parse_perimeter(p.id, edition.geography)) for p in answer.partners]
    return candidates(answer, shared, census=edition.catalog.flows[answer.flow].census), shared


def chart(answer: Cooperation, rows: list[Candidate]) -> QuadrantChart | None:
    points = [
        Point(p.id, p.name, row.number, p.quadrant, p.link, p.complementarity, p.distance_km or 0.0)
        for row in rows
        for p in [row.partner]
        if row.number
        and p.quadrant is not None
        and p.link is not None
        and p.complementarity is not None
    ]
    return quadrant_chart(points, answer.strong_link or 0.0, answer.strong_complement or 0.0)


def _leading(
    edition: Edition, here: Perimeter, flow: str, rows: list[Candidate], shared: list[Common]
) -> list[tuple[Candidate, list[str]]]:
    """The first candidates and why: solid ties first, then the most complementary strangers."""
    placed = [pair for pair in zip(rows, shared, strict=True) if pair[0].partner.quadrant]
    placed.sort(key=lambda pair: _worth(pair[0]))
    return [(row, _why(edition, here, flow, row, common)) for row, common in placed[:LEADING]]


def _worth(row: Candidate) -> tuple[int, float]:
    """Partnerships to consolidate, those to discover, weak ties, then what is to be shared."""
    quadrant, promise = row.partner.quadrant, -(row.partner.complementarity or 0)
    if quadrant == CONSOLIDATE:
        return (2, promise) if row.fragile else (0, 0.0)
    return (1, promise) if quadrant == CANDIDATE else (3, 0.0)


def _why(edition: Edition, here: Perimeter, flow: str, row: Candidate, common: Common) -> list[str]:
    other = parse_perimeter(row.partner.id, edition.geography)
    themes = pair_themes(edition, here, apart(edition, here, other)[0])
    return why(flow, here.name, row.partner, themes, common)


def _groups(answer: Cooperation, shared: list[Common]) -> list[tuple[str, str, str, list[str]]]:
    """Label, id and name of each perimeter that holds the territory, and the neighbours in it."""
    found: dict[str, tuple[str, str, str, list[str]]] = {}
    for partner, common in zip(answer.partners, shared, strict=True):
        for perimeter in (p for p in common.perimeters if p.whole):
            known = found.setdefault(
                perimeter.id, (perimeter.label, perimeter.id, perimeter.name, [])
            )
            known[3].append(partner.name)
    return list(found.values())


def _families(edition: Edition, card: FlowCard) -> list[Option]:
    cards = sorted(edition.catalog.flows.values(), key=lambda known: known.order)
    return [
        Option(known.slug, known.title, known.id == card.id)
        for known in cards
        if edition.flow_years(known.id)
    ]


def _themes(edition: Edition, asked: AskedCooperation) -> list[Option]:
    return [
        Option(theme_slug(card), card.title, card.id in asked.themes)
        for card in edition.catalog.balances.values()
    ]


def _radii(asked: AskedCooperation) -> list[Option]:
    return [Option(str(km), f"{km}\u00a0km", km == asked.radius_km) for km in RADII]
