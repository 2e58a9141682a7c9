"""What the cells of a flow mean, from the card of their file."""

from maillage.engine.dataset import FlowMeta, SourceFile, Universe
from maillage.sources.layouts import Context
from maillage.sources.mirror import MatchedFile


def flow_meta(
    file: MatchedFile,
    context: Context,
    year: int,
    rows: int,
    *,
    universe: Universe | None = None,
    estimated: bool = False,
) -> FlowMeta:
    """``universe`` is the whole country, less what the card excludes, unless told."""
    card = file.card
    flow = context.catalog.flows[card.flow or ""]
    return FlowMeta(
        flow=flow.id,
        year=year,
        unit=card.unit or flow.unit,
        sources=(SourceFile(card.id, file.name, file.sha256, rows, file.cog),),
        universe=universe or Universe(excludes=card.universe.excludes),
        mean_weight=card.mean_weight,
        census=flow.census,
        estimated=estimated,
        secrecy=card.secrecy.status,
        fictional=context.bundle.geography.fictional,
        caveats=card.caveats,
    )
