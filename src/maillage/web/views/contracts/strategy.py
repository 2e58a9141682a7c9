"""Writing the strategy."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from maillage.contracts.actions.strategy import EDITABLE, add_node, edit_node, remove_node
from maillage.contracts.models import StrategyNode
from maillage.web.forms.strategy import EditNodeForm, NodeForm
from maillage.web.revisions import revision_of
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, do, page_of

TITLES = {
    "": "Ajouter un axe",
    "axe": "Ajouter une orientation",
    "orientation": "Ajouter un objectif",
}


@signed_in
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Under the element that ``sous`` names, or at the top."""
    contract, _ = contract_for(request, slug, "strategy.edit")
    under = request.GET.get("sous", "")
    parent = (
        get_object_or_404(StrategyNode, pk=int(under), contract=contract)
        if under.isdigit()
        else None
    )

    def act(given: dict[str, Any]) -> None:
        add_node(contract=contract, parent=parent, by=viewer(request), at=now(), **given)

    lead = f"Sous {parent.number} {parent.title}" if parent else ""
    title = TITLES.get(parent.kind if parent else "", "Ajouter un objectif")
    asked = Asked(title, act, page_of(contract, "#strategie"), lead=lead, button="Ajouter")
    return ask(request, contract, NodeForm(request.POST or None), asked)


@signed_in
def edit(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "strategy.edit")
    node = get_object_or_404(
        StrategyNode.objects.select_related("contract"), pk=id, contract=contract
    )
    initial = {name: getattr(node, name) for name in EDITABLE} | {"revision": node.revision}
    form = EditNodeForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> None:
        changes = {name: given[name] for name in EDITABLE}
        edit_node(
            node=node, revision=given["revision"], changes=changes, by=viewer(request), at=now()
        )

    title = f"{node.number} {node.title}"
    return ask(request, contract, form, Asked(title, act, page_of(contract, "#strategie")))


@signed_in
@require_POST
def remove(request: HttpRequest, slug: str, id: int) -> HttpResponse:
    contract, _ = contract_for(request, slug, "strategy.edit")
    node = get_object_or_404(
        StrategyNode.objects.select_related("contract"), pk=id, contract=contract
    )
    return do(
        request,
        lambda: remove_node(node=node, revision=revision_of(request), by=viewer(request), at=now()),
        page_of(contract, "#strategie"),
        f"« {node.title} » est retiré.",
    )
