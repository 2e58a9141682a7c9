"""The dossier of two territories as slides."""

from maillage.common.french import typeset
from maillage.documents.pages.dossier import dossier_content
from maillage.documents.slides.deck import (
    BRAND,
    FULL,
    IN,
    LEFT,
    OUT,
    RIGHT,
    RIPE,
    Box,
    Deck,
    Series,
    add_bars,
    add_table,
)  # fmt: skip
from maillage.observatory.answers.pair import Pair

#: Families counted in persons, that one chart can hold.
_PERSONS = "persons"
_NONE = "–"


def dossier_slides(pair: Pair, address: str) -> bytes:
    """Six slides at most. ``address``: where the page of this pair is read."""
    content = dossier_content(pair, None, address)
    tag = "Données fictives" if pair.fictional else ""
    foot = " · ".join(text for text in (content["running"], tag) if text)
    deck = Deck(content["title"], foot)
    deck.opening([*content["people"], *filter(None, [content["note"]]), address], tag)
    deck.sentences("L’essentiel", content["sentences"] or ["Aucun chiffre connu."])
    _flows(deck, pair, content["flows"], content)
    _themes(deck, pair, content["themes"], content)
    _sharing(deck, content)
    deck.sentences("Sources et précautions", [*content["cautions"], content["sources"]], size=12)
    return deck.saved()


def _flows(deck: Deck, pair: Pair, rows: list[dict[str, str]], content: dict[str, str]) -> None:
    slide = deck.slide("Ce qu’ils échangent")
    shown = [
        flow
        for flow in pair.flows
        if flow.exchange is not None and flow.unit is not None and flow.unit.id == _PERSONS
    ]
    known = [flow.exchange for flow in shown if flow.exchange is not None]
    if known:
        series = [
            Series("Aller", [exchange.outgoing for exchange in known], OUT),
            Series("Retour", [exchange.incoming for exchange in known], IN),
        ]
        said = f"Échanges en personnes ; aller : {content['way_there']}."
        titles = [typeset(flow.title) for flow in shown]
        add_bars(slide, LEFT, titles, series, said, form="# ##0")
    table = [("Famille de flux", "Aller", "Retour", "Au regard de l’attendu")]
    table += [
        (row["title"], _NONE, _NONE, "non connu")
        if row["why"]
        else (f"{row['title']} ({row['detail'][:4]})", row["out"], row["into"], row["expected"])
        for row in rows
    ]
    said = f"Aller : {content['way_there']}. La lettre dit la précision."
    add_table(slide, RIGHT if known else FULL, table, (5, 2.6, 2.6, 4), said)


def _themes(deck: Deck, pair: Pair, rows: list[dict[str, object]], content: dict[str, str]) -> None:
    slide = deck.slide("Ce qu’ils couvriraient ensemble, en théorie")
    known = [theme for theme in pair.themes if theme.apart is not None and theme.gain is not None]
    if known:
        known.sort(key=lambda theme: -(theme.gain or 0))
        series = [
            Series("Chacun de son côté", [theme.apart for theme in known], BRAND),
            Series("En plus, réunis", [theme.gain or None for theme in known], RIPE),
        ]
        said = "Part des besoins couverte, séparément puis réunis, par thème."
        titles = [typeset(theme.title) for theme in known]
        add_bars(slide, LEFT, titles, series, said, stacked=True, form="0 %")
    head = ("Thème", content["short_here"], content["short_other"], "Réunis", "Gain")
    table = [head]
    table += [
        (str(row["title"]), "n. d.", "n. d.", "n. d.", "n. d.")
        if row["why"]
        else (
            str(row["title"]), str(row["here"]), str(row["other"]), str(row["together"]),
            str(row["gain"]),
        )
        for row in rows
    ]  # fmt: skip
    said = "Couverture des besoins de chacun, des deux réunis, et gain en points."
    add_table(slide, RIGHT if known else FULL, table, (3.6, 3, 3, 2, 3), said)


def _sharing(deck: Deck, content: dict[str, list[dict[str, str]]]) -> None:
    slide = deck.slide("Apports possibles, périmètres partagés")
    groups = [(row["label"], row["to_other"], row["from_other"]) for row in content["groups"]] or [
        ("Aucun excédent de l’un ne répond à un manque de l’autre", _NONE, _NONE)
    ]
    head = ("Groupe", str(content["from_here"]), str(content["from_other"]))
    add_table(slide, LEFT, [head, *groups], (3, 2, 2), "Ce que chacun pourrait apporter.")
    common = [(row["name"], row["detail"]) for row in content["common"]]
    common = common or [("Aucun périmètre ni programme connu", "")]
    right = Box(RIGHT.left, RIGHT.top, RIGHT.width, RIGHT.height)
    table = [("Périmètre ou programme", "Nature"), *common]
    add_table(slide, right, table, (3, 3), "Ce qu’ils partagent déjà.")
