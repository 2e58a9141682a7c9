"""Territories that resemble a given one, on a fixed and published list of variables."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from maillage.catalog.cards import PeerVariableCard
from maillage.common.errors import NotFoundError
from maillage.engine.edition import Edition
from maillage.engine.peer_variables import peer_variables
from maillage.engine.peers import Indices, Scale, nearest
from maillage.observatory.answers.peers import Peer, Peers, Variable
from maillage.observatory.candidates import (
    Grown,
    SameLevel,
    candidates_for,
    named_candidates,
)
from maillage.observatory.citation import cite_territory
from maillage.observatory.inputs import POPULATION
from maillage.observatory.subjects import OneTerritory
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import Perimeter


def peers(
    edition: Edition,
    perimeter: Perimeter,
    *,
    limit: int = 10,
    pin: tuple[str, ...] = (),
    drop: tuple[str, ...] = (),
) -> Peers:
    """The ``limit`` nearest territories; ``pin`` and ``drop`` are ids the reader keeps or refuses.

    NotFoundError when no stock tells any of the variables, or nothing is comparable.
    """
    candidates = candidates_for(edition, perimeter)
    ids, values = _values(edition, perimeter, candidates)
    own = candidates.number(perimeter)
    dropped = [*named_candidates(edition, candidates, drop), *([] if own is None else [own])]
    pinned = named_candidates(edition, candidates, pin)
    scale = Scale.of(values[1:])
    scores, order = scale.standardise(values), _closest_first(scale, values)
    place = np.argsort(order)
    found = nearest(
        scores[0],
        scores[1:][order],
        limit,
        pin=place[pinned].tolist(),
        drop=place[dropped].tolist(),
    )
    cards = edition.catalog.peers
    return Peers(
        territory=cite_territory(edition, perimeter),
        edition=edition.id,
        cog=edition.geography.cog,
        built=candidates.built,
        candidates=len(values) - 1 - len(set(dropped)),
        ranked=found.ranked,
        variables=tuple(
            _variable(cards[id], value) for id, value in zip(ids, values[0], strict=True)
        ),
        left_out=tuple(card.title for id, card in cards.items() if id not in ids),
        peers=tuple(
            _peer(
                edition,
                candidates.perimeter(int(number)),
                float(found.distance[row]),
                row < found.pinned,
                _plain(cards, ids, values[1 + number]),
                found.drivers[row],
            )
            for row, number in enumerate(order[found.indices])
        ),
        dropped=drop,
    )


def _closest_first(scale: Scale, values: FloatArray) -> Indices:
    """Candidates by distance before extremes are held: it settles the ties that holding makes."""
    free = replace(
        scale, low=np.full_like(scale.low, -np.inf), high=np.full_like(scale.high, np.inf)
    )
    scores = free.standardise(values)
    away = np.nansum((scores[1:] - scores[0]) ** 2, axis=1)
    return np.argsort(away, kind="stable")


def _values(
    edition: Edition, perimeter: Perimeter, candidates: SameLevel | Grown
) -> tuple[tuple[str, ...], FloatArray]:
    """Values of the variables, the territory on the first row, then the candidates."""
    theirs = candidates.stocks()
    subject = OneTerritory(edition, perimeter, edition.partners("commune"))
    stocks = {id: np.concatenate([[_own(subject, id)], values]) for id, values in theirs.items()}
    try:
        return peer_variables(edition.catalog.peers.values(), stocks)
    except ValueError as error:
        raise NotFoundError(
            "Ce millésime n’a aucun des stocks qui disent ce qui rend deux territoires semblables."
        ) from error


def _own(subject: OneTerritory, stock: str) -> float:
    if stock == POPULATION and not subject.edition.stock_years(stock):
        return float(subject.add(subject.edition.geography.population))
    return float(subject.stock(stock, subject.edition.stock(stock).year))


def _variable(card: PeerVariableCard, value: float) -> Variable:
    return Variable(card.id, card.title, card.unit_label, card.reason, _shown(card, value))


def _plain(
    cards: Mapping[str, PeerVariableCard], ids: tuple[str, ...], values: FloatArray
) -> tuple[float | None, ...]:
    return tuple(_shown(cards[id], value) for id, value in zip(ids, values, strict=True))


def _shown(card: PeerVariableCard, value: float) -> float | None:
    """Sizes are compared by their logarithm, and shown as they are."""
    if np.isnan(value):
        return None
    return float(np.exp(value)) if card.logarithm else float(value)


def _peer(
    edition: Edition,
    perimeter: Perimeter,
    distance: float,
    pinned: bool,
    values: tuple[float | None, ...],
    drivers: FloatArray,
) -> Peer:
    cited = cite_territory(edition, perimeter)
    return Peer(
        id=cited.id,
        name=cited.name,
        nature=cited.nature,
        population=cited.population,
        distance=distance,
        pinned=pinned,
        values=values,
        drivers=tuple(None if np.isnan(share) else float(share) for share in drivers),
    )
