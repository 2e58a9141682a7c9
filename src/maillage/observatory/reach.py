"""Which file sees a territory: the newest of a flow, the first of all; why the others do not."""

from maillage.catalog.cards import FlowCard
from maillage.engine.coverage import flow_coverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.observatory.citation import cite_universe
from maillage.territory.perimeter import Perimeter


def covering(edition: Edition, flow: str, perimeter: Perimeter) -> FlowMeta | None:
    """The newest file of a flow that sees something of a territory."""
    for year in reversed(edition.flow_years(flow)):
        meta = edition.meta(flow, year)
        seen = flow_coverage(meta.universe, perimeter.communes).internal
        if seen is not Coverage.ABSENT:
            return meta
    return None


def out_of_reach(edition: Edition, card: FlowCard, perimeter: Perimeter) -> str:
    """Why the files of a flow say nothing of a territory, as a French sentence."""
    meta = edition.meta(card.id, edition.flow_years(card.id)[-1])
    covered = cite_universe(meta, flow_coverage(meta.universe, perimeter.communes)).label
    return f"Champ du fichier de {meta.year} : {covered}. Ce territoire n’en fait pas partie."


def leading_flow(edition: Edition, perimeter: Perimeter) -> str:
    """The first family, in reading order, of which a file sees all that crosses a territory;
    failing that, something of it; failing that, the first of all.
    """
    order = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    seen = [meta for card in order if (meta := covering(edition, card.id, perimeter)) is not None]
    for meta in seen:
        if flow_coverage(meta.universe, perimeter.communes).crossing is Coverage.COMPLETE:
            return meta.flow
    return seen[0].flow if seen else order[0].id
