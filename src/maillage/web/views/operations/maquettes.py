"""The maquette as it stands, those that were arrêtées, two of them compared."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from maillage.common.errors import InputError, NotFoundError
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.located import labels, located, per_inhabitant
from maillage.operations.maquette.comparison import COMPARED, compare
from maillage.operations.maquette.content import Content, checksum, entries
from maillage.operations.maquette.tables import (
    BREAKDOWNS,
    PLACES,
    apart,
    by_operation,
    inside,
    table,
)
from maillage.operations.maquette.taxes import MIXED, maquette_words
from maillage.operations.models import Maquette
from maillage.operations.snapshot import snapshot
from maillage.operations.visibility import sees_whole_plan, visible_lines
from maillage.web.forms.decisions import MaquetteForm
from maillage.web.viewers import now
from maillage.web.views.operations.here import Here, on_contract

VIEWS = {
    "committed": "Engagements (AE)",
    "payable": "Paiements prévus (CP)",
    "received": "Versements reçus",
}


def current(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug)
    lines = visible_lines(here.viewer, here.contract, here.subject)
    return _table(request, here, snapshot(here.contract, lines), None)


def frozen(request: HttpRequest, slug: str, year: int, rank: int) -> HttpResponse:
    """Whole for those who see every programmed line; nobody else is shown a part of it."""
    here = on_contract(request, slug, "lines.see_parties")
    maquette = get_object_or_404(Maquette, contract=here.contract, year=year, rank=rank)
    return _table(request, here, maquette.content, maquette)


def _table(
    request: HttpRequest, here: Here, content: Content, maquette: Maquette | None
) -> HttpResponse:
    by, money = _chosen(request)
    lines = entries(content)
    places = located(request.edition, lines, by)
    rows = table(inside(lines), by, money, places.within)
    day = here.today if maquette is None else maquette.decided_on
    found = here.found(
        view="maquette",
        maquette=maquette,
        intact=maquette is None or checksum(maquette.text) == maquette.digest,
        whole=sees_whole_plan(here.viewer, here.subject),
        table=rows,
        names=labels(rows, by, places.names) if by in PLACES else {},
        heads=per_inhabitant(request.edition, here.contract, rows, by, day),
        by_place=by in PLACES,
        apart=apart(lines),
        tax_words=maquette_words(content),
        mixed=MIXED,
        by=by,
        money=money,
        breakdowns=BREAKDOWNS,
        views=VIEWS,
        lines=lines,
        groups=by_operation(lines),
        pages=_pages(here),
        fiches=content["operations"],
        others=here.contract.maquettes.select_related("made_by", "decision"),
        page_query=f"?par={by}&vue={money}",
    )
    return render(request, "web/maquettes/maquette.html", found)


def _pages(here: Here) -> dict[str, int]:
    """The page of each operation that is still there, by its key."""
    return {str(key): pk for key, pk in here.contract.operations.values_list("key", "pk")}


def _chosen(request: HttpRequest) -> tuple[Any, Any]:
    by, money = request.GET.get("par", "source"), request.GET.get("vue", "committed")
    if by not in BREAKDOWNS or money not in VIEWS:
        raise InputError(problem="cette ventilation n’existe pas.", remedy="reprenez la liste.")
    return by, money


def download(request: HttpRequest, slug: str, year: int, rank: int) -> HttpResponse:
    """The very text that was kept, with its checksum in the header."""
    here = on_contract(request, slug, "lines.see_parties")
    maquette = get_object_or_404(Maquette, contract=here.contract, year=year, rank=rank)
    response = HttpResponse(maquette.text, content_type="application/json; charset=utf-8")
    name = f"maquette-{slug}-{year}-{rank}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-SHA256"] = maquette.digest
    return response


def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug, "maquette.freeze")
    first = {"year": here.today.year, "decided_on": here.today, "instance": "copil"}
    form = MaquetteForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = freeze_maquette(
                contract=here.contract, by=here.viewer, at=now(), **form.cleaned_data
            )
        except InputError as error:
            form.add_error(None, error.told)
        else:
            messages.success(request, "La maquette est arrêtée, ses fiches sont annexées.")
            return redirect("maquettes-frozen", slug=slug, year=made.year, rank=made.rank)
    found = here.found(view="maquette", form=form)
    status = 400 if form.errors else 200
    return render(request, "web/maquettes/freeze.html", found, status=status)


def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """``avant`` and ``apres``: « 2025-1 » for a maquette arrêtée, « actuelle » for today’s."""
    here = on_contract(request, slug, "lines.see_parties")
    kept = list(here.contract.maquettes.all())
    before = request.GET.get("avant") or (_name(kept[0]) if kept else "actuelle")
    after = request.GET.get("apres") or "actuelle"
    found = here.found(
        view="maquette",
        kept=[(_name(item), item) for item in kept],
        before=before,
        after=after,
        comparison=compare(_content(here, before), _content(here, after)),
        labels=COMPARED,
    )
    return render(request, "web/maquettes/comparison.html", found)


def _name(maquette: Maquette) -> str:
    return f"{maquette.year}-{maquette.rank}"


def _content(here: Here, name: str) -> Content:
    if name == "actuelle":
        return snapshot(here.contract)
    year, _, rank = name.partition("-")
    if not (year.isdigit() and rank.isdigit()):
        raise NotFoundError("cette maquette n’existe pas.")
    return get_object_or_404(
        Maquette, contract=here.contract, year=int(year), rank=int(rank)
    ).content
