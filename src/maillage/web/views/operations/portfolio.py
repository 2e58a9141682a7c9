"""The portfolio of a contract: the revue de projets first, then a board, a map, a calendar."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.french import counted, filed
from maillage.drawing.points import points_map
from maillage.operations.actions.operations import edit_several
from maillage.operations.actions.views import forget_view, save_view
from maillage.operations.filters import LONGEST, OUTSIDE, SORTS, STAGES, kept, read_filters
from maillage.operations.models import Operation, SavedView
from maillage.operations.portfolio import GROUPS, Reviewed, review, summary
from maillage.operations.vocabulary import choices, words
from maillage.web.forms.bulk import BulkForm
from maillage.web.forms.operations import OperationForm
from maillage.web.viewers import now, signed_in
from maillage.web.views.conflict import Row, conflict, labels_of, rows_of
from maillage.web.views.operations.here import Here, on_contract


def table(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug)
    return render(request, "web/operations/review.html", _found(request, here, "table"))


def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Columns are the phases, cards the operations, gathered by status."""
    here = on_contract(request, slug)
    found = _found(request, here, "board")
    rows: tuple[Reviewed, ...] = found["rows"]
    rank = {id: n for n, id in enumerate(words("status"))}
    found["columns"] = [
        (word, _by_status([row for row in rows if row.operation.phase == id], rank))
        for id, word in words("phase").items()
    ]
    return render(request, "web/operations/board.html", found)


def _by_status(rows: list[Reviewed], rank: Mapping[str, int]) -> list[tuple[str, list[Reviewed]]]:
    ordered = sorted(rows, key=lambda row: rank[row.operation.status])
    return [(id, list(group)) for id, group in groupby(ordered, lambda row: row.operation.status)]


def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """Where operations are; the list beside says the same."""
    here = on_contract(request, slug)
    found = _found(request, here, "map")
    places = {row.operation.pk: row.operation.communes for row in found["rows"]}
    found["drawing"] = points_map(request.edition, places)
    card = request.edition.catalog.sources.get(found["drawing"].source if found["drawing"] else "")
    found["source"] = card.title if card else ""
    found["unplaced"] = [row for row in found["rows"] if not row.operation.communes]
    return render(request, "web/operations/map.html", found)


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Starts, ends, next steps and deadlines, month by month; those gone by are folded."""
    here = on_contract(request, slug)
    found = _found(request, here, "calendar")
    events = sorted(
        (event for row in found["rows"] for event in _events(row)), key=lambda event: event[0]
    )
    months = [
        (month, list(group))
        for month, group in groupby(events, key=lambda event: event[0].replace(day=1))
    ]
    here_on = here.today.replace(day=1)
    found["months"] = [one for one in months if one[0] >= here_on]
    found["past"] = [one for one in months if one[0] < here_on]
    found["past_count"] = sum(len(group) for _, group in found["past"])
    return render(request, "web/operations/calendar.html", found)


def _events(row: Reviewed) -> list[tuple[Any, str, Reviewed]]:
    operation = row.operation
    dated = [
        (operation.starts_on, "Début"),
        (operation.ends_on, "Fin"),
        (operation.next_step_on, operation.next_step or "Prochaine étape"),
        *((item.due, "Caducité possible") for item in row.standing),
    ]
    return [(day, label, row) for day, label in dated if day]


@require_POST
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """The same change for the operations that are ticked, each at the revision it was shown at."""
    here = on_contract(request, slug, "operation.bulk")
    ticked = [item.split(":") for item in request.POST.getlist("operation")]
    revisions = {int(pair[0]): int(pair[1]) for pair in ticked if _is_pair(pair)}
    fields = BulkForm(request.POST).changes()
    several = {row: revisions[row.pk] for row in _ticked(here, revisions)}
    try:
        edit_several(operations=several, fields=fields, by=here.viewer, at=now())
    except ConflictError as error:
        return _both(request, here, error, revisions, fields)
    done = counted(len(several), "opération modifiée", "opérations modifiées")
    messages.success(request, f"{done}.")
    return redirect(_back(request, slug))


def _both(
    request: HttpRequest,
    here: Here,
    error: ConflictError,
    revisions: Mapping[int, int],
    fields: Mapping[str, Any],
) -> HttpResponse:
    """Every operation saved since the list was read, both versions; nothing was changed."""
    labels = labels_of(OperationForm)
    told: list[Row] = []
    ticked = []
    for row in _ticked(here, revisions):
        ticked.append(("operation", f"{row.pk}:{row.revision}"))
        if row.revision != revisions[row.pk]:
            one = ConflictError(row, fields)
            of_row = rows_of(one, labels)
            told += [(f"{row}, {label.lower()}", stored, mine) for label, stored, mine in of_row]
    typed = [(name, value) for name, value in request.POST.items() if name != "operation"]
    back = _back(request, here.contract.slug)
    return conflict(request, error, told, back, here.found(), [*typed, *ticked])


def _ticked(here: Here, ids: Iterable[int]) -> list[Operation]:
    return list(here.contract.operations.filter(pk__in=list(ids)))


def _is_pair(parts: list[str]) -> bool:
    return len(parts) == 2 and all(part.isdigit() for part in parts)


@signed_in
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug)
    filters = read_filters(request.GET)
    save_view(
        contract=here.contract,
        name=request.POST.get("name", ""),
        filters=filters,
        by=here.viewer,
        at=now(),
    )
    messages.success(request, "Ces filtres sont gardés.")
    return redirect(_back(request, slug))


@signed_in
@require_POST
def forget(request: HttpRequest, slug: str, view_id: int) -> HttpResponse:
    here = on_contract(request, slug)
    view = get_object_or_404(
        SavedView, pk=view_id, contract=here.contract, person_id=here.viewer.person_id
    )
    forget_view(view=view, by=here.viewer, at=now())
    return redirect("operations", slug=slug)


def _back(request: HttpRequest, slug: str) -> str:
    """The list, as it was filtered."""
    query = read_filters(request.GET).query()
    address = reverse("operations", kwargs={"slug": slug})
    return f"{address}?{query}" if query else address


def _found(request: HttpRequest, here: Here, view: str) -> dict[str, Any]:
    """One reading of the portfolio serves the summary, the filters and the view."""
    filters = read_filters(request.GET)
    rows = review(here.viewer, here.contract, here.today, here.subject)
    owners = {
        str(item.organisation_id): item.organisation.name
        for row in rows
        for item in row.operation.pilots.all()
    }
    saved = SavedView.objects.filter(contract=here.contract, person_id=here.viewer.person_id)
    return here.found(
        view=view,
        rows=kept(rows, filters),
        summary=summary(rows),
        filters=filters,
        query=filters.query(),
        groups=GROUPS,
        sorts=SORTS,
        stages=STAGES,
        outside=OUTSIDE,
        phases=choices("phase"),
        statuses=choices("status"),
        priorities=choices("priority"),
        owners=sorted(owners.items(), key=lambda pair: filed(pair[1])),
        axes=here.contract.strategy.filter(kind="axe"),
        saved=saved if here.viewer.person_id else (),
        bulk=BulkForm(),
        programmes=sorted(
            {name[:LONGEST].strip() for row in rows for name in row.operation.programmes}
        ),
    )
