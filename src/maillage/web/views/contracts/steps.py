"""The steps of the life of a contract, and what was decided."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from maillage.common.errors import NotFoundError
from maillage.contracts.actions.decisions import Authority, record_decision
from maillage.contracts.actions.life import Answers, advance
from maillage.contracts.reading import open_avenant
from maillage.contracts.tables import STEPS
from maillage.operations.actions.outcomes import decide_on
from maillage.web.forms.contracts import StepForm
from maillage.web.forms.decisions import DecisionForm
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of


@signed_in
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    taken = STEPS.get(step)
    if taken is None:
        raise NotFoundError("cette étape n’existe pas.")
    contract, _ = contract_for(request, slug, taken.right)
    initial = {
        "on": now().date(),
        "ends_on": contract.ends_on,
        "revision": contract.revision,
    }
    form = StepForm(request.POST or None, initial=initial, asks=taken.asks)

    def act(given: dict[str, Any]) -> None:
        advance(
            contract=contract, revision=given["revision"], step=step, on=given["on"],
            answers=_answers(given), by=viewer(request), at=now(),
        )  # fmt: skip

    asked = Asked(
        taken.label, act, page_of(contract), button=taken.label, done="L’étape est constatée."
    )
    return ask(request, contract, form, asked)


def _answers(given: dict[str, Any]) -> Answers:
    authority = (
        Authority(given["instance"], given["decided_on"], given["reference"])
        if "instance" in given
        else None
    )
    return Answers(authority, given.get("ends_on"), given.get("text", ""))


@signed_in
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """The decision founds the open avenant when its object says so."""
    contract, _ = contract_for(request, slug, "decision.record")
    avenant = open_avenant(contract)
    initial = {"kind": "avenant" if avenant else "operations", "instance": "copil"}
    alive = contract.operations.exclude(status="dropped")
    form = DecisionForm(
        request.POST or None, request.FILES or None, initial=initial, operations=alive
    )

    @transaction.atomic
    def act(given: dict[str, Any]) -> None:
        authority = Authority(
            given["instance"], given["decided_on"], given["reference"],
            given["cotech_opinion"], given["cotech_on"], given["document"],
        )  # fmt: skip
        made = record_decision(
            contract=contract, kind=given["kind"], authority=authority, subject=given["subject"],
            avenant=avenant if given["kind"] == "avenant" else None, by=viewer(request), at=now(),
        )  # fmt: skip
        decide_on(
            decision=made, operations=alive.filter(pk__in=given["operations"]),
            outcome=given["outcome"], by=viewer(request), at=now(),
        )  # fmt: skip

    return ask(
        request,
        contract,
        form,
        Asked("Consigner une décision", act, page_of(contract, "#decisions")),
    )
