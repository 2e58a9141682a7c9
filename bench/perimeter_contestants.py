"""What a user would write instead, for one perimeter and one flow file.

Each contestant is made once from the same table of cells, then answers for any set of communes:
internal, outgoing, incoming, and the twenty first partner EPCI each way.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Answer = tuple[float, float, float, list[tuple[str, float]], list[tuple[str, float]]]
Contestant = Callable[[list[str]], Answer]

TOP = 20


def pandas_strings(
    origin: npt.NDArray[np.str_],
    destination: npt.NDArray[np.str_],
    weight: npt.NDArray[np.float64],
    epci: dict[str, str],
) -> Contestant:
    """The table as it comes out of read_csv(dtype=str), partners by map."""
    import pandas as pd

    table = pd.DataFrame({"o": origin.astype(object), "d": destination.astype(object), "w": weight})

    def answer(communes: list[str]) -> Answer:
        leaves, arrives = table.o.isin(communes), table.d.isin(communes)
        out, inc = table[leaves & ~arrives], table[arrives & ~leaves]
        first_out = out.groupby(out.d.map(epci))["w"].sum().nlargest(TOP)
        first_in = inc.groupby(inc.o.map(epci))["w"].sum().nlargest(TOP)
        return (
            float(table[leaves & arrives].w.sum()),
            float(out.w.sum()),
            float(inc.w.sum()),
            list(first_out.items()),
            list(first_in.items()),
        )

    return answer


def duckdb_file(
    path: Path,
    origin: npt.NDArray[np.str_],
    destination: npt.NDArray[np.str_],
    weight: npt.NDArray[np.float64],
    epci: dict[str, str],
) -> Contestant:
    """DuckDB on its own file, dictionary-coded integer keys: its quickest form."""
    import duckdb as db
    import pyarrow as pa

    codes = sorted({*origin, *destination})
    number = {code: i for i, code in enumerate(codes)}
    units = sorted(set(epci.values()))
    unit_number = {unit: i for i, unit in enumerate(units)}
    path.unlink(missing_ok=True)
    connection = db.connect(path)
    flow = pa.table(
        {
            "o": pa.array([number[c] for c in origin], pa.int32()),
            "d": pa.array([number[c] for c in destination], pa.int32()),
            "w": weight,
        }
    )
    commune = pa.table(
        {
            "c": pa.array(range(len(codes)), pa.int32()),
            "u": pa.array([unit_number.get(epci.get(c, ""), -1) for c in codes], pa.int32()),
        }
    )
    connection.register("flow_arrow", flow)
    connection.register("commune_arrow", commune)
    connection.execute("CREATE TABLE flow AS SELECT * FROM flow_arrow ORDER BY o, d")
    connection.execute("CREATE TABLE commune AS SELECT * FROM commune_arrow ORDER BY c")
    connection.execute("CREATE TABLE p (c INTEGER)")

    def answer(communes: list[str]) -> Answer:
        connection.execute("DELETE FROM p")
        connection.execute("INSERT INTO p SELECT unnest(?)", [[number[c] for c in communes]])
        rows = connection.execute(
            """
            WITH cut AS MATERIALIZED (
                SELECT o, d, w, o IN (SELECT c FROM p) AS leaves, d IN (SELECT c FROM p) AS arrives
                FROM flow
                WHERE leaves OR arrives
            )
            SELECT leaves, arrives, u, sum(w) AS w
            FROM cut JOIN commune ON c = CASE WHEN leaves THEN d ELSE o END
            GROUP BY ALL
            ORDER BY w DESC
            """
        ).fetchall()
        inside = sum(w for leaves, arrives, _, w in rows if leaves and arrives)
        out = [(units[u], w) for leaves, arrives, u, w in rows if leaves and not arrives]
        inc = [(units[u], w) for leaves, arrives, u, w in rows if arrives and not leaves]
        return inside, sum(w for _, w in out), sum(w for _, w in inc), out[:TOP], inc[:TOP]

    return answer
