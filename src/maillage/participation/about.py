"""The figure that a remark is about: page, subject, territory, year, value as it was shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.territory.perimeter import parse_perimeter

LONGEST_PAGE = 9000
LONGEST_VALUE = 200
_YEAR = re.compile(r"(?:19|20)\d\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: A page of this site, with the question its address asks.
_PAGE = re.compile(r"/(?:[^/\\\s\x00-\x1f#][^\\\s\x00-\x1f#]*)?")


@dataclass(frozen=True)
class About:
    """Empty strings, and a year of None, where nothing is said."""

    page: str
    subject: str = ""
    subject_label: str = ""
    territory: str = ""
    territory_name: str = ""
    year: int | None = None
    value: str = ""


def about(edition: Edition, told: Mapping[str, str], territory: str = "") -> About:
    """From what an address says: ``sur``, ``sujet``, ``annee``, ``valeur``.

    InputError when one of them is none of this site's or of this edition's.
    """
    page, subject = told.get("sur", "/"), told.get("sujet", "")
    year, value = told.get("annee", ""), told.get("valeur", "").strip()
    if len(page) > LONGEST_PAGE or not _PAGE.fullmatch(page):
        raise _refused("sur", page)
    label = subject_label(edition, subject) if subject else ""
    if label is None:
        raise _refused("sujet", subject)
    if year and not _YEAR.fullmatch(year):
        raise _refused("annee", year)
    if len(value) > LONGEST_VALUE or _CONTROL.search(value):
        raise _refused("valeur", value)
    name = parse_perimeter(territory, edition.geography).name if territory else ""
    return About(page, subject, label, territory, name, int(year) if year else None, value)


def subject_label(edition: Edition, subject: str) -> str | None:
    """French title of a flow, indicator, stock, theme, sign of fragility or source; None when the
    edition has none."""
    catalog = edition.catalog
    figures = (catalog.flows, catalog.indicators, catalog.stocks, catalog.balances)
    kinds = (*figures, catalog.fragility, catalog.sources)
    return next((cards[subject].title for cards in kinds if subject in cards), None)


def _refused(name: str, value: str) -> InputError:
    return InputError(
        problem="ce que désigne cette adresse n’est pas reconnu.",
        remedy="revenez au chiffre, puis suivez son lien « Signaler ou commenter ».",
        column=name,
        value=value,
    )
