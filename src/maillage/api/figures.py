"""The figures of every unit of a mesh, as a list one reads by pages."""

from dataclasses import replace

from django.http import HttpRequest

from maillage.api import asked
from maillage.api.asked import PAGE, words
from maillage.api.paging import Paged
from maillage.observatory.whole_mesh import Sought, mesh_figures

#: Figures of a balance: their key here, and the word that pages and files ask them with.
BALANCE = {"internal": "stables", "incoming": "entrants", "outgoing": "sortants", "net": "solde"}
KEYS = {word: key for key, word in BALANCE.items()}


def figures(
    request: HttpRequest,
    flow: asked.Flows,
    level: asked.Level = "epci",
    year: asked.Years = None,
    indicator: asked.Indicators = None,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    chosen = tuple(dict.fromkeys(BALANCE.get(id, id) for id in words(indicator)))
    years = tuple(dict.fromkeys(year or ()))
    sought = Sought(level, tuple(dict.fromkeys(flow)), years, chosen)
    answer, total = mesh_figures(request.edition, sought, offset, limit)
    keyed = (
        replace(one, indicator=KEYS.get(one.indicator, one.indicator)) for one in answer.figures
    )
    return Paged(replace(answer, figures=tuple(keyed)), total, offset, limit)
