"""What the address of « Mon périmètre » says: territories put together, and a name."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from maillage.common.errors import InputError
from maillage.observatory.composition import parts
from maillage.territory.perimeter import FREE, Perimeter

MAX_NAME = 80
MAX_SEARCH = 100


@dataclass(frozen=True)
class Composing:
    """``added`` without ``removed``; ``search`` is a text to add, ``name`` what it is called."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    name: str
    search: str

    def is_written(self, perimeter: Perimeter | None) -> bool:
        """Whether the address is already the only one of this perimeter."""
        written = parts(perimeter) if perimeter else ()
        return self.added == written and not (self.removed or self.search)


def composing(query: QueryDict) -> Composing:
    """InputError for a name that is too long."""
    return Composing(
        added=_ids(query.getlist("avec")),
        removed=_ids(query.getlist("sans")),
        name=chosen_name(query.get("nom", "")),
        search=" ".join(query.get("ajouter", "").split())[:MAX_SEARCH],
    )


def chosen_name(text: str) -> str:
    """One line without control characters. InputError beyond ``MAX_NAME``."""
    shown = (c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    name = " ".join("".join(shown).split())
    if len(name) > MAX_NAME:
        raise InputError(
            problem=f"ce nom dépasse {MAX_NAME} caractères.",
            remedy="choisissez-en un plus court.",
            value=name,
        )
    return name


def named(perimeter: Perimeter, name: str) -> Perimeter:
    """Under the name one chose for it; known territories keep their own."""
    return replace(perimeter, name=name) if name and perimeter.level == FREE else perimeter


def portrait_address(perimeter: Perimeter, name: str = "") -> str:
    """Where anyone finds a perimeter again, under its chosen name."""
    address = reverse("territories-portrait", args=[perimeter.id])
    kept = name and perimeter.level == FREE
    return f"{address}?{urlencode({'nom': name})}" if kept else address


def fields(perimeter: Perimeter | None, name: str = "") -> list[tuple[str, str]]:
    """What says a perimeter in an address or a form."""
    added = [("avec", part) for part in (parts(perimeter) if perimeter else ())]
    return [*added, ("nom", name)] if name else added


def address(perimeter: Perimeter | None, name: str = "") -> str:
    """The one address of the page for a perimeter."""
    query = urlencode(fields(perimeter, name))
    return f"{reverse('perimeter')}{'?' if query else ''}{query}"


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    """A « + » that an address does not escape is read as a space."""
    return tuple(id for value in values for id in value.replace("+", " ").split())
