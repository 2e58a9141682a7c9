"""Putting right a decision recorded wrongly: another one says what it should have said."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from maillage.contracts.actions.decisions import Authority, Votes, rectify_decision
from maillage.contracts.models import Decision
from maillage.operations.actions.outcomes import decide_on
from maillage.operations.models import Operation
from maillage.web.forms.decisions import RectifyForm
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of

#: What the form starts from, as the first decision says it.
SAID = ("instance", "kind", "decided_on", "reference", "subject", "cotech_opinion", "cotech_on")


@signed_in
def rectify(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The first stays readable; the operations it named are named again, unless unticked."""
    contract, _ = contract_for(request, slug, "decision.record")
    found = get_object_or_404(Decision.objects.select_related("contract"), pk=id, contract=contract)
    named = {one.operation_id: one.outcome for one in found.outcomes.all()}
    initial = {name: getattr(found, name) for name in SAID} | {
        "operations": [str(id) for id in named],
        "outcome": next(iter(named.values()), ""),
    }
    rows = contract.operations.exclude(status="dropped") | contract.operations.filter(pk__in=named)
    form = RectifyForm(
        request.POST or None, request.FILES or None, initial=initial, operations=rows.distinct()
    )

    @transaction.atomic
    def act(given: dict[str, Any]) -> None:
        authority = Authority(
            given["instance"], given["decided_on"], given["reference"],
            given["cotech_opinion"], given["cotech_on"], given["document"],
            Votes(found.votes_for, found.votes_against, found.abstentions),
        )  # fmt: skip
        made = rectify_decision(
            decision=found, kind=given["kind"], authority=authority, subject=given["subject"],
            reason=given["reason"], by=viewer(request), at=now(),
        )  # fmt: skip
        kept = Operation.objects.filter(contract=contract, pk__in=given["operations"])
        decide_on(
            decision=made, operations=kept, outcome=given["outcome"], by=viewer(request), at=now()
        )

    asked = Asked(
        "Rectifier une décision", act, page_of(contract, "#decisions"),
        lead=f"« {found.subject} » ({found.reference}). Elle reste lisible telle qu’elle fut "
        "consignée ; celle-ci la corrige et y renvoie.",
        button="Rectifier", done="La décision est rectifiée.",
    )  # fmt: skip
    return ask(request, contract, form, asked)
