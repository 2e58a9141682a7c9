"""What no program may change, said to the database itself: a second lock under the models’."""

from collections.abc import Sequence

from django.db import connections

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE OF {columns} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is written once'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION maillage_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW EXECUTE FUNCTION maillage_written_once()
"""


def write_once(using: str, table: str, columns: Sequence[str]) -> None:
    """Refuses any UPDATE of these columns; made again after each migration, which may remake the
    table. Django rewrites whole rows: naming a column in an UPDATE is refused, even unchanged."""
    connection = connections[using]
    named = {
        "name": f"{table}_written_once",
        "table": table,
        "columns": ", ".join(f'"{c}"' for c in columns),
    }
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
            cursor.execute(_POSTGRESQL.format(**named))
        else:
            cursor.execute(_SQLITE.format(**named))
