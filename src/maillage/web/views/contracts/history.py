"""The journal of a contract and of its operations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.operations.history import whole_journal
from maillage.web.viewers import viewer
from maillage.web.views.contracts.acts import contract_for

PER_PAGE = 100


def journal(request: HttpRequest, slug: str) -> HttpResponse:
    contract, subject = contract_for(request, slug, "journal.read")
    asked = request.GET.get("page", "1")
    page = max(int(asked), 1) if asked.isdigit() else 1
    lines, total = whole_journal(viewer(request), subject, (page - 1) * PER_PAGE, PER_PAGE)
    found = {
        "contract": contract,
        "lines": lines,
        "total": total,
        "earlier": page + 1 if page * PER_PAGE < total else None,
        "later": page - 1 if page > 1 else None,
    }
    return render(request, "web/contracts/journal.html", found)
