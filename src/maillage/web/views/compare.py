"""Up to six territories side by side, those that resemble the first proposed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.compare import MOST, compare
from maillage.observatory.fragility import FAMILY, compare_fragility
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.web import comparison_page as page
from maillage.web.asked_compare import AskedComparison, asked_comparison
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute
from maillage.wording.comparing import comparison_text
from maillage.wording.resemblance import resemblance

#: What a script puts in place of the territory to add.
PLACE = "{id}"


def _limit() -> int:
    return int(settings.SEARCHES_PER_MINUTE)


@of_edition
@per_minute(_limit)
def comparison(request: HttpRequest) -> HttpResponse:
    """Whatever way territories are asked for, each has one name in the address."""
    edition, asked = request.edition, asked_comparison(request.GET)
    text = request.GET.get("q", "").strip()
    chosen = [_perimeter(edition, id) for id in asked.chosen]
    ids = tuple(dict.fromkeys(perimeter.id for perimeter in chosen))
    if ids != asked.chosen:
        return redirect(page.address(AskedComparison(ids, family=asked.family, year=asked.year)))
    found = {
        "asked": asked,
        "query": text,
        "most": MOST,
        "hits": page.hits(edition, asked, text),
        "opens": page.address(asked.add(PLACE)),
    }
    if chosen:
        found |= _compared(edition, asked, chosen)
    return render(request, "web/compare/page.html", found)


def _compared(
    edition: Edition, asked: AskedComparison, chosen: list[Perimeter]
) -> dict[str, object]:
    known = page.alike(edition, asked, chosen[0])
    kept = page.proposed(known, asked)
    answer = compared(edition, asked, chosen)
    text = comparison_text(answer)
    return {
        "sides": page.sides(asked, chosen, kept, known),
        "alike": known,
        "resemblance": () if known is None else resemblance(known, kept),
        "answer": answer,
        "text": text,
        "plots": page.plots(text.first),
        "families": page.families(edition, asked, answer),
        "years": page.years(asked, answer),
        "fixed": page.address(asked.only_chosen()) if kept else "",
    }


def compared(edition: Edition, asked: AskedComparison, chosen: list[Perimeter]) -> Comparison:
    """Those chosen, then those the page proposes beside the first."""
    kept = page.proposed(page.alike(edition, asked, chosen[0]), asked)
    added = [parse_perimeter(peer.id, edition.geography) for peer in kept]
    return _answer(edition, asked, [*chosen, *added])


def _answer(edition: Edition, asked: AskedComparison, shown: list[Perimeter]) -> Comparison:
    first = next((card.slug for card in page.flows(edition)), FAMILY)
    family = asked.family or first
    if family == FAMILY:
        return compare_fragility(edition, shown)
    return compare(edition, family, shown, year=asked.year)


def _perimeter(edition: Edition, id: str) -> Perimeter:
    try:
        return parse_perimeter(id, edition.geography)
    except InputError as error:
        raise NotFoundError(error.told) from error
