"""A census flow file, from its rows to the cells of a geography and the account of them."""

from collections.abc import Mapping
from dataclasses import replace

from maillage.engine.dataset import FlowCells, FlowMeta
from maillage.sources.faults import no_rows
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.census.categories import breakdown_of
from maillage.sources.layouts.census.checks import check_account, check_pairs
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.placing import Breakdown, flow_cells
from maillage.sources.layouts.pairs.values import pairs_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.tally import FlowRows, Tally, tally
from maillage.sources.universe import universe_of


def read_flow(file: MatchedFile, rows: FlowRows, context: Context) -> Reading:
    """Cells by commune pair, with the breakdowns the file allows. InputError if unusable."""
    dimensions = {role: file.columns[role] for role in file.card.breakdowns if role in file.columns}
    sums = tally(context.batch, rows, dimensions, context.workdir)
    if not sums.rows:
        raise no_rows(file.name)
    pairs = pairs_of(sums.pairs)
    if not rows.individual:
        check_pairs(pairs, sums, rows, file)
    breakdowns, notes = _breakdowns(file, sums, context)
    cells, account = flow_cells(
        _meta(file, rows, sums, context),
        pairs,
        context.bundle.passages.of(file.cog),
        rows=sums.rows,
        notes=(*file.notes, *sums.notes, *notes),
        breakdowns=breakdowns,
    )
    check_account(account, file)
    return Reading(file, (_with_universe(cells, file, context),), account)


def _breakdowns(
    file: MatchedFile, sums: Tally, context: Context
) -> tuple[Mapping[str, Breakdown], list[str]]:
    made = {
        name: breakdown_of(table, context.catalog.nomenclatures[file.card.breakdowns[name]])
        for name, table in sums.breakdowns.items()
    }
    return {name: found for name, (found, _) in made.items()}, [n for _, n in made.values() if n]


def _meta(file: MatchedFile, rows: FlowRows, sums: Tally, context: Context) -> FlowMeta:
    meta = flow_meta(file, context, file.year, sums.rows)
    return replace(
        meta,
        mean_weight=None if rows.individual else meta.mean_weight,
        question=file.card.constants.get("question", ""),
    )


def _with_universe(cells: FlowCells, file: MatchedFile, context: Context) -> FlowCells:
    universe = universe_of(file.card.universe, cells, context.bundle.geography)
    return replace(cells, meta=replace(cells.meta, universe=universe))
