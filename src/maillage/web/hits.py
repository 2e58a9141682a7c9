"""A territory that was found, in one line: what it is, where, how many live there."""

from dataclasses import dataclass

from django.urls import reverse

from maillage.common.french import counted, typeset
from maillage.engine.edition import Edition
from maillage.observatory.citation import level_label
from maillage.observatory.search import Hit


@dataclass(frozen=True)
class Found:
    """``detail`` tells homonyms apart; ``url`` is the address of the portrait."""

    id: str
    name: str
    detail: str
    url: str


def found(edition: Edition, hit: Hit) -> Found:
    kind = nature_labels(edition).get(hit.nature) or level_label(edition, hit.level)
    people = counted(hit.population, "habitant") if hit.population else ""
    parts = (kind, hit.context, people)
    return Found(
        id=hit.id,
        name=typeset(hit.name),
        detail=typeset(", ".join(part for part in parts if part)),
        url=reverse("territories-portrait", kwargs={"id": hit.id}),
    )


def nature_labels(edition: Edition) -> dict[str, str]:
    """What the letters of a legal nature stand for."""
    card = edition.catalog.nomenclatures.get("natures")
    return {} if card is None else dict(card.codes)
