"""What every page knows: the edition, the words for codes, the section of the site it is in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from maillage.engine.edition import Edition
from maillage.observatory.citation import UNMESHED

SECTIONS = (
    ("territories", "Territoires"),
    ("method", "Méthode"),
    ("sources", "Sources"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    edition: Edition | None = getattr(request, "edition", None)
    return {
        "edition": edition,
        "sections": SECTIONS,
        "section": _section(request),
        "levels": {**UNMESHED, **_labels(edition, "levels")},
        "natures": _labels(edition, "natures"),
    }


def _section(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.url_name.split("-")[0] if match and match.url_name else ""


def _labels(edition: Edition | None, nomenclature: str) -> Mapping[str, str]:
    known = edition.catalog.nomenclatures if edition else {}
    return known[nomenclature].codes if nomenclature in known else {}
