"""Fiches proposed by a link: written without an account, handled by the chef de projet."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.accounts.conflicts import ConflictError
from maillage.common.errors import InputError
from maillage.operations.actions import proposals
from maillage.operations.models import Operation, Proposal
from maillage.operations.plan import SECTIONS
from maillage.operations.proposals import WAYS, closest, link_for, side_by_side
from maillage.web.forms.operations import OperationForm
from maillage.web.forms.proposals import LinkForm, ProposalForm
from maillage.web.letters import send_answer
from maillage.web.papers import commune_names
from maillage.web.revisions import revision_of
from maillage.web.viewers import now
from maillage.web.views.conflict import conflict, labels_of, rows_of
from maillage.web.views.operations.here import Here, on_contract
from maillage.web.views.throttle import per_minute

logger = logging.getLogger(__name__)
#: Fiches one address may send in a minute.
SENT_PER_MINUTE = 5


@per_minute(lambda: SENT_PER_MINUTE * 4)
def propose(request: HttpRequest, token: str) -> HttpResponse:
    """410 once the link has expired or was withdrawn."""
    link = link_for(token, now())
    if link is None:
        return render(request, "web/operations/link_gone.html", status=410)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _receive(request, token, form)
    found = {"form": form, "contract": link.contract, "link": link}
    status = 400 if form.errors else 200
    return render(request, "web/operations/propose.html", found, status=status)


@per_minute(lambda: SENT_PER_MINUTE)
def _receive_limited(request: HttpRequest, token: str, form: ProposalForm) -> HttpResponse:
    link = link_for(token, now())
    assert link is not None  # the caller just read it
    given = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    made = proposals.propose(link=link, at=now(), **given)
    return render(
        request, "web/operations/proposed.html", {"proposal": made, "contract": link.contract}
    )


def _receive(request: HttpRequest, token: str, form: ProposalForm) -> HttpResponse:
    return _receive_limited(request, token=token, form=form)


def received(request: HttpRequest, slug: str) -> HttpResponse:
    here = on_contract(request, slug, "proposal.handle")
    form = LinkForm(request.POST or None)
    token = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _, token = proposals.make_proposal_link(
            contract=here.contract, by=here.viewer, at=now(), **given
        )
    rows = here.contract.proposals.select_related("link", "operation")
    found = here.found(
        view="proposals",
        form=form,
        token=token,
        waiting=[row for row in rows if row.state == "received"],
        answered=[row for row in rows if row.state != "received"],
        links=here.contract.proposal_links.filter(revoked_at=None, expires_at__gt=now()),
        cost_sections=SECTIONS,
    )
    return render(request, "web/operations/proposals.html", found)


@require_POST
def handle(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """``act``: accept (its cost in ``section``) or return (with ``answer``)."""
    here, proposal = _proposal(request, slug, id)
    act, given = request.POST.get("act"), {"by": here.viewer, "at": now()}
    if act == "accept":
        section = request.POST.get("section", "investment")
        made = proposals.accept(proposal=proposal, section=section, **given)
        messages.success(request, "La fiche projet est ouverte.")
        _tell_author(request, proposal)
        return redirect("operations-operation", slug=slug, id=made.pk)
    if act == "return":
        proposals.send_back(proposal=proposal, answer=request.POST.get("answer", ""), **given)
    else:
        raise InputError(problem="cette réponse n’existe pas.", remedy="reprenez la page.")
    messages.success(request, "La réponse est consignée.")
    _tell_author(request, proposal)
    return redirect("operations-proposals", slug=slug)


def joined(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    """The proposal beside the ``operation`` that it joins; each field is kept or taken."""
    here, proposal = _proposal(request, slug, id)
    operation = _chosen(request, here)
    if request.method == "POST":
        return _join(request, here, proposal, operation)
    rows = list(here.contract.operations.only("pk", "number", "title"))
    found = here.found(
        view="proposals",
        proposal=proposal,
        target=operation,
        rows=side_by_side(operation, proposal, commune_names(request)) if operation else (),
        operations=rows,
        closest=closest(proposal, rows),
    )
    return render(request, "web/operations/proposal_merge.html", found)


def _join(
    request: HttpRequest, here: Here, proposal: Proposal, operation: Operation | None
) -> HttpResponse:
    if operation is None:
        raise InputError(
            problem="on ne sait pas avec quelle opération.", remedy="choisissez-la dans la liste."
        )
    ways = {name: request.POST.get(f"take-{name}", "") for name in WAYS}
    try:
        proposals.merge(
            proposal=proposal, operation=operation, revision=revision_of(request), ways=ways,
            by=here.viewer, at=now(),
        )  # fmt: skip
    except ConflictError as error:
        back = reverse("operations-merge", args=(here.contract.slug, proposal.pk))
        told = rows_of(error, labels_of(OperationForm))
        return conflict(request, error, told, f"{back}?operation={operation.pk}", here.found())
    messages.success(request, "La fiche est réunie à cette opération.")
    _tell_author(request, proposal)
    return redirect("operations-operation", slug=here.contract.slug, id=operation.pk)


def _proposal(request: HttpRequest, slug: str, id: int) -> tuple[Here, Proposal]:
    here = on_contract(request, slug, "proposal.handle")
    rows = Proposal.objects.select_related("contract", "link")
    return here, get_object_or_404(rows, pk=id, contract=here.contract)


def _chosen(request: HttpRequest, here: Here) -> Operation | None:
    """None when none was chosen yet; 404 for one elsewhere."""
    asked = request.POST.get("operation") or request.GET.get("operation", "")
    if not asked:
        return None
    rows = here.contract.operations.prefetch_related("pilots__organisation")
    return get_object_or_404(rows, pk=asked if asked.isdecimal() else 0)


def _tell_author(request: HttpRequest, proposal: Proposal) -> None:
    """By e-mail. The answer stands even when the letter does not leave: whoever gave it is told."""
    try:
        send_answer(request, proposal)
    except OSError:  # smtplib’s errors are
        logger.exception("the answer to proposal %s did not leave", proposal.pk)
        said = f"Le courriel n’est pas parti : prévenez vous-même {proposal.contact}."
        messages.error(request, said)
    else:
        messages.success(request, f"Un courriel le dit à {proposal.contact}.")


@require_POST
def revoke(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    here = on_contract(request, slug, "proposal.link")
    link = get_object_or_404(here.contract.proposal_links, pk=id)
    proposals.revoke_proposal_link(link=link, by=here.viewer, at=now())
    messages.success(request, "Le lien ne sert plus.")
    return redirect("operations-proposals", slug=slug)
