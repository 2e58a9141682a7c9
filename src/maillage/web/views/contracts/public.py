"""« Ce que le contrat rend public »: the lines of money open to everybody, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.operations.published import published
from maillage.web.views.contracts.acts import contract_for


def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page for everybody, so that whoever publishes sees what a passer-by sees."""
    contract, subject = contract_for(request, slug, "contract.read_public")
    found = {"contract": contract, "operations": published(contract, subject)}
    return render(request, "web/contracts/public.html", found)
