"""The portrait of a territory as slides."""

from typing import Any

from maillage.common.french import typeset
from maillage.documents.pages.portrait import portrait_content
from maillage.documents.slides.deck import (
    FULL,
    IN,
    LEFT,
    OUT,
    RIGHT,
    SOFT,
    Deck,
    Series,
    add_bars,
    add_table,
)  # fmt: skip
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.portrait import Portrait
from maillage.wording.portrait import PortraitText

_PERSONS = "persons"


def portrait_slides(portrait: Portrait, text: PortraitText, address: str) -> bytes:
    """Five or six slides. ``address``: where the portrait is read."""
    content = portrait_content(portrait, text, (), None, address)
    tag = "Données fictives" if portrait.fictional else ""
    foot = " · ".join(part for part in (content["running"], tag) if part)
    deck = Deck(content["title"], foot)
    deck.opening([content["subtitle"], address], tag)
    deck.sentences("Ce que disent les chiffres", content["story"] or ["Aucun chiffre connu."])
    _families(deck, portrait, content["families"])
    _partners(deck, content["families"])
    if content["stocks"]:
        _stocks(deck, content["stocks"])
    deck.sentences("Sources", [content["sources"]], size=12)
    return deck.saved()


def _families(deck: Deck, portrait: Portrait, families: list[dict[str, Any]]) -> None:
    slide = deck.slide("Six familles de flux")
    counted = [
        (typeset(family.title), balance)
        for family in portrait.families
        if (balance := family.balance) is not None and balance.unit.id == _PERSONS
    ]
    if counted:
        _chart(slide, counted)
    table = [("Famille de flux", "Stables", "Entrants", "Sortants", "Solde"), *map(_line, families)]
    said = "Stables, entrants, sortants et solde de chaque famille."
    add_table(slide, RIGHT if counted else FULL, table, (4.4, 2.2, 2.2, 2.2, 2.2), said)


def _chart(slide: Any, counted: list[tuple[str, Balance]]) -> None:
    balances = [balance for _, balance in counted]
    series = [
        Series("Stables", [balance.internal for balance in balances], SOFT),
        Series("Entrants", [balance.incoming for balance in balances], IN),
        Series("Sortants", [balance.outgoing for balance in balances], OUT),
    ]
    titles = [title for title, _ in counted]
    add_bars(slide, LEFT, titles, series, "Flux de personnes, par famille.", form="# ##0")


def _line(family: dict[str, Any]) -> tuple[str, ...]:
    if family["why"]:
        return (family["title"], "n. d.", "n. d.", "n. d.", "n. d.")
    title = f"{family['title']} ({family['detail'][:4]})"
    return (title, *(figure["text"] for figure in family["figures"]))


def _partners(deck: Deck, families: list[dict[str, Any]]) -> None:
    """Of the first family that has some."""
    family = next(
        (f for f in families if not f["why"] and (f["arrivals"] or f["departures"])), None
    )
    if family is None:
        return
    slide = deck.slide(f"Premiers partenaires : {family['title'].lower()}")
    for box, title, rows in (
        (LEFT, "D’où viennent les entrants", family["arrivals"]),
        (RIGHT, "Où vont les sortants", family["departures"]),
    ):
        lines = [(row["name"], row["figure"], row["share"]) for row in rows]
        lines = lines or [("aucun connu", "", "")]
        add_table(slide, box, [(title, "", "Part"), *lines], (4, 2, 1.4), title)


def _stocks(deck: Deck, stocks: list[dict[str, str]]) -> None:
    slide = deck.slide("Repères")
    lines = [(row["title"], row["value"], row["unit"], row["year"]) for row in stocks]
    table = [("Grandeur", "Valeur", "Unité", "Année"), *lines]
    add_table(slide, FULL, table, (4, 2, 4, 1), "Stocks du territoire.")
