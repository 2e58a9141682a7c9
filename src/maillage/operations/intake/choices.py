"""Cells that hold one of a few words, or boxes of the ISO 37101 grid."""

from collections.abc import Mapping

from maillage.operations.intake.grids import Value
from maillage.operations.intake.values import UNKNOWN, Read, plain, shown
from maillage.operations.iso37101 import headings, is_cell
from maillage.operations.plan import SECTIONS
from maillage.operations.vocabulary import choices

#: What our own layout writes for each id; it reads them back whatever their case and accents.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "stage": {"project": "Fiche projet", "action": "Fiche action"},
    "opinion": {
        "favourable": "Favorable",
        "reserved": "Réservé",
        "unfavourable": "Défavorable",
    },
    "section": {str(id): title for id, title in SECTIONS.items()},
    "level": {
        "parties": "Les parties du contrat",
        "state": "Les parties et les services de l’État",
        "public": "Tout le monde",
    },
    "question": dict(choices("question")),
}
_YES = {"oui": True, "o": True, "vrai": True, "x": True, "non": False, "n": False, "faux": False}


def read_choice(kind: str, value: Value) -> Read:
    """The id of the word, or True and False for « oui » and « non »; unknown words are a doubt."""
    text = plain(shown(value))
    if kind == "yes":
        if text in _YES:
            return Read(_YES[text])
        if not text:
            return Read()
        return Read(problem="mot inconnu", remedy="écrivez « oui » ou « non ».")
    known = {plain(title): id for id, title in CHOICES[kind].items()}
    if text in known:
        return Read(known[text])
    if text in UNKNOWN:
        return Read()
    told = ", ".join(CHOICES[kind].values())
    return Read(problem="mot inconnu", remedy=f"choisissez parmi : {told}.")


def read_cells(value: Value) -> Read:
    """« Résilience × Mobilité ; … » as pairs of a purpose and an issue."""
    purposes = {plain(card.title): id for id, card in headings("purpose").items()}
    issues = {plain(card.title): id for id, card in headings("issue").items()}
    found: list[list[str]] = []
    for part in filter(None, (piece.strip() for piece in shown(value).split(";"))):
        purpose, _, issue = part.partition("×")
        pair = [purposes.get(plain(purpose), ""), issues.get(plain(issue), "")]
        if not is_cell(*pair):
            return Read(
                problem=f"case inconnue de la grille : « {part} »",
                remedy="écrivez une finalité, « × », puis un domaine d’action.",
            )
        found.append(pair)
    return Read(found or None)


def told_cells(cells: list[list[str]]) -> str:
    """The same, written; a box that the grid has no more is left out."""
    pairs = [(purpose, issue) for purpose, issue in cells if is_cell(purpose, issue)]
    titles = (
        (headings("purpose")[purpose].title, headings("issue")[issue].title)
        for purpose, issue in pairs
    )
    return " ; ".join(" × ".join(pair) for pair in titles)
