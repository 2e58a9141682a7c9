"""What no program may change, said to the database itself: a second lock under the models’.

Made after each migration rather than by one: SQLite remakes a table that a later migration alters,
and drops its triggers with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

_SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{said}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION maillage_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {name} BEFORE {event} ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION maillage_refuse('{said}')
"""


@dataclass(frozen=True)
class Kept:
    """A table whose rows are never removed, and whose ``columns`` are written once; ``sealed`` are
    texts that may come later, once, in place of nothing."""

    table: str
    columns: tuple[str, ...]
    sealed: tuple[str, ...] = ()


#: Every such table, as the rooms declare theirs.
KEPT: dict[str, Kept] = {}


def keep(app: AppConfig, *tables: Kept) -> None:
    """Declares tables of a room: what they hold is refused any UPDATE and any DELETE."""
    KEPT.update({kept.table: kept for kept in tables})

    def make(using: str, **about: Any) -> None:
        for kept in tables:
            lock(using, kept)

    post_migrate.connect(make, sender=app, weak=False, dispatch_uid=f"kept {app.label}")


def lock(using: str, kept: Kept) -> None:
    """Django rewrites whole rows: naming a column in an UPDATE is refused, even unchanged. A table
    that is not there yet is left alone."""
    connection = connections[using]
    unlock(using, kept)
    if kept.table not in connection.introspection.table_names():
        return
    form = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, event, when, said in _triggers(kept):
            cursor.execute(
                form.format(name=name, event=event, when=when, said=said, table=kept.table)
            )


def unlock(using: str, kept: Kept) -> None:
    connection = connections[using]
    if kept.table not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name, *_ in _triggers(kept):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{_on(connection, kept.table)}")


def _triggers(kept: Kept) -> Iterator[tuple[str, str, str, str]]:
    """Name, event, condition, what is said."""
    table = kept.table
    columns = ", ".join(f'"{column}"' for column in kept.columns)
    yield f"{table}_written_once", f"UPDATE OF {columns}", "", f"{table} is written once"
    yield f"{table}_never_removed", "DELETE", "", f"{table} is never removed from"
    for column in kept.sealed:
        when = f"""WHEN (OLD."{column}" <> '')"""
        yield f"{table}_{column}_sealed", f'UPDATE OF "{column}"', when, f"{table} is written once"


def _on(connection: BaseDatabaseWrapper, table: str) -> str:
    return f" ON {table}" if connection.vendor == "postgresql" else ""
