"""Detail files of the census: one weighted person a row. csv, txt, zip or Parquet.

The commune of residence is that of COMMUNE: ARM only repeats which arrondissement of Paris, Lyon
or Marseille it is, and arrondissements fold into their commune.
"""

from maillage.sources.batch import identifier
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.census.checks import check_format
from maillage.sources.layouts.census.reading import read_flow
from maillage.sources.mirror import MatchedFile
from maillage.sources.tally import FlowRows


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of the file's flow and year, with exact Σw² and breakdowns."""
    check_format(file)
    return read_flow(file, flow_rows(file, context), context)


def flow_rows(file: MatchedFile, context: Context) -> FlowRows:
    """One weighted person a row, from a residence to a destination."""
    roles = [role for role in ("origin", "destination", "foreign") if role in file.columns]
    return FlowRows(
        table=file.table(context.workdir),
        origin=identifier(file.columns["origin"]),
        destination=_destination(file),
        weight=file.columns["weight"],
        texts=tuple(file.columns[role] for role in roles),
        individual=True,
    )


def _destination(file: MatchedFile) -> str:
    """The commune of destination; of a place abroad, the border commune when it is told.

    Places abroad are coded 99999, 99 and a country, or ZZZZZ; the column of border communes holds
    99999 for whoever stays in France and ZZZZZ for another place abroad.
    """
    inside = identifier(file.columns["destination"])
    if "foreign" not in file.columns:
        return inside
    border = identifier(file.columns["foreign"])
    told = f"{inside} >= '99' AND {border} NOT IN ('99999', 'ZZZZZ', '')"
    return f"CASE WHEN {told} THEN {border} ELSE {inside} END"
