"""What the page of a split of credits shows: choices, ordered rows, map, strips, links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from django.urls import reverse

from maillage.common.french import counted, filed, number, signed
from maillage.drawing.choropleth import Choropleth, choropleth, rank, steps
from maillage.drawing.strips import Strip, strip
from maillage.drawing.year_chart import year_chart
from maillage.engine.benchmarks import distribution
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.steering.credits.answer import CreditSplit, TerritoryShare
from maillage.steering.credits.choices import levels, programmes, scope_of, scopes
from maillage.steering.credits.criteria import POPULATION, Criterion, criteria
from maillage.territory.units import COUNTRY
from maillage.web.asked_credits import ORDERS, SHOWN, AskedCredits
from maillage.web.choosing import Link, Option
from maillage.wording import credits as wording

#: Territories of the table; the sums and the files have all of them.
LISTED = 300


@dataclass(frozen=True)
class WeightField:
    """A criterion with the weight it has here."""

    criterion: Criterion
    weight: str
    origin: str


@dataclass(frozen=True)
class Key:
    """A class of the map: its tint and what it stands for."""

    tint: str
    label: str


@dataclass(frozen=True)
class Plot:
    """Figures of every territory on one line, and the two ends of the drawing."""

    title: str
    strip: Strip
    edges: tuple[str, str]
    said: str


def query(edition: Edition, asked: AskedCredits) -> str:
    return asked.query({one.id: one.word for one in criteria(edition)})


def content(edition: Edition, asked: AskedCredits, split: CreditSplit) -> dict[str, object]:
    """What the template reads, by name."""

    def link(changed: AskedCredits) -> str:
        return reverse("credits") + query(edition, changed)

    keys, tints = _tints(split, asked.shown)
    told = {one.id: (tints[row], wording.said(one)) for row, one in enumerate(split.territories)}
    rows = ordered(split.territories, asked.order)
    drawn = choropleth(edition, split.level, told)
    return {
        "asked": asked,
        "split": split,
        "rows": rows[:LISTED],
        "placed_count": sum(one.count for one in split.territories),
        "focus": next((one for one in split.territories if one.id == asked.focus), None),
        "map": drawn,
        "map_source": _map_source(edition, drawn),
        "keys": keys,
        "plots": [plot for plot in _plots(split, asked.focus) if plot is not None],
        "weighed": wording.weighed(split),
        "formula": wording.formula_text(split),
        "text": _text(split),
        "form": _form(edition, asked, split),
        "maps": [
            Link(label, link(asked.with_shown(word)), word == asked.shown)
            for word, label in SHOWN.items()
        ],
        "orders": [
            Link(label, link(asked.with_order(word)), word == asked.order)
            for word, label in ORDERS.items()
        ],
        "years": [(one, link(asked.with_year(one.year))) for one in split.years],
        "chart": _chart(split),
        "only_population": link(asked.with_weights(((POPULATION, 100.0),))),
        "proposed": link(asked.with_weights(())),
    }


def _map_source(edition: Edition, drawn: Choropleth | None) -> str:
    """Title of the file that the contours come from."""
    source = drawn.source if drawn else ""
    card = edition.catalog.sources.get(source)
    return card.title if card is not None else source


def _text(split: CreditSplit) -> dict[str, object]:
    return {
        "warning": wording.WARNING,
        "eligible": wording.ELIGIBLE,
        "form": wording.FORM,
        "listed": wording.LISTED,
        "programmes": wording.programmes_text(split),
        "unequal": wording.unequal_text(split),
        "moved": wording.moved_text(split),
        "empty": wording.empty_text(split),
        "unsimulated": [(one, wording.missing_text(one)) for one in split.unsimulated],
    }


def ordered(territories: Sequence[TerritoryShare], order: str) -> list[TerritoryShare]:
    """The largest first; those without the figure last; equal ones by name."""
    figures: dict[str, Callable[[TerritoryShare], float | None]] = {
        "recu": lambda one: float(one.subsidy),
        "ecart": lambda one: one.gap_per_inhabitant,
        "habitant": lambda one: one.per_inhabitant,
        "nom": lambda one: 0.0,
    }

    def key(one: TerritoryShare) -> tuple[bool, float, str]:
        value = figures[order](one)
        return value is None, -(value or 0.0), filed(one.name)

    return sorted(territories, key=key)


def _form(edition: Edition, asked: AskedCredits, split: CreditSplit) -> dict[str, object]:
    scope = scope_of(edition, asked.scope)
    told = dict(asked.weights)
    return {
        "years": [
            Option(str(one), str(one), one == split.year) for one in edition.grant_years()[::-1]
        ],
        "programmes": [
            Option(one, one, one in split.programmes) for one in programmes(edition, split.year)
        ],
        "scopes": [
            (
                "" if level == COUNTRY else level_label(edition, level),
                [Option(id, name, id == scope.id) for id, name in units],
            )
            for level, units in scopes(edition)
        ],
        "levels": [
            Option(one, level_label(edition, one), one == split.level)
            for one in levels(edition, scope)
        ],
        "weights": [
            WeightField(
                one,
                f"{told.get(one.id, 0.0) if told else one.weight:g}".replace(".", ","),
                wording.origin(one, split.cog),
            )
            for one in criteria(edition)
        ],
        "own": bool(asked.weights),
    }


def _tints(split: CreditSplit, shown: str) -> tuple[list[Key], list[str]]:
    """The classes of the map, and that of each territory."""
    return _gap_tints(split) if shown == "ecart" else _received_tints(split)


def _received_tints(split: CreditSplit) -> tuple[list[Key], list[str]]:
    known = [one.per_inhabitant for one in split.territories]
    bounds = steps([value for value in known if value])
    last = len(bounds) - 2
    keys = [
        Key(f"tint-{_spaced(row, last)}", f"{number(low, 1)} à {number(high, 1)} €")
        for row, (low, high) in enumerate(pairwise(bounds))
    ]
    if len(bounds) == 1:  # the same everywhere
        keys = [Key("tint-5", f"{number(bounds[0], 1)} €")]

    def tint(value: float | None) -> str:
        if value is None:
            return "unknown"
        return f"tint-{_spaced(rank(value, bounds), last)}" if value else "nothing"

    tints = [tint(value) for value in known]
    return [*keys, *_others(tints)], tints


def _spaced(row: int, last: int) -> int:
    """The darkest tint is always that of the highest class."""
    return 5 - (last - row) if last > 0 else 5


_OTHERS = {"nothing": "rien reçu", "unknown": "inconnu"}


def _others(tints: list[str]) -> list[Key]:
    return [Key(tint, label) for tint, label in _OTHERS.items() if tint in tints]


def _gap_tints(split: CreditSplit) -> tuple[list[Key], list[str]]:
    """Four classes about zero: half of the territories are beyond the middle gap."""
    gaps = [one.gap_per_inhabitant for one in split.territories]
    known = [abs(gap) for gap in gaps if gap is not None]
    middle = float(np.median(known)) if known else 0.0
    text = number(middle, 1)
    keys = [
        Key("more-2", f"aurait plus de {text} € par habitant en plus"),
        Key("more-1", f"aurait jusqu’à {text} € en plus"),
        Key("less-1", f"aurait jusqu’à {text} € en moins"),
        Key("less-2", f"aurait plus de {text} € en moins"),
    ]
    tints = [
        "unknown"
        if gap is None
        else f"{'more' if gap >= 0 else 'less'}-{2 if abs(gap) > middle else 1}"
        for gap in gaps
    ]
    return [*(key for key in keys if key.tint in tints), *_others(tints)], tints


def _plots(split: CreditSplit, focus: str) -> list[Plot | None]:
    return [
        _plot("Reçu par habitant", split, focus, lambda one: one.per_inhabitant, number),
        _plot(
            "Écart par habitant entre la simulation et le reçu",
            split,
            focus,
            lambda one: one.gap_per_inhabitant,
            signed,
        ),
    ]


def _plot(
    title: str,
    split: CreditSplit,
    focus: str,
    figure: Callable[[TerritoryShare], float | None],
    write: Callable[[float, int], str],
) -> Plot | None:
    """None where fewer than two territories have the figure."""
    values = sorted(value for one in split.territories if (value := figure(one)) is not None)
    if len(values) < 2:
        return None
    found = distribution(np.array(values), float("nan"))
    marks = [figure(one) for one in split.territories if one.id == focus]
    drawn = strip(values, (found.q1, found.median, found.q3), marks)
    said = (
        f"{counted(len(values), 'territoire')} : médiane {write(found.median, 1)} €, "
        f"la moitié entre {write(found.q1, 1)} et {write(found.q3, 1)} €."
    )
    edges = (f"{write(drawn.low, 1)}\u00a0€", f"{write(drawn.high, 1)}\u00a0€")
    return Plot(title, drawn, edges, said)


def _chart(split: CreditSplit) -> object:
    """Euros per inhabitant through the years, where there are several lists."""
    if len(split.years) < 2:
        return None
    return year_chart([(one.year, one.per_inhabitant, True) for one in split.years])
