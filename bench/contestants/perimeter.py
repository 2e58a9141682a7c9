"""One perimeter and one flow file: what a page calls, the bare algebra, and what else one writes.

Each maker reads its table once, then its call answers for the same communes: internal, outgoing,
incoming, and the twenty first partner EPCI each way. Making is not timed.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from maillage.observatory.answers.balance import Balance
    from maillage.territory.geography import FloatArray

TOP = 20


Ranked = list[tuple[str, float]]


class Answer(TypedDict):
    internal: float
    outgoing: float
    incoming: float
    first_outgoing: Ranked
    first_incoming: Ranked


Call = Callable[[], Answer]


def page(editions: Path, flow: str, communes: list[str]) -> Callable[[], "Balance"]:
    """Ours, as the page of a territory calls it: precision, secrecy, sources, partners by name."""
    from maillage.engine.edition import current_edition
    from maillage.observatory.balance import territory_balance
    from maillage.territory.perimeter import Perimeter

    edition = current_edition(editions)
    geography = edition.geography
    perimeter = Perimeter.of(geography, [geography.index[code] for code in communes])
    return lambda: territory_balance(edition, flow, perimeter, limit=TOP)


def of_balance(found: "Balance") -> Answer:
    return {
        "internal": found.internal or 0.0,
        "outgoing": found.outgoing or 0.0,
        "incoming": found.incoming or 0.0,
        "first_outgoing": _first((p.code, p.outgoing or 0.0) for p in found.partners),
        "first_incoming": _first((p.code, p.incoming or 0.0) for p in found.partners),
    }


def algebra(editions: Path, flow: str, communes: list[str]) -> Call:
    """Ours, ``flow_balance`` and the first partners, without what an answer carries besides."""
    import numpy as np

    from maillage.engine.edition import current_edition
    from maillage.engine.flows import flow_balance

    edition = current_edition(editions)
    matrix, partners = edition.matrix(flow, edition.flow_years(flow)[-1]), edition.partners("epci")
    members = np.array(sorted(edition.geography.index[code] for code in communes), dtype=np.int32)

    def first(weight: "FloatArray") -> Ranked:
        count = min(TOP, len(weight))
        top = np.argpartition(weight, -count)[-count:]
        return _first((partners.codes[p], float(weight[p])) for p in top)

    def call() -> Answer:
        found = flow_balance(matrix, members, partners.of, len(partners))
        return {
            "internal": found.internal.weight,
            "outgoing": found.out_total.weight,
            "incoming": found.in_total.weight,
            "first_outgoing": first(found.outgoing.weight),
            "first_incoming": first(found.incoming.weight),
        }

    return call


def pandas(cells: Path, places: Path, communes: list[str]) -> Call:
    """The table as ``read_csv(dtype=str)`` gives it; partners by ``map``."""
    return _pandas(cells, places, communes, "str")


def pandas_objects(cells: Path, places: Path, communes: list[str]) -> Call:
    """The same with Python strings, as before pandas 3."""
    return _pandas(cells, places, communes, "object")


def _pandas(cells: Path, places: Path, communes: list[str], dtype: str) -> Call:
    import pandas as pd

    read = pd.read_parquet(cells)
    table = pd.DataFrame(
        {
            "origin": read["origin"].astype("str").astype(dtype),
            "destination": read["destination"].astype("str").astype(dtype),
            "weight": read["weight"],
        }
    )
    named = pd.read_parquet(places)
    partner = pd.Series(named["partner"].to_numpy(), index=named["place"].to_numpy())

    def first(crossing: pd.DataFrame, end: str) -> Ranked:
        sums = crossing.groupby(crossing[end].map(partner))["weight"].sum()
        return list(sums.nlargest(TOP).items())

    def call() -> Answer:
        leaves = table["origin"].isin(communes)
        arrives = table["destination"].isin(communes)
        out, into = table[leaves & ~arrives], table[arrives & ~leaves]
        return {
            "internal": float(table["weight"][leaves & arrives].sum()),
            "outgoing": float(out["weight"].sum()),
            "incoming": float(into["weight"].sum()),
            "first_outgoing": first(out, "destination"),
            "first_incoming": first(into, "origin"),
        }

    return call


def duckdb(cells: Path, places: Path, file: Path, communes: list[str]) -> Call:
    """DuckDB on its own file, integer keys in sorted order: its quickest form here.

    Tables in both orders, indexes, constants instead of a table of members and prepared
    statements were tried: none is quicker.
    """
    import duckdb as db

    file.unlink(missing_ok=True)
    with db.connect(file) as making:
        making.execute(_TABLES.format(cells=cells, places=places))
        making.execute("CREATE TABLE member AS FROM place WHERE list_contains(?, code)", [communes])
    connection = db.connect(file, read_only=True)
    codes = dict(connection.execute("SELECT number, code FROM partner").fetchall())

    def call() -> Answer:
        rows = connection.execute(_QUERY).fetchall()
        out = [(codes[p], weight) for p, leaves, arrives, weight in rows if not arrives]
        into = [(codes[p], weight) for p, leaves, arrives, weight in rows if not leaves]
        return {
            "internal": sum(weight for *_, leaves, arrives, weight in rows if leaves and arrives),
            "outgoing": sum(weight for _, weight in out),
            "incoming": sum(weight for _, weight in into),
            "first_outgoing": _first(out),
            "first_incoming": _first(into),
        }

    return call


_TABLES = """
CREATE TABLE partner AS
SELECT row_number() OVER (ORDER BY partner) AS number, partner AS code
FROM (SELECT DISTINCT partner FROM '{places}');

CREATE TABLE place AS
SELECT (row_number() OVER (ORDER BY place))::INTEGER AS number, place AS code,
    partner.number::INTEGER AS partner
FROM '{places}' AS p JOIN partner ON partner.code = p.partner
ORDER BY number;

CREATE TABLE flow AS
SELECT o.number AS origin, d.number AS destination, weight
FROM '{cells}' AS c JOIN place AS o ON o.code = c.origin JOIN place AS d ON d.code = c.destination
ORDER BY origin, destination;
"""

_QUERY = """
WITH cut AS MATERIALIZED (
    SELECT origin, destination, weight,
        origin IN (SELECT number FROM member) AS leaves,
        destination IN (SELECT number FROM member) AS arrives
    FROM flow
    WHERE leaves OR arrives
)
SELECT partner, leaves, arrives, sum(weight) AS weight
FROM cut JOIN place ON number = CASE WHEN leaves THEN destination ELSE origin END
GROUP BY ALL
ORDER BY weight DESC
"""


def _first(pairs: Iterable[tuple[str, float]]) -> Ranked:
    """By decreasing flow, those that are not zero."""
    return sorted(((c, w) for c, w in pairs if w), key=lambda pair: -pair[1])[:TOP]
