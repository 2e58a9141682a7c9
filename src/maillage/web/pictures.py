"""The pictures of pages on several territories or themes, with what quotes them."""

from collections.abc import Iterable

from maillage.common.french import listing, typeset
from maillage.common.names import of_the
from maillage.documents.pictures.between import pair_picture, quadrant_picture, strips_picture
from maillage.documents.pictures.coverage import coverage_picture
from maillage.documents.pictures.framed import Caption
from maillage.documents.tables.facts import FICTIONAL
from maillage.documents.tables.supply_need import THEORETICAL
from maillage.drawing.pair_map import PairMap
from maillage.drawing.quadrant import QuadrantChart
from maillage.engine.edition import Edition
from maillage.observatory.answers.compare import Comparison
from maillage.observatory.answers.cooperation import Cooperation
from maillage.observatory.answers.pair import Pair
from maillage.observatory.answers.supply_need import SupplyNeed
from maillage.observatory.citation import FileCited
from maillage.observatory.cooperation import CARD
from maillage.web.comparison_page import Plot
from maillage.wording.pairs import key_sentences


def of_pair(answer: Pair, drawn: PairMap, edition: Edition, address: str) -> bytes:
    """The map of both, and under it the first sentence of their page."""
    names = (answer.territory.name, answer.other.name)
    card = edition.catalog.sources.get(drawn.source)
    told = key_sentences(answer)[:1]
    files = [flow.source.files for flow in answer.flows if flow.source and flow.exchange]
    caption = Caption(
        title=typeset(" et ".join(names)),
        subtitle=f"Communes au 1er janvier {answer.cog}",
        reading=typeset(" ".join(told)),
        sources=_sources(
            edition,
            address,
            _cited(file for some in files for file in some),
            f"Contours : {card.title if card else drawn.source}.",
        ),
    )
    return pair_picture(drawn, names, caption)


def of_cooperation(
    answer: Cooperation, drawn: QuadrantChart, edition: Edition, address: str
) -> bytes:
    family = edition.catalog.flows[answer.flow].title.lower()
    name = of_the(answer.territory.name, answer.territory.level)
    caption = Caption(
        title=typeset(f"Les voisins {name}"),
        subtitle=typeset(f"Lien ({family}, {answer.year}) et complémentarité des ressources"),
        reading=typeset(
            "De gauche à droite, du lien le plus faible au plus fort. Vers le haut, les ressources "
            f"de l’un répondent mieux aux besoins de l’autre. {THEORETICAL}"
        ),
        sources=_sources(edition, address, _cited(answer.source.files)),
    )
    named = edition.catalog.indicators[CARD].labels.items()
    labels = {code: label for code, label in named if code >= 0}  # below: unknown
    return quadrant_picture(drawn, labels, caption)


def of_comparison(answer: Comparison, plots: list[Plot], edition: Edition, address: str) -> bytes:
    """The strips of the first indicators, as the page draws them."""
    files = () if answer.source is None else answer.source.files
    caption = Caption(
        title=typeset(f"Comparaison : {answer.title.lower()}"),
        subtitle=str(answer.year or ""),
        reading=typeset(
            "Un trait par territoire du groupe ; la boîte en contient la moitié, la barre est la "
            "médiane. Les ronds numérotés sont les territoires comparés."
        ),
        sources=_sources(edition, address, _cited(files)),
    )
    names = [territory.name for territory in answer.territories]
    drawn = [(plot.line.row.title, plot.strip, plot.edges) for plot in plots]
    return strips_picture(drawn, names, caption)


def of_balances(answer: SupplyNeed, edition: Edition, address: str) -> bytes:
    groups = (group for theme in answer.themes for group in theme.groups)
    files = [file for group in groups for file in group.sources]
    caption = Caption(
        title=typeset(f"{answer.territory.name} : bilans de ressources"),
        subtitle="Part des besoins qui pourraient être couverts sur place",
        reading=typeset(THEORETICAL),
        sources=_sources(edition, address, _cited(files)),
    )
    return coverage_picture([(theme.title, theme.coverage) for theme in answer.themes], caption)


def _cited(files: Iterable[FileCited]) -> str:
    """Each file once, under its producer."""
    known: dict[str, dict[str, None]] = {}
    for file in files:
        known.setdefault(file.producer, {})[file.title] = None
    told = [
        f"{producer}, {listing(list(titles))}" if producer else listing(list(titles))
        for producer, titles in known.items()
    ]
    return f"Source : {' ; '.join(told)}." if told else ""


def _sources(edition: Edition, address: str, *told: str) -> str:
    fictional = FICTIONAL if edition.fictional else ""
    ground = f"Communes au 1er janvier {edition.geography.cog}."
    return typeset(
        " ".join(text for text in (*told, ground, fictional, f"Maillage, {address}") if text)
    )
