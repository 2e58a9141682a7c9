"""Wage mass by commune of work and of residence, supplied by a user (custom table, CASD export).

Money goes from work (``origin``) to residence (``destination``), in euros a year. A pair is hidden
where the table says so, where its amount is blank, and where it breaks the producer's rule (the
card's ``secrecy``), on the columns the table has: ``persons``, ``top_share`` (largest employee),
``establishments``, ``top_establishment_share``. Hidden pairs lose their amount for good.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.catalog.cards import SecrecyRule
from maillage.engine.dataset import FlowCells
from maillage.engine.secrecy import broken_cells
from maillage.sources.account import Account
from maillage.sources.faults import no_rows
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.pairs.meta import flow_meta
from maillage.sources.layouts.pairs.placing import flow_cells
from maillage.sources.layouts.pairs.table import PairTable, sum_pairs
from maillage.sources.layouts.pairs.tally import joined
from maillage.sources.layouts.pairs.values import pairs_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import sql_number, sql_text
from maillage.sources.texts import TextTable, refuse_other_years, scan_texts, sql_year
from maillage.territory.geography import FloatArray, IntArray

_VIEW = "wage_rows"
#: What a secrecy column holds, in lower case, for « this cell is hidden ».
_YES = ("1", "o", "oui", "s", "secret", "true", "vrai", "x")
#: Role -> how several rows of a pair gather.
_MEASURES = {
    "persons": "SUM",
    "top_share": "MAX",
    "establishments": "SUM",
    "top_establishment_share": "MAX",
}
UNCHECKED = "Sans effectif dans le tableau, seule sa propre marque de secret a pu être appliquée."


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of each year of the table."""
    batch = context.batch
    table = scan_texts(_VIEW, file, batch, context.workdir)
    if "year" in table.columns:
        refuse_other_years(table, _VIEW, batch)
    sums = _protected(sum_pairs(table, _pair_table(table, file), batch), file.card.secrecy)
    batch.drop(_VIEW)
    if not sums.num_rows:
        raise no_rows(file.name)
    found = [_of_year(year, sums, file, context) for year in sorted(set(sums["year"].to_pylist()))]
    notes = (*file.notes, *(() if "persons" in table.columns else (UNCHECKED,)))
    rows = sum(sums["repeats"].to_pylist())
    account = joined([account for _, account in found], rows, notes)
    return Reading(file, tuple(cells for cells, _ in found), account)


def _pair_table(table: TextTable, file: MatchedFile) -> PairTable:
    marks = ", ".join(map(sql_text, _YES))
    return PairTable(
        view=_VIEW,
        origin=f"TRIM({table.sql('origin')})",
        destination=f"TRIM({table.sql('destination')})",
        amount=table.columns["amount"],
        year=sql_year(table.sql("year")) if "year" in table.columns else str(file.year),
        is_hidden=f"LOWER(TRIM({table.sql('secret')})) IN ({marks})",
        blank_hides=True,
        further={
            role: (how, sql_number(table.sql(role)))
            for role, how in _MEASURES.items()
            if role in table.columns
        },
    )


def _protected(sums: pa.Table, rule: SecrecyRule) -> pa.Table:
    """The same pairs, those that break the rule hidden and emptied."""
    if "persons" not in sums.column_names:
        return sums
    broken = broken_cells(
        rule,
        _counts(sums, "persons"),
        _shares(sums, "top_share"),
        _counts(sums, "establishments") if "establishments" in sums.column_names else None,
        _shares(sums, "top_establishment_share"),
    )
    hidden = broken | sums["suppressed"].to_numpy().astype(np.bool_)
    micros = np.where(hidden, 0, sums["micros"].to_numpy())
    at = sums.column_names.index
    sums = sums.set_column(at("suppressed"), "suppressed", pa.array(hidden))
    return sums.set_column(at("micros"), "micros", pa.array(micros))


def _counts(sums: pa.Table, name: str) -> IntArray:
    """Whole numbers; a count that is not given cannot clear the threshold."""
    counts: IntArray = pc.fill_null(sums[name], 0.0).to_numpy().astype(np.int32)
    return counts


def _shares(sums: pa.Table, name: str) -> FloatArray | None:
    """Shares in [0, 1], whether the table writes 0.8 or 80; one that is not given is the whole."""
    if name not in sums.column_names:
        return None
    shares: FloatArray = sums[name].to_numpy()
    in_percent = np.nan_to_num(shares).max(initial=0) > 1
    return np.nan_to_num(shares / 100 if in_percent else shares, nan=1.0)


def _of_year(
    year: int, sums: pa.Table, file: MatchedFile, context: Context
) -> tuple[FlowCells, Account]:
    dated = replace(file, year=year)
    rows = sums.filter(pc.equal(sums["year"], year))
    return flow_cells(
        flow_meta(dated, context, year, sum(rows["repeats"].to_pylist())),
        pairs_of(rows),
        context.bundle.passages.of(dated.cog),
        rows=0,
    )
