"""Lines of money of an operation: each seen, written and sent by those the rules let."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.operations.actions import funding
from maillage.operations.models import FundingLine, Operation, Payment
from maillage.operations.money import ZERO, parse_amount
from maillage.operations.visibility import visible_lines
from maillage.web.forms.funding import CorrectedPaymentForm, LineForm, PaymentForm, initial_of_line
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, require
from maillage.web.views.conflict import Row, conflict, labels_of, rows_of, said
from maillage.web.views.operations.here import Here, on_operation

#: Kind of line -> right to write it.
WRITERS = {"programme": "operation.edit", "draft": "operation.edit", "simulation": "lines.simulate"}
YEARS = 6


def line_here(
    request: HttpRequest, slug: str, id: int, line_id: int
) -> tuple[Here, Operation, FundingLine]:
    """404 for a line that is not seen: nobody learns that it exists."""
    here, operation = on_operation(request, slug, id)
    seen = visible_lines(here.viewer, here.contract, here.subject).filter(operation=operation)
    line = get_object_or_404(seen.select_related("operation", "funder"), pk=line_id)
    require(request, WRITERS[line.kind], here.subject)
    return here, operation, line


def add(request: HttpRequest, slug: str, id: int, kind: str) -> HttpResponse:
    """``kind``: « ligne », « brouillon » or « simulation », as the address says."""
    kinds = {"ligne": "programme", "brouillon": "draft", "simulation": "simulation"}
    here, operation = on_operation(request, slug, id)
    if kind not in kinds:
        raise InputError(problem="cette sorte de ligne n’existe pas.", remedy="reprenez la page.")
    require(request, WRITERS[kinds[kind]], here.subject)
    private = kind != "ligne"
    form = LineForm(
        request.POST or None,
        private=private,
        contract=here.contract,
        initial={"level": "parties", "tax": operation.tax},
    )
    if request.method == "POST" and form.is_valid():
        given = form.given()
        funding.add_line(
            operation=operation,
            source=given.pop("source"),
            kind=kinds[kind],
            author_id=author_of(here),
            fields=given,
            by=here.viewer,
            at=now(),
        )
        messages.success(request, "La ligne est ajoutée au plan de financement.")
        return to_plan(slug, id)
    return _form(request, here, form, kinds[kind])


def author_of(here: Here) -> int | None:
    """The organisation that the viewer acts for."""
    named = [c.organisation_id for c in here.viewer.capacities if c.organisation_id]
    return named[0] if named else None


def edit(request: HttpRequest, slug: str, id: int, line_id: int) -> HttpResponse:
    here, _, line = line_here(request, slug, id, line_id)
    form = LineForm(
        request.POST or None,
        private=line.kind != "programme",
        contract=here.contract,
        initial=initial_of_line(line),
    )
    if request.method == "POST" and form.is_valid():
        try:
            funding.edit_line(
                line=line,
                revision=revision_of(request),
                fields=form.given(),
                by=here.viewer,
                at=now(),
            )
        except ConflictError as error:
            rows = rows_of(error, labels_of(form))
            return conflict(request, error, rows, _address(slug, id), here.found(line=line))
        messages.success(request, "La ligne est enregistrée.")
        return to_plan(slug, id)
    return _form(request, here, form, line.kind, line)


def _form(
    request: HttpRequest, here: Here, form: LineForm, kind: str, line: FundingLine | None = None
) -> HttpResponse:
    shares = {item.year: item for item in line.years.all()} if line else {}
    first = min(shares, default=here.today.year)
    found = here.found(
        form=form,
        kind=kind,
        line=line,
        payment_form=PaymentForm(),
        payments=[(item, _payment_form(item)) for item in line.payments.all()] if line else (),
        years=[(year, shares.get(year)) for year in range(first, first + YEARS)],
    )
    status = 400 if form.errors else 200
    return render(request, "web/operations/line.html", found, status=status)


def _payment_form(item: Payment) -> CorrectedPaymentForm:
    given = {"amount": item.amount, "paid_on": item.paid_on, "reference": item.reference}
    return CorrectedPaymentForm(initial=given, auto_id=f"payment-{item.pk}-%s")


def _act(act: Callable[..., Any], said: str) -> Callable[..., HttpResponse]:
    """A view that does one thing to a line, at the revision it was shown at."""

    @require_POST
    def view(request: HttpRequest, slug: str, id: int, line_id: int) -> HttpResponse:
        here, _, line = line_here(request, slug, id, line_id)
        revision = revision_of(request)
        more = {"today": here.today} if act is funding.send_draft else {}
        try:
            act(line=line, revision=revision, by=here.viewer, at=now(), **more)
        except ConflictError as error:
            messages.error(request, f"{error} Relisez la ligne avant de recommencer.")
        else:
            messages.success(request, said)
        return to_plan(slug, id)

    return view


send = _act(funding.send_draft, "La demande est envoyée : l’État et le financeur la voient.")
programme = _act(funding.keep_simulation, "La simulation est programmée : les parties la voient.")
remove = _act(funding.remove_line, "La ligne est retirée.")


@require_POST
def pay(request: HttpRequest, slug: str, id: int, line_id: int) -> HttpResponse:
    here, _, line = line_here(request, slug, id, line_id)
    form = PaymentForm(request.POST)
    if not form.is_valid() or line.kind != "programme":
        raise InputError(problem="un versement a un montant et une date.", remedy="complétez-le.")
    given = form.cleaned_data
    funding.pay(
        line=line,
        amount=given["amount"],
        day=given["paid_on"],
        reference=given["reference"],
        by=here.viewer,
        at=now(),
    )
    messages.success(request, "Le versement est consigné.")
    return to_plan(slug, id)


@require_POST
def spread(request: HttpRequest, slug: str, id: int, line_id: int) -> HttpResponse:
    here, _, line = line_here(request, slug, id, line_id)
    revision = revision_of(request)
    kinds = ("committed", "payable")
    typed = (name.partition("-") for name in request.POST)
    years = sorted({year for kind, _, year in typed if kind in kinds})
    shares = {
        int(year): (_euros(request, f"committed-{year}"), _euros(request, f"payable-{year}"))
        for year in years
        if year.isdigit()
    }
    try:
        funding.spread(line=line, revision=revision, years=shares, by=here.viewer, at=now())
    except ConflictError as error:
        back = reverse("operations-line", kwargs={"slug": slug, "id": id, "line_id": line_id})
        return conflict(request, error, _years(error), back, here.found(line=line))
    messages.success(request, "La répartition par année est enregistrée.")
    return to_plan(slug, id)


def _years(error: ConflictError) -> list[Row]:
    """Year by year, what both versions commit and pay, where they differ."""
    none = [ZERO, ZERO]
    pairs = ((y, error.now.get(y, none), error.mine.get(y, none)) for y in error.mine | error.now)
    return [
        (f"{verb} en {year}", said(now[rank]), said(mine[rank]))
        for year, now, mine in sorted(pairs)
        for rank, verb in enumerate(("Engagé", "Payé"))
        if now[rank] != mine[rank]
    ]


def _euros(request: HttpRequest, name: str) -> Decimal:
    return parse_amount(request.POST.get(name, ""), "montant par année") or ZERO


def _address(slug: str, id: int) -> str:
    return reverse("operations-operation", kwargs={"slug": slug, "id": id})


def to_plan(slug: str, id: int) -> HttpResponse:
    return redirect(f"{_address(slug, id)}#financement")
