"""« Base flux » files of the census: one row a pair of communes, one weight. csv, txt or zip."""

from maillage.sources.batch import identifier
from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.census.checks import check_format
from maillage.sources.layouts.census.reading import read_flow
from maillage.sources.mirror import MatchedFile
from maillage.sources.tally import FlowRows


def read(file: MatchedFile, context: Context) -> Reading:
    """Cells of the file's flow and year. InputError on a truncated edition or a repeated pair."""
    check_format(file)
    origin, destination = file.columns["origin"], file.columns["destination"]
    rows = FlowRows(
        table=file.table(context.workdir),
        origin=identifier(origin),
        destination=identifier(destination),
        weight=file.columns["weight"],
        texts=(origin, destination),
        individual=False,
    )
    return read_flow(file, rows, context)
