"""Where what people write is kept: a file beside the site, or a PostgreSQL server."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from maillage.common.errors import InputError

#: Writers wait for their turn this many seconds, rather than fail.
PATIENCE = 20


def database(address: str, home: Path) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name``; else a SQLite file.

    InputError on any other kind of address.
    """
    if not address:
        return _sqlite(home / "maillage.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise InputError(
            problem="cette adresse de base de données n’est pas comprise.",
            remedy="écrivez postgresql://utilisateur:motdepasse@machine:5432/base, ou retirez-la.",
            column="MAILLAGE_DATABASE",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """One writer at a time, queued from the start of its transaction; readers never wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": PATIENCE,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
