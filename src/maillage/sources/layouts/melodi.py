"""Long tables of Insee's catalogue (Melodi): a place, its kind, dimensions, a status, a value."""

from collections.abc import Mapping
from dataclasses import replace

from maillage.sources.layouts import Context, Reading
from maillage.sources.layouts.stocks.reading import read_stocks
from maillage.sources.layouts.stocks.sums import StockQuery
from maillage.sources.layouts.stocks.values import Level
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import sql_text
from maillage.sources.texts import TextTable

#: Kind of place (GEO_OBJECT) -> mesh. The others (France, urban classes…) are left out.
LEVELS: Mapping[str, str] = {
    "COM": "commune",
    "EPCI": "epci",
    "ARR": "arrondissement",
    "DEP": "departement",
    "REG": "region",
    "ZE2020": "zone_emploi",
    "BV2022": "bassin_vie",
    "UU2020": "unite_urbaine",
    "AAV2020": "aav",
}
#: Statuses of an observation that secrecy hides.
HIDDEN_STATUSES = ("C", "S")


def read(file: MatchedFile, context: Context) -> Reading:
    """Every stock whose card names this source, one set of values a kind of place."""
    known = {mesh.level for mesh in context.bundle.geography.meshes} | {"commune"}

    def ask(table: TextTable, query: StockQuery) -> list[tuple[StockQuery, Level]]:
        present = _kinds(table, context)
        asked = [(kind, LEVELS[kind]) for kind in present if LEVELS.get(kind) in known]
        return [(_of_kind(table, query, kind), Level(level)) for kind, level in asked]

    return read_stocks(file, context, ask)


def _of_kind(table: TextTable, query: StockQuery, kind: str) -> StockQuery:
    """Rows of one kind of place. The codes of the interface are prefixed: ``2025-COM-01001``."""
    statuses = ", ".join(map(sql_text, HIDDEN_STATUSES))
    place = f"REGEXP_REPLACE({query.place}, '^[0-9]{{4}}-[A-Z0-9]+-', '')"
    return replace(
        query,
        place=place,
        where=f"{query.where} AND {table.sql('object')} = {sql_text(kind)}",
        masked=f"UPPER(TRIM({table.sql('status')})) IN ({statuses})",
    )


def _kinds(table: TextTable, context: Context) -> list[str]:
    rows = context.batch.fetch(
        f"SELECT DISTINCT {table.sql('object')} AS kind FROM cells ORDER BY kind"
    )
    return [str(kind) for kind in rows.to_pydict()["kind"]]
