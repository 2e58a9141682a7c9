"""What a funder is asked, and its answers in place."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.contracts.reading import subject_of
from maillage.operations.access import of_line
from maillage.operations.actions.answers import Answer, answer_line, correct_answer
from maillage.operations.dues.choices import read_choices
from maillage.operations.requests import (
    AskedLines,
    as_requests,
    asked_in,
    lines_asked,
    sums_asked,
)
from maillage.web.forms.funding import AnswerForm, LineForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, require, signed_in, viewer
from maillage.web.views.conflict import conflict, labels_of, rows_of

REQUESTS_PER_PAGE = 60


@signed_in
def funder(request: HttpRequest) -> HttpResponse:
    """What is asked of the organisations one acts for: where, by whom, how much.

    A funder of the whole country is asked tens of thousands of times: page by page.
    """
    who, choices = viewer(request), read_choices(request.GET)
    among = choices.contracts()
    parts = asked_in(who, among)
    sums = sums_asked(who, among, parts)
    waiting = _page(request, AskedLines(who, parts, waiting=True), "page")
    answered = _page(request, AskedLines(who, parts, waiting=False), "reponses")
    found = {
        "choices": choices,
        "one": Contract.objects.filter(slug=choices.contract).first() if sums.contracts else None,
        "sums": sums,
        "waiting": waiting.object_list,
        "answered": answered.object_list,
        "today": now().date(),
        "waiting_page": waiting,
        "answered_page": answered,
    }
    return render(request, "web/operations/funder.html", found)


def _page(request: HttpRequest, rows: AskedLines, name: str) -> Page:
    return Paginator(rows, REQUESTS_PER_PAGE).get_page(request.GET.get(name))


@signed_in
@require_POST
def answer(request: HttpRequest, line_id: int) -> HttpResponse:
    """404 for a line that is not asked of the viewer."""
    found = next(iter(as_requests(lines_asked(viewer(request)).filter(pk=line_id))), None)
    if found is None:
        raise Http404
    subject = of_line(found.row, subject_of(found.operation.contract))
    require(request, "lines.answer", subject)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise InputError(problem=f"réponse incomplète. {said}", remedy="reprenez la demande.")
    act = correct_answer if request.POST.get("act") == "correct" else answer_line
    try:
        act(
            line=found.row,
            revision=revision_of(request),
            answer=_answer(form),
            by=viewer(request),
            at=now(),
        )
    except ConflictError as error:
        labels = labels_of(LineForm) | {"answer": "Un mot au maître d’ouvrage"}
        return conflict(request, error, rows_of(error, labels), reverse("funder"))
    messages.success(request, "La réponse est consignée ; le maître d’ouvrage la voit.")
    return redirect("funder")


def _answer(form: AnswerForm) -> Answer:
    given = form.cleaned_data
    return Answer(
        kind=given["answer"],
        acted_on=given["acted_on"],
        reference=given["reference"],
        amount=given["amount"],
        comment=given["comment"],
        received_on=given["received_on"],
    )
