"""Any table of flows, one row a pair of places, described by a user's card.

Roles: ``origin``, ``destination``, ``weight``; ``year`` when rows hold it; one role a breakdown,
named in the card's ``breakdowns``. Several rows of a pair are summed. Constants: ``elsewhere``,
the outside cell (``@BE``…) of codes that are no commune; for a workbook, ``sheet`` and
``header_line``.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from maillage.common.french import counted
from maillage.engine.dataset import FlowCells
from maillage.sources.account import Account
from maillage.sources.batch import Batch
from maillage.sources.faults import no_rows
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.placing import Breakdown, flow_cells
from maillage.sources.layouts.pairs.table import PairTable, sum_pairs
from maillage.sources.layouts.pairs.tally import joined
from maillage.sources.layouts.pairs.values import Pairs, pairs_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.texts import TextTable, explained, refuse_other_years, scan_texts, sql_year
from maillage.sources.universe import universe_of
from maillage.territory.cog import Passage

_VIEW = "od_rows"
NOT_GIVEN = "NR"


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of each year of the table. InputError on an empty or faulty one."""
    batch = context.batch
    table = scan_texts(_VIEW, file, batch, context.workdir)
    if "year" in table.columns:
        refuse_other_years(table, _VIEW, batch)
    query = pair_table(table, file)
    sums = sum_pairs(table, query, batch)
    categories = {
        role: sum_pairs(table, replace(query, category=_category(table, role)), batch)
        for role in file.card.breakdowns
        if role in table.columns
    }
    batch.drop(_VIEW)
    if not sums.num_rows:
        raise no_rows(file.name)
    years = sorted(set(sums["year"].to_pylist()))
    found = [_of_year(year, sums, categories, file, context) for year in years]
    rows = sum(sums["repeats"].to_pylist())
    account = joined([account for _, account in found], rows, (*file.notes, *_repeats(sums)))
    return Reading(file, tuple(cells for cells, _ in found), account)


def mentioned_codes(file: MatchedFile, batch: Batch, workdir: Path) -> set[str]:
    """The places a table speaks of: what a country without references is made of."""
    table = scan_texts(_VIEW, file, batch, workdir)
    with explained(table):
        found = batch.fetch(
            f"SELECT DISTINCT TRIM({table.sql('origin')}) AS code FROM {_VIEW} UNION "
            f"SELECT DISTINCT TRIM({table.sql('destination')}) AS code FROM {_VIEW}"
        )
    batch.drop(_VIEW)
    return set(found["code"].to_pylist())


def pair_table(table: TextTable, file: MatchedFile) -> PairTable:
    """The rows of the scanned table, by its card's roles."""
    return PairTable(
        view=_VIEW,
        origin=f"TRIM({table.sql('origin')})",
        destination=f"TRIM({table.sql('destination')})",
        amount=table.columns["weight"],
        year=sql_year(table.sql("year")) if "year" in table.columns else str(file.year),
    )


def _of_year(
    year: int,
    sums: pa.Table,
    categories: dict[str, pa.Table],
    file: MatchedFile,
    context: Context,
) -> tuple[FlowCells, Account]:
    dated = replace(file, year=year)
    passage = context.bundle.passages.of(dated.cog)
    cells, account = flow_cells(
        flow_meta(dated, context, year, sum(_only(sums, year)["repeats"].to_pylist())),
        placeable(pairs_of(_only(sums, year)), file, passage),
        passage,
        rows=0,
        breakdowns={
            role: _breakdown(_only(table, year), file, passage)
            for role, table in categories.items()
        },
    )
    universe = universe_of(file.card.universe, cells, context.bundle.geography)
    return replace(cells, meta=replace(cells.meta, universe=universe)), account


def placeable(pairs: Pairs, file: MatchedFile, passage: Passage) -> Pairs:
    """The pairs, with the codes that lie nowhere sent to the card's cell ``elsewhere``, if any."""
    elsewhere = file.card.constants.get("elsewhere")
    if not elsewhere:
        return pairs
    unplaced = passage.place(pairs.codes).unplaced
    return replace(
        pairs, codes=tuple(elsewhere if code in unplaced else code for code in pairs.codes)
    )


def _breakdown(table: pa.Table, file: MatchedFile, passage: Passage) -> Breakdown:
    """Categories are those of the table, in order."""
    codes: Sequence[str] = sorted(set(table["category"].to_pylist()))
    return Breakdown(tuple(codes), placeable(pairs_of(table, codes), file, passage))


def _category(table: TextTable, role: str) -> str:
    text = f"TRIM({table.sql(role)})"
    return f"CASE WHEN {text} = '' THEN '{NOT_GIVEN}' ELSE {text} END"


def _only(table: pa.Table, year: int) -> pa.Table:
    return table.filter(pc.equal(table["year"], year))


def _repeats(sums: pa.Table) -> list[str]:
    repeated = sum(1 for count in sums["repeats"].to_pylist() if count > 1)
    if not repeated:
        return []
    pairs = counted(repeated, "couple de lieux figure", "couples de lieux figurent")
    return [f"{pairs} sur plusieurs lignes, additionnées."]
