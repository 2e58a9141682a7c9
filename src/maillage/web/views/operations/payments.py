"""A payment put right, or taken away: with a reason, which the journal keeps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.operations.actions import payments
from maillage.web.forms.funding import CorrectedPaymentForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now
from maillage.web.views.operations.funding import line_here, to_plan


@require_POST
def payment(
    request: HttpRequest, slug: str, id: int, line_id: int, payment_id: int
) -> HttpResponse:
    """404 for a payment of a line that is not seen."""
    here, _, line = line_here(request, slug, id, line_id)
    held = get_object_or_404(line.payments.select_related("line__operation"), pk=payment_id)
    given = {"payment": held, "revision": revision_of(request), "by": here.viewer, "at": now()}
    try:
        if request.POST.get("act") == "remove":
            payments.remove_payment(reason=request.POST.get("reason", ""), **given)
            said = "Le versement est retiré ; le journal garde ce qu’il était."
        else:
            payments.correct_payment(**_corrected(request), **given)
            said = "Le versement est corrigé ; le journal garde ce qu’il était."
    except ConflictError as error:
        messages.error(request, f"{error} Relisez la ligne avant de recommencer.")
    else:
        messages.success(request, said)
    return to_plan(slug, id)


def _corrected(request: HttpRequest) -> dict[str, object]:
    form = CorrectedPaymentForm(request.POST)
    if not form.is_valid():
        raise InputError(
            problem="un versement corrigé a un montant, une date et un motif.",
            remedy="complétez-le.",
        )
    given = form.cleaned_data
    return {
        "amount": given["amount"],
        "day": given["paid_on"],
        "reference": given["reference"],
        "reason": given["reason"],
    }
