"""Supply and need of a territory, theme by theme, and what joining neighbours would cover."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.drawing.bars import PairOfBars, pairs_of_bars
from maillage.observatory.answers.supply_need import GroupBalance, ThemeBalance
from maillage.observatory.citation import FileCited
from maillage.observatory.joining import joining
from maillage.observatory.supply_need import supply_need
from maillage.web.slugs import theme_named, theme_slug
from maillage.web.territory import perimeter_of
from maillage.web.versions import of_edition


@dataclass(frozen=True)
class GroupRow:
    """A product group, and its two bars on the scale of the theme."""

    group: GroupBalance
    bars: PairOfBars


@of_edition
def balances(request: HttpRequest, id: str) -> HttpResponse:
    """Every theme at a glance; those without a figure say why."""
    edition = request.edition
    here = perimeter_of(edition, id)
    if here.id != id:
        return redirect("territories-balances", id=here.id)
    answer = supply_need(edition, here, limit=1)
    slugs = {card.id: theme_slug(card) for card in edition.catalog.balances.values()}
    found = {
        "territory": answer.territory,
        "answer": answer,
        "themes": [(theme, slugs[theme.id], _files(theme)) for theme in answer.themes],
    }
    return render(request, "web/balances/index.html", found)


@of_edition
def balance_theme(request: HttpRequest, id: str, theme: str) -> HttpResponse:
    """One theme, group by group."""
    edition = request.edition
    here, card = perimeter_of(edition, id), theme_named(edition, theme)
    if here.id != id:
        return redirect("territories-balance-theme", id=here.id, theme=theme)
    answer = supply_need(edition, here)
    shown = next(found for found in answer.themes if found.id == card.id)
    found = {
        "territory": answer.territory,
        "answer": answer,
        "theme": shown,
        "slug": theme,
        "rows": _rows(shown),
        "joining": joining(edition, here, card.id),
        "files": _files(shown),
    }
    return render(request, "web/balances/theme.html", found)


def _rows(theme: ThemeBalance) -> list[GroupRow]:
    bars = pairs_of_bars([(group.supply, group.need) for group in theme.groups])
    return [GroupRow(*pair) for pair in zip(theme.groups, bars, strict=True)]


def _files(theme: ThemeBalance) -> list[FileCited]:
    """Each file once, in the order of the groups."""
    return [*dict.fromkeys(file for group in theme.groups for file in group.sources)]
