"""The order of French readers, kept by the base itself beside each name it sorts by.

Bases disagree on accents: one files « Île » after « Z », another as its collation says. A column
that the base computes is the same on both, whoever writes the name and however. PostgreSQL knows
how to say it; SQLite, which nests too few replacements for that many letters, asks ``french.filed``
itself, that every connection of the site brings.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.functions import Lower, Replace

from maillage.common.french import FILED, filed

FUNCTION = "maillage_filed"
_SINGLE = {letter: plain for letter, plain in FILED.items() if len(plain) == 1}


class Filed(models.Func):
    """``common.french.filed``, said by the base."""

    function = FUNCTION
    arity = 1

    def as_postgresql(
        self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        found = self.get_source_expressions()[0]
        for letter, plain in FILED.items():
            if letter not in _SINGLE:
                found = Replace(found, models.Value(letter), models.Value(plain))
        letters, plains = "".join(_SINGLE), "".join(_SINGLE.values())
        moved = models.Func(
            found, models.Value(letters), models.Value(plains), function="translate",
            output_field=models.TextField(),
        )  # fmt: skip
        return compiler.compile(Lower(moved))


def filed_as(field: str) -> "models.GeneratedField":
    """What rows sort by instead of ``field``; as ``common.french.filed`` does in memory."""
    return models.GeneratedField(
        expression=Filed(models.F(field)),
        output_field=models.CharField(max_length=500),
        db_persist=True,
    )


def bring(connection: BaseDatabaseWrapper, **about: Any) -> None:
    """Teaches SQLite the function, on each connection that opens."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            FUNCTION, 1, lambda text: None if text is None else filed(text), deterministic=True
        )


connection_created.connect(bring, dispatch_uid=FUNCTION)
