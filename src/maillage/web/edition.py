"""The edition being served: opened once, opened again when another becomes current."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from maillage.engine.edition import Edition, current_edition
from maillage.engine.writer import CURRENT


def served_edition() -> Edition:
    """InputError when there is none yet."""
    return _open(settings.EDITIONS, served_id())


def served_id() -> str:
    """Id of the edition that is current, empty when there is none yet."""
    editions: Path = settings.EDITIONS
    try:
        status = os.stat(f"{editions}/{CURRENT}")  # noqa: PTH116 - asked at each request
    except FileNotFoundError:
        return ""
    return _named(editions, status.st_ino, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _named(editions: Path, file: int, written: int) -> str:
    """Publishing puts another file in the place of the pointer: it is read when it changes."""
    return (editions / CURRENT).read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1)
def _open(editions: Path, current: str) -> Edition:
    return current_edition(editions)
