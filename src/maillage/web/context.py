"""What every page knows: the edition, and the section of the site it is in."""

from typing import Any

from django.http import HttpRequest

from maillage.accounts.viewers import ANONYMOUS
from maillage.web.viewers import may_create, viewer

SECTIONS = (
    ("territories", "Territoires"),
    ("perimeter", "Mon périmètre"),
    ("compare", "Comparer"),
    ("credits", "Crédits"),
    ("contracts", "Contrats"),
    ("method", "Méthode"),
    ("sources", "Sources"),
)
#: First words of the names of pages that belong to the section of contracts.
OF_CONTRACTS = {"operations", "maquettes", "funder", "tasks"}


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "edition": getattr(request, "edition", None),
        "viewer": viewer(request) if hasattr(request, "session") else ANONYMOUS,
        "may_create_contracts": hasattr(request, "session") and may_create(viewer(request)),
        "sections": _sections(request),
        "section": _section(request),
    }


def _sections(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Without the page of credits where the edition has no list of them."""
    edition = getattr(request, "edition", None)
    if edition is not None and edition.grant_years():
        return SECTIONS
    return tuple(section for section in SECTIONS if section[0] != "credits")


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    part = match.url_name.split("-")[0] if match and match.url_name else ""
    return "contracts" if part in OF_CONTRACTS else part
