"""What the documents of contracts need of the site: its own templates, the names of communes."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from maillage.engine.edition import Edition


def folder() -> Path | None:
    """Where the site’s own templates are, when it has some."""
    found: Path | None = settings.PAPERS
    return found


def commune_names(request: HttpRequest) -> Mapping[str, str]:
    """By code, in the edition being served."""
    return _names(request.edition)


@lru_cache(maxsize=2)
def _names(edition: Edition) -> Mapping[str, str]:
    geography = edition.geography
    return dict(zip(geography.codes, geography.names, strict=False))
