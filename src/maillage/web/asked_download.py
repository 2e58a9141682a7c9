"""What the address of a file asks for: the same as the page it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.common.errors import InputError
from maillage.common.french import listing
from maillage.documents.tables.choice import INCOMING, OUTGOING, Choice

#: What a file of one family of flows may hold.
CONTENTS = {
    "echanges": "balance",
    "indicateurs": "indicators",
    "evolution": "evolution",
    "liens": "links",
    "structure": "structure",
}
_FIGURES = {"annee": 4, "seuil": 12}  # at most
_LONGEST = 40


@dataclass(frozen=True)
class AskedFile:
    """None or empty: what the page proposes. ``content`` names a question."""

    year: int | None
    mesh: str | None
    content: str
    choice: Choice


def asked_file(query: Mapping[str, str]) -> AskedFile:
    """InputError for a number, a direction or a content that is none."""
    return AskedFile(
        year=whole_number(query, "annee"),
        mesh=query.get("maille", "")[:_LONGEST] or None,
        content=CONTENTS[_one_of(query, "contenu", tuple(CONTENTS)) or "echanges"],
        choice=Choice(
            way=_one_of(query, "sens", (INCOMING, OUTGOING, "deux")),
            threshold=whole_number(query, "seuil") or 0,
            partner=query.get("partenaire", "")[:_LONGEST],
        ),
    )


def whole_number(query: Mapping[str, str], name: str) -> int | None:
    """InputError unless it is written in figures, and not too many."""
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _FIGURES.get(name, 9)):
        raise InputError(
            problem="un nombre entier est attendu.",
            remedy="écrivez-le en chiffres, sans espace ni signe.",
            column=name,
            value=text[:_LONGEST],
        )
    return int(text)


def _one_of(query: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    text = query.get(name, "").strip()
    if text and text not in known:
        raise InputError(
            problem="ce choix n’existe pas.",
            remedy=f"choisissez parmi {listing(known)}.",
            column=name,
            value=text[:_LONGEST],
        )
    return text
