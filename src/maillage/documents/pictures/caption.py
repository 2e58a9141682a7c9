"""What is written around the pictures of a flow."""

from maillage.common.french import typeset
from maillage.documents.pictures.framed import Caption
from maillage.documents.tables.facts import ESTIMATED, FICTIONAL
from maillage.engine.edition import Edition
from maillage.observatory.answers.flow import Flow
from maillage.observatory.flow import INCOMING, OUTGOING

_WAYS = {INCOMING: " entrant", OUTGOING: " sortant"}


def caption(answer: Flow, edition: Edition, contours: str = "", address: str = "") -> Caption:
    """``contours``: card of the file they come from; ``address``: of the page."""
    balance = answer.balance
    family = edition.catalog.flows[balance.flow].title.lower()
    way = _WAYS.get(answer.way, ", les deux sens ensemble")
    category = answer.category
    only = f" ; {category.title.lower()} : {category.label}" if category else ""
    return Caption(
        title=typeset(f"{balance.territory_name} : {family}"),
        subtitle=typeset(f"{balance.year}, {balance.unit.label}{only}"),
        reading=typeset(
            f"La largeur d’un trait est proportionnelle à l’échange{way} ; plus une surface est "
            "foncée, plus il est grand. Un trait qui touche le bord continue hors du cadre."
        ),
        sources=typeset(" ".join(_sources(answer, edition, contours, address))),
        unit=balance.unit.id,
        way=answer.way,
    )


def _sources(answer: Flow, edition: Edition, contours: str, address: str) -> list[str]:
    source, balance = answer.balance.source, answer.balance
    files = " ; ".join(
        f"{file.producer}, {file.title}" if file.producer else file.title for file in source.files
    )
    said = [f"Source : {files}, {balance.year}.", f"Champ : {balance.universe.label}."]
    said.append(f"Communes au 1er janvier {balance.cog}.")
    card = edition.catalog.sources.get(contours)
    if contours:
        said.append(f"Contours : {card.title if card else contours}.")
    said += [ESTIMATED] * source.estimated + [FICTIONAL] * source.fictional
    return [*said, f"Maillage, {address}" if address else "Maillage."]
